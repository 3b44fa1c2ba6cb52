import type { DomainEvent } from '#domain/decider.ts'
import type { Actor, EventEnvelope } from './event-envelope.ts'

/** A fact published to other contexts: a versioned contract, never a private event. */
export interface IntegrationEvent<Type extends string = string, Data = unknown> {
  readonly id: string
  /** `<context>.<Name>` */
  readonly type: Type
  readonly version: number
  /** Counts the published events of the stream, from 0, without gaps. */
  readonly sequence: number
  readonly streamId: string
  readonly revision: number
  readonly occurredAt: string
  readonly actor: Actor
  readonly correlationId: string
  readonly causationId?: string
  readonly commandId: string
  readonly traceparent?: string
  readonly data: Data
}

/** What a translator returns: the contract's type, version and data. */
export interface Published<Type extends string = string, Data = unknown> {
  readonly type: Type
  readonly version: number
  readonly data: Data
}

/** The public face of a private event; `undefined` keeps it private. Pure, and one event at the most. */
export type Translator<Event extends DomainEvent> = (envelope: EventEnvelope<Event>) => Published | undefined

export const domainTopic = (context: string): string => `${context}.domain-events`
export const integrationTopic = (context: string): string => `${context}.integration-events`
export const SYSTEM_TOPIC = 'system.events'
