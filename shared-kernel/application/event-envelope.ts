import type { DomainEvent } from '#domain/decider.ts'

/** Who acts: a signed-in user, the system itself (sagas, timers, seeds), or nobody known (an API key alone). */
export type Actor =
  | { readonly kind: 'user'; readonly id: string }
  | { readonly kind: 'system'; readonly id: string }
  | { readonly kind: 'anonymous'; readonly id: string }

/** What travels from a command through its events to everything they cause. */
export interface Causation {
  readonly actor: Actor
  readonly commandId: string
  readonly correlationId: string
  /** The id of the event or command that caused this one; absent at the start of a chain. */
  readonly causationId?: string
  /** W3C trace context of the span in which the decision was made. */
  readonly traceparent?: string
}

/** An event as a codec hands it to the store: plain JSON, with personal data already sealed. */
export interface EncodedEvent extends Causation {
  /** UUIDv5 of (command id, index): a repeated append is recognised by it. */
  readonly id: string
  readonly type: string
  readonly schemaVersion: number
  /** The bounded context that owns the stream: `user`, `order`, … */
  readonly context: string
  /** ISO 8601, from the Clock port. */
  readonly occurredAt: string
  /** The person whose key seals the sealed fields; erasing the key erases the fields. */
  readonly subjectId?: string
  readonly data: unknown
}

/** An event as read back from the store. */
export interface RecordedEvent extends EncodedEvent {
  /** `<context>.<Aggregate>-<uuid>` */
  readonly streamId: string
  /** Zero-based place in its stream, without gaps. */
  readonly revision: number
  /** Opaque place in the log, known only on read. Positions of one log order as strings, code unit by code unit. */
  readonly position: string
}

/** A decoded event: the envelope with the domain event it carries. */
export interface EventEnvelope<Event extends DomainEvent = DomainEvent> extends Omit<RecordedEvent, 'data' | 'type'> {
  readonly event: Event
}

/** The category of a stream: what stands before the first `-` (`order.Order`). */
export const categoryOf = (streamId: string): string => {
  const dash = streamId.indexOf('-')
  return dash < 0 ? streamId : streamId.slice(0, dash)
}

/** The id part of a stream: what stands after the first `-`. */
export const idOf = (streamId: string): string => streamId.slice(streamId.indexOf('-') + 1)
