import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { Closed, type Logger } from '@mercato/shared-kernel/application'
import { z } from 'zod'
import { type ConsulAgentOptions, createConsulAgent } from './consul-agent.ts'
import type { Instance, ServiceDirectory } from './service-directory.ts'
import { createTroubles } from './troubles.ts'
import { createWatched, type Watched } from './watched.ts'

export interface ConsulOptions extends ConsulAgentOptions {
  /** How often an instance says that it lives, in milliseconds; 1,000 when absent. It is out after three times that. */
  readonly heartbeatMs?: number
  /** How long one question waits for news, in seconds; 30 when absent. */
  readonly waitSeconds?: number
  readonly logger: Pick<Logger, 'info' | 'warn'>
}

/** Longer than it was asked to wait. */
const ANSWER_MS = 2_000
const LONGEST_PAUSE_MS = 2_000
/** What it answers of what it does not know. */
const UNKNOWN = 404
/** What an instance that died without a word is removed after; it is out of use long before. */
const FORGOTTEN_AFTER = '60s'

const healthy = z.array(
  z.object({
    Node: z.object({ Address: z.string() }),
    Service: z.object({ Address: z.string(), Port: z.number() }),
  }),
)

/**
 * Services in Consul, through its HTTP API. Each instance is a service with a check that must hear of it (TTL): nothing has to reach
 * the instance. An agent that lost its memory gets the registration anew with the next heartbeat.
 */
export const createConsulDirectory = (options: ConsulOptions): ServiceDirectory => {
  const { heartbeatMs = 1_000, waitSeconds = 30, logger } = options
  const agent = createConsulAgent(options)
  const troubles = createTroubles(logger)
  const closed = new AbortController()
  const watches = new Map<string, Watched>()
  const running = new Set<Promise<void>>()
  const registered = new Set<AsyncDisposable>()

  const inBackground = (work: Promise<void>): void => {
    running.add(work)
    void work.finally(() => running.delete(work))
  }

  const pause = (ms: number, signal: AbortSignal): Promise<void> =>
    delay(ms, undefined, { signal }).catch(() => undefined)

  const follow = async (service: string, watched: Watched): Promise<void> => {
    let index = '0'
    for (let failures = 0; !closed.signal.aborted; ) {
      try {
        const query = `/health/service/${encodeURIComponent(service)}?passing=1&index=${index}&wait=${waitSeconds}s`
        const patience = AbortSignal.any([closed.signal, AbortSignal.timeout(waitSeconds * 1_500 + ANSWER_MS)])
        const response = await agent.call('GET', query, { signal: patience })
        const answer = healthy.parse(await response.json())
        if (answer.length === 0 && response.headers.get('x-consul-results-filtered-by-acls') === 'true')
          throw new Error(`Consul hides ${service} from our token: it needs service:read and node:read`)
        troubles.went(service)
        failures = 0
        watched.replace(
          answer.map(({ Node, Service }) => ({ host: Service.Address || Node.Address, port: Service.Port })),
        )
        const next = response.headers.get('x-consul-index') ?? '0'
        // An index that went back is that of an agent that lost its memory: ask from the beginning.
        index = Number(next) < Number(index) ? '0' : next
      } catch (error) {
        if (closed.signal.aborted) return
        troubles.failed(service, error)
        index = '0'
        await pause(Math.min(LONGEST_PAUSE_MS, 100 * 2 ** failures++), closed.signal)
      }
    }
  }

  const register = (service: string, { host, port }: Instance): AsyncDisposable => {
    const id = `${service}-${randomUUID()}`
    const stop = new AbortController()
    const check = {
      TTL: `${heartbeatMs * 3}ms`,
      Status: 'passing',
      DeregisterCriticalServiceAfter: FORGOTTEN_AFTER,
    }
    const announce = async (): Promise<void> => {
      const body = { ID: id, Name: service, Address: host, Port: port, Check: check }
      await (await agent.call('PUT', '/agent/service/register', { body })).body?.cancel()
    }
    const beat = async (): Promise<void> => {
      const response = await agent.call('PUT', `/agent/check/pass/service:${id}`, { but: UNKNOWN })
      await response.body?.cancel()
      if (!response.ok) await announce()
    }
    const live = async (): Promise<void> => {
      for (let known = false; !stop.signal.aborted; ) {
        try {
          await (known ? beat() : announce())
          known = true
          troubles.went(id)
        } catch (error) {
          troubles.failed(id, error)
        }
        await pause(heartbeatMs, stop.signal)
      }
    }
    const living = live()
    inBackground(living)
    let leaving: Promise<void> | undefined
    const leave = async (): Promise<void> => {
      stop.abort()
      await living
      try {
        const response = await agent.call('PUT', `/agent/service/deregister/${id}`, { but: UNKNOWN })
        await response.body?.cancel()
      } catch (error) {
        troubles.failed(id, error)
      }
      troubles.dropped(id)
    }
    const registration: AsyncDisposable = {
      [Symbol.asyncDispose]() {
        leaving ??= leave().finally(() => registered.delete(registration))
        return leaving
      },
    }
    registered.add(registration)
    return registration
  }

  return {
    register(service, instance) {
      if (closed.signal.aborted) throw new Closed('ServiceDirectory')
      return register(service, instance)
    },
    watch(service) {
      if (closed.signal.aborted) throw new Closed('ServiceDirectory')
      const known = watches.get(service)
      if (known) return known
      const watched = createWatched()
      watches.set(service, watched)
      inBackground(follow(service, watched))
      return watched
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...registered].map(each => each[Symbol.asyncDispose]()))
      closed.abort()
      await Promise.all(running)
      await agent[Symbol.asyncDispose]()
    },
  }
}
