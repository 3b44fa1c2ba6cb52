import { Closed } from '@mercato/shared-kernel/application'
import { hostAndPort, type Instance, type Instances } from '../service-directory/service-directory.ts'
import { Unreachable } from './failures.ts'
import { createHttpTransport, type HttpTransport, type HttpTransportOptions } from './http.ts'
import { createRotation } from './rotation.ts'
import type { SubgraphTransport } from './subgraph-transport.ts'

export interface BalancedTransportOptions extends Omit<HttpTransportOptions, 'origin'> {
  /** Where the subgraph answers, as known at each moment. */
  readonly instances: Instances
  /** How long an instance that failed is left alone while there are others, in milliseconds; 2,000 when absent. */
  readonly restMs?: number
  /** How long a call waits for a first instance to become known, in milliseconds; 1,000 when absent. */
  readonly patienceMs?: number
}

const STOPPING = 503

/**
 * Spreads calls over the instances of a subgraph, each in turn. One that cannot be reached, breaks off or says that it is stopping is
 * left alone for a while; a call that no instance has seen goes to the next. Instances that leave finish what they were asked.
 */
export const createBalancedTransport = (options: BalancedTransportOptions): SubgraphTransport => {
  const { name, instances, restMs = 2_000, patienceMs = 1_000, ...rest } = options
  const transports = new Map<string, HttpTransport>()
  const retired = new Set<HttpTransport>()
  const rotation = createRotation<Instance>({ of: () => instances.current(), keyOf: hostAndPort, restMs })
  let closed = false

  const retire = async (transport: HttpTransport): Promise<void> => {
    retired.add(transport)
    try {
      await transport.retire()
    } catch {
      // Cut off by the end of the whole.
    } finally {
      retired.delete(transport)
    }
  }
  const unwatch = instances.onChange(() => {
    const present = new Set(instances.current().map(hostAndPort))
    for (const [origin, transport] of transports)
      if (!present.has(origin)) {
        transports.delete(origin)
        void retire(transport)
      }
  })

  const transportTo = (instance: Instance): HttpTransport => {
    const origin = hostAndPort(instance)
    const transport = transports.get(origin) ?? createHttpTransport({ ...rest, name, origin: `http://${origin}` })
    transports.set(origin, transport)
    return transport
  }

  const askInTurn = async <Answer extends { readonly status: number }>(
    signal: AbortSignal,
    ask: (transport: HttpTransport) => Promise<Answer>,
  ): Promise<Answer> => {
    if (closed) throw new Closed(`the way to ${name}`)
    if (instances.current().length === 0) await firstInstance(instances, patienceMs, signal)
    let failure: unknown = new Unreachable(name, false)
    for (const instance of rotation.next()) {
      try {
        const answer = await ask(transportTo(instance))
        if (answer.status === STOPPING) rotation.rest(instance)
        return answer
      } catch (error) {
        if (!(error instanceof Unreachable)) throw error
        rotation.rest(instance)
        failure = error
        if (error.reached) break
      }
    }
    throw failure
  }

  return {
    async fetch(request) {
      const { method, headers, signal } = request
      // Read once: a body cannot be sent to a second instance otherwise.
      const body = method === 'POST' ? { body: await request.arrayBuffer() } : {}
      return askInTurn(signal, transport =>
        transport.fetch(new Request(request.url, { method, headers, signal, ...body })),
      )
    },
    post: call => askInTurn(call.signal, transport => transport.post(call)),
    async [Symbol.asyncDispose]() {
      closed = true
      unwatch()
      await Promise.all([...transports.values(), ...retired].map(transport => transport[Symbol.asyncDispose]()))
    },
  }
}

const firstInstance = (instances: Instances, patienceMs: number, signal: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    const done = () => {
      clearTimeout(timer)
      unwatch()
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, patienceMs)
    const unwatch = instances.onChange(done)
    signal.addEventListener('abort', done)
  })
