import type { Clock } from '@mercato/shared-kernel/application'

/** The machine's clock. */
export const createSystemClock = (): Clock => ({ now: () => new Date() })
