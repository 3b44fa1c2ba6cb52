import { Fault } from '@mercato/shared-kernel/application'
import { type Identity, notAccepted } from './identity/access-tokens.ts'
import type { Revocations } from './identity/revocations.ts'

/** Something live: a socket or a stream. `signal` aborts with a `Fault` when it must end. */
export interface Lifetime {
  readonly signal: AbortSignal
  /** To be called once it is over, for whatever reason. */
  release(): void
}

/** Ends what is live when its token expires or is revoked, and when the gateway stops. */
export interface Lifetimes {
  begin(identity: Identity | undefined): Lifetime
  readonly size: number
  readonly draining: boolean
  /** Ends everything with SHUTTING_DOWN; what begins later ends at once. */
  drain(): void
  close(): void
}

const restarting = (): Fault =>
  new Fault('SHUTTING_DOWN', 'The gateway is restarting. Connect again and resume with your last cursor.')
const LONGEST_TIMER = 2 ** 31 - 1

export const createLifetimes = (revocations: Revocations, now: () => number): Lifetimes => {
  const live = new Map<AbortController, Identity | undefined>()
  let draining = false
  const stopListening = revocations.onRevoked(({ userId }) => {
    for (const [controller, identity] of live)
      if (identity?.user.id === userId && revocations.refuses(identity)) controller.abort(notAccepted())
  })
  return {
    get size() {
      return live.size
    },
    get draining() {
      return draining
    },
    begin(identity) {
      const controller = new AbortController()
      if (draining) controller.abort(restarting())
      else if (identity && revocations.refuses(identity)) controller.abort(notAccepted())
      live.set(controller, identity)
      const expiry =
        identity &&
        setTimeout(
          () => controller.abort(notAccepted()),
          Math.min(LONGEST_TIMER, Math.max(0, identity.expires - now())),
        )
      return {
        signal: controller.signal,
        release() {
          clearTimeout(expiry)
          live.delete(controller)
        },
      }
    },
    drain() {
      draining = true
      for (const controller of live.keys()) controller.abort(restarting())
    },
    close: stopListening,
  }
}
