import type { DomainEvent } from '#domain/decider.ts'
import type { EventEnvelope } from './event-envelope.ts'

/**
 * A read model as a pure fold: which documents an event touches, what becomes of each, under which sort keys it is listed.
 * A view sees the events of its categories in stream order; between streams there is no order to rely on.
 */
export interface View<Event extends DomainEvent, Doc> {
  readonly name: string
  /** Raise it when the fold changes: the new build is made beside the old one. */
  readonly version: number
  /** Stream categories it reads (`order.Order`); others are ignored. */
  readonly categories: readonly string[]
  /** Keys of the documents that the event touches; none skips it. */
  keysOf(envelope: EventEnvelope<Event>): readonly string[]
  /** The document after the event; `undefined` deletes it (or leaves it absent). */
  evolve(doc: Doc | undefined, envelope: EventEnvelope<Event>, key: string): Doc | undefined
  /** Index name → sort keys. Index names may hold a partition: `customer:<id>`. */
  indexes(doc: Doc, key: string): Readonly<Record<string, readonly string[]>>
}

/** The name under which a build of a view is stored. */
export const buildOf = (view: { readonly name: string; readonly version: number }): string =>
  `${view.name}@${view.version}`
