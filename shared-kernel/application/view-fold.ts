import type { DomainEvent } from '#domain/decider.ts'
import type { EventEnvelope } from './event-envelope.ts'
import type { VersionedDocument, ViewWrite } from './ports/view-store.ts'
import type { View } from './view.ts'

/** As a store gives it back: what the fold sees next must not depend on whether it was stored in between. */
const asStored = (doc: unknown): unknown => (doc === undefined ? undefined : JSON.parse(JSON.stringify(doc)))

/** Keys of the documents that the events touch, each once. */
export const keysOfAll = <Event extends DomainEvent>(
  view: View<Event, unknown>,
  envelopes: readonly EventEnvelope<Event>[],
): readonly string[] => [...new Set(envelopes.flatMap(envelope => view.keysOf(envelope)))]

/** What the events make of the documents, given as they are before the first of them, in the order of `keys`. */
export const foldAll = <Event extends DomainEvent>(
  view: View<Event, unknown>,
  envelopes: readonly EventEnvelope<Event>[],
  keys: readonly string[],
  before: readonly (VersionedDocument | undefined)[],
): readonly ViewWrite[] => {
  const docs = new Map(keys.map((key, place) => [key, { doc: before[place]?.doc, isFresh: false }]))
  for (const envelope of envelopes)
    for (const key of new Set(view.keysOf(envelope))) {
      const at = docs.get(key)
      if (!at) continue
      at.doc = view.evolve(at.isFresh ? asStored(at.doc) : at.doc, envelope, key)
      at.isFresh = true
    }
  return keys.map((key, place) => {
    const doc = docs.get(key)?.doc
    return { key, doc, indexes: doc === undefined ? {} : view.indexes(doc, key), basedOn: before[place]?.version ?? 0 }
  })
}
