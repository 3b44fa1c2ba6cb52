import type { Rebuilding } from '@mercato/shared-kernel/application'

/** Whether a subgraph can serve, and what each of its parts says about it. */
export interface SubgraphHealth {
  readonly ready: boolean
  readonly detail: Readonly<Record<string, unknown>>
}

/**
 * A bounded context as the process that hosts it sees it: what a context's `composition.ts` returns.
 * It never listens: the host puts `fetch` behind a socket or calls it in-process.
 */
export interface Subgraph extends AsyncDisposable {
  /** The context's name, which is also its name in the supergraph. */
  readonly name: string
  /** Answers one HTTP request; never rejects. Subscriptions stream their answer and end when `request.signal` aborts. */
  fetch(request: Request): Promise<Response>
  /** Joins the consumer groups and fills the views. Within one process every context connects before any starts. */
  connect(): Promise<void>
  /** Starts relay and timers. */
  start(): Promise<void>
  /** Makes the context's views anew; needs neither connecting nor starting. */
  readonly rebuilding: Rebuilding
  /** Stops taking new requests, ends live streams, lets running requests and workers finish. A second call waits for the first. */
  drain(): Promise<void>
  health(): SubgraphHealth
}
