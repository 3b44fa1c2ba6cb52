import type { Actor, Causation } from './event-envelope.ts'
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
}

/** Context of one command: a causation plus the time of the decision. */
export interface CommandContext extends Causation {
  readonly now: Date
}
