import { type handleServerStreamingCall, type handleUnaryCall, status } from '@grpc/grpc-js'
import type { Service } from './protos.ts'
import type { Served } from './signed-service.ts'

export type Health = 'SERVING' | 'NOT_SERVING'

interface Asked {
  readonly service: string
}
interface Told {
  readonly status: Health | 'SERVICE_UNKNOWN'
}

/** How often a watched service is looked at. */
const LOOK_MS = 1_000

/**
 * The standard health service, open to everybody: probes cannot sign.
 * @param healthOf of a service by its full name, of the whole server by the empty one; `undefined` for one that is not served here
 */
export const healthService = (
  service: Service,
  healthOf: (name: string) => Health | undefined,
): Served & {
  /** Looks at once, tells the watchers what changed, and ends their streams. */
  end(): void
} => {
  const watchers = new Set<() => void>()

  const check: handleUnaryCall<Asked, Told> = (call, callback) => {
    const health = healthOf(call.request.service)
    if (health) callback(null, { status: health })
    else callback({ code: status.NOT_FOUND, details: 'There is no such service here.' })
  }

  const watch: handleServerStreamingCall<Asked, Told> = call => {
    let told: Told['status'] | undefined
    const look = (): void => {
      const seen = healthOf(call.request.service) ?? 'SERVICE_UNKNOWN'
      if (seen !== told) call.write({ status: seen })
      told = seen
    }
    const timer = setInterval(look, LOOK_MS)
    const stop = (): void => {
      clearInterval(timer)
      watchers.delete(end)
    }
    const end = (): void => {
      look()
      stop()
      call.end()
    }
    watchers.add(end)
    call.on('cancelled', stop)
    look()
  }

  return {
    definition: service,
    implementation: { Check: check, Watch: watch },
    end() {
      for (const end of [...watchers]) end()
    },
  }
}
