import { Fault } from '@mercato/shared-kernel/application'

/** Arguments of a Relay connection. */
export interface PageArguments {
  readonly first?: number | null
  readonly after?: string | null
  readonly last?: number | null
  readonly before?: string | null
}

export interface PageSize {
  readonly limit: number
  /** The last ones instead of the first. */
  readonly backwards: boolean
}

const MOST = 100
const DEFAULT = 20

/** How many and from which end; Fault BAD_USER_INPUT for sizes outside 1–100 and for both ends at once. */
export const pageSize = ({ first, last }: PageArguments): PageSize => {
  if (first != null && last != null) throw new Fault('BAD_USER_INPUT', 'Ask for first or for last, not both.')
  const limit = first ?? last ?? DEFAULT
  if (limit < 1 || limit > MOST) throw new Fault('BAD_USER_INPUT', `A page holds 1 to ${MOST} entries.`)
  return { limit, backwards: last != null }
}
