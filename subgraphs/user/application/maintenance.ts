import { type Clock, type Ids, type Logger, type Loop, startLoop } from '@mercato/shared-kernel/application'
import type { IdentityClaims } from './identity-claims.ts'
import type { SignInAttempts } from './ports.ts'
import type { SigningKeyRing } from './signing-key-ring.ts'

const EVERY_MS = 600_000

/** What has to be done from time to time, in every process, harmlessly often: rotate keys, settle claims, tidy up. */
export const startMaintenance = (options: {
  readonly keys: SigningKeyRing
  readonly identities: IdentityClaims
  readonly attempts: SignInAttempts
  readonly clock: Clock
  readonly ids: Ids
  readonly logger: Logger
}): Loop => {
  const { keys, identities, attempts, clock, ids, logger } = options
  return startLoop({
    async pass() {
      const commandId = ids.next()
      const now = clock.now()
      await keys.rotate()
      await identities.settleExpired({
        actor: { kind: 'system', id: 'maintenance' },
        commandId,
        correlationId: commandId,
        now,
      })
      await attempts.tidy(now)
      return false
    },
    idleMs: EVERY_MS,
    onError: error => logger.error('maintenance failed, trying again', { context: 'user', error }),
  })
}
