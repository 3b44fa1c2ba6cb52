import type { Actor, Causation, RecordedEvent } from './event-envelope.ts'
import type { GatewayContext, Viewer } from './request-context.ts'

/** What every resolver and use case gets to know about the request it serves. */
export interface RequestContext {
  readonly viewer: Viewer
  readonly actor: Actor
  readonly correlationId: string
  readonly idempotencyKey?: string
  /** What the session has written: reads must include it. */
  readonly consistency: GatewayContext['consistency']
  /** Milliseconds since the epoch. */
  readonly deadline: number
  /** Aborts when the client is gone. */
  readonly signal: AbortSignal
  /** W3C trace context of the span that serves the request. */
  readonly traceparent?: string
  /** What this request wrote, filled by mutations; answered as `extensions.consistency`. */
  readonly wrote: Record<string, number>
  /**
   * Told of each event of a subscription before it is shown: what is shown beside it is then no older (it joins `consistency`, here
   * and in what the gateway asks others), and belongs to its trace.
   */
  readonly telling?: Telling
}

export type Telling = (event: Pick<RecordedEvent, 'streamId' | 'revision' | 'traceparent'>) => void

/** Context of one command: a causation plus the time of the decision. */
export interface CommandContext extends Causation {
  readonly now: Date
}
