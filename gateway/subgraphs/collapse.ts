import { Fault, type Metrics } from '@mercato/shared-kernel/application'
import { identityOf } from '../caller.ts'
import { copy } from '../execution/data.ts'
import type { SubgraphResult } from '../supergraph.ts'
import { failureOf, faultOf } from './failure.ts'
import { linkedSignal } from './linked-signal.ts'
import type { SubgraphClient } from './subgraph-client.ts'

export interface CollapseOptions {
  readonly name: string
  readonly metrics: Metrics
  readonly now: () => number
  /** Milliseconds a request may take. One that several wait for has them all, whoever asked first. */
  readonly deadlineMs: number
}

/** A request that is under way. */
interface Asked {
  readonly since: number
  readonly over: AbortController
  readonly result: Promise<SubgraphResult>
  waiting: number
  joined: boolean
}

/** Milliseconds after which nobody joins a request any more: what it reads, and the time it has left, become too old. */
const JOINABLE_MS = 1_000

/**
 * Asks a subgraph once what several clients ask at the same time: the same query with the same variables, for equal identities, scopes,
 * consistency and forwarded headers. Nothing of a mutation or of an event is collapsed, since it has to be read afterwards. Each gets an
 * answer of its own, waits as long as it may, and can leave; the request ends when all have.
 */
export const collapseQueries = (client: SubgraphClient, options: CollapseOptions): SubgraphClient['fetch'] => {
  const { name, metrics, now } = options
  const latest = new Map<string, Asked>()

  const forget = (key: string, asked: Asked): void => {
    if (latest.get(key) === asked) latest.delete(key)
  }
  const begin = (key: string, ask: (signal: AbortSignal) => Promise<SubgraphResult>): Asked => {
    const over = new AbortController()
    const result = ask(over.signal).finally(() => forget(key, asked))
    const asked: Asked = { since: now(), over, result, waiting: 0, joined: false }
    latest.set(key, asked)
    return asked
  }
  /** Rejects when `signal` aborts. */
  const waitFor = (key: string, asked: Asked, signal: AbortSignal): Promise<SubgraphResult> =>
    new Promise((resolve, reject) => {
      asked.waiting++
      const leave = (): void => {
        if (--asked.waiting === 0) {
          forget(key, asked)
          asked.over.abort(new Error('nobody waits any more'))
        }
        reject(signal.reason)
      }
      if (signal.aborted) return leave()
      signal.addEventListener('abort', leave, { once: true })
      // Answers grow together with others of their client.
      asked.result.then(result => {
        signal.removeEventListener('abort', leave)
        resolve(asked.joined ? (copy(result) as SubgraphResult) : result)
      }, reject)
    })

  return async (request, caller) => {
    if (request.kind !== 'query' || caller.fresh) return client.fetch(request, caller)
    const key = `${identityOf(caller)}\n${request.body}`
    const known = latest.get(key)
    const joins = known !== undefined && now() - known.since < JOINABLE_MS
    const asked = joins
      ? known
      : begin(key, signal => client.fetch(request, { ...caller, signal, deadline: now() + options.deadlineMs }))
    if (joins) {
      asked.joined = true
      metrics.count('mercato_gateway_collapsed_requests_total', { subgraph: name })
    }
    const late = () => new Fault('TIMEOUT', `The ${name} service did not answer in time.`)
    const own = linkedSignal([caller.signal], caller.deadline - now(), late)
    try {
      return await waitFor(key, asked, own.signal)
    } catch (error) {
      return failureOf(faultOf(name, error))
    } finally {
      own.release()
    }
  }
}
