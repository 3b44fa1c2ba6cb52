import {
  type Consistency,
  type GatewayContext,
  mergeConsistency,
  type Viewer,
} from '@mercato/shared-kernel/application'

/** One request as the gateway serves it: who asks, until when, and what it must see and has written. */
export interface Caller {
  readonly viewer: Viewer
  readonly correlationId: string
  readonly idempotencyKey?: string
  /** Headers that its subgraphs get as they came. */
  readonly headers?: Readonly<Record<string, string>>
  /** What it reads must be read after it asked: what follows a mutation or an event. */
  readonly fresh?: boolean
  /** Milliseconds since the epoch after which nobody waits. */
  readonly deadline: number
  /** Aborts when the client is gone, or when its stream must end; then the reason is a `Fault`. */
  readonly signal: AbortSignal
  /** What reads must include: what the session wrote before and what this request wrote so far. */
  consistency(): Consistency
  /** What this request wrote. */
  written(): Consistency
  /** Remembers what a subgraph says was written. */
  wrote(streams: Consistency): void
}

export interface CallerOptions {
  readonly viewer: Viewer
  readonly correlationId: string
  readonly idempotencyKey?: string | undefined
  readonly headers?: Readonly<Record<string, string>>
  readonly deadline: number
  readonly signal: AbortSignal
  readonly session: Consistency
}

export const createCaller = ({ session, idempotencyKey, ...rest }: CallerOptions): Caller => {
  let written: Consistency = {}
  return {
    ...rest,
    ...(idempotencyKey !== undefined && { idempotencyKey }),
    consistency: () => mergeConsistency(session, written),
    written: () => written,
    wrote: streams => {
      written = mergeConsistency(written, streams)
    },
  }
}

/** Equal for callers whom every subgraph answers alike: who they are and what they may, what they must see, and the headers that are passed on. */
export const identityOf = (caller: Caller): string =>
  JSON.stringify([caller.viewer, caller.headers, caller.consistency()])

/** What a subgraph is told about the request; idempotency keys go with mutations only. */
export const contextFor = (caller: Caller, mutation: boolean, issuedAt: number): GatewayContext => ({
  viewer: caller.viewer,
  correlationId: caller.correlationId,
  ...(mutation && caller.idempotencyKey !== undefined && { idempotencyKey: caller.idempotencyKey }),
  consistency: caller.consistency(),
  deadline: caller.deadline,
  issuedAt,
})
