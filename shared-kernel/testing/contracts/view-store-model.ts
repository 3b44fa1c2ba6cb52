import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ApplyOutcome, ListRange, ViewApply, ViewStore, ViewWrite } from '#application/ports/view-store.ts'

const VIEW = 'model@1'
const KEYS = ['a', 'b', 'c', 'ab'] as const
const SORT_KEYS = ['', '1', '1/', '1/2', '2', 'é', 'Z', '~'] as const
const INDEXES = ['i', 'j'] as const

interface ModelDocument {
  readonly doc: number
  readonly version: number
  readonly indexes: ViewWrite['indexes']
}

interface Model {
  readonly documents: Map<string, ModelDocument>
  readonly revisions: Map<string, number>
}

/** The store as the simplest thing that could be right: every list is a filter over everything. */
const applyToModel = (model: Model, change: ViewApply): ApplyOutcome => {
  const applied = model.revisions.get(change.streamId) ?? -1
  if (change.revision <= applied) return 'duplicate'
  if (change.revision > applied + 1) return 'gap'
  if (change.writes.some(write => (model.documents.get(write.key)?.version ?? 0) !== write.basedOn)) return 'conflict'
  for (const { key, doc, indexes } of change.writes) {
    if (doc === undefined) model.documents.delete(key)
    else model.documents.set(key, { doc: Number(doc), version: Number.NaN, indexes })
  }
  model.revisions.set(change.streamId, change.revision)
  return 'applied'
}

type Entry = readonly [sortKey: string, key: string]

const order = (a: Entry, b: Entry): number => {
  const place = a[0] === b[0] ? 1 : 0
  return a[place] < b[place] ? -1 : a[place] > b[place] ? 1 : 0
}

const entriesOf = (model: Model, index: string, prefix: string): readonly Entry[] =>
  [...model.documents]
    .flatMap(([key, { indexes }]) => [...new Set(indexes[index] ?? [])].map(sortKey => [sortKey, key] as const))
    .filter(([sortKey]) => sortKey.startsWith(prefix))
    .sort(order)

const listFromModel = (model: Model, range: ModelRange) => {
  const sign = range.descending ? -1 : 1
  const inOrder = entriesOf(model, range.index, range.prefix)
    .toSorted((a, b) => sign * order(a, b))
    .filter(entry => range.after === undefined || sign * order(entry, range.after) > 0)
    .filter(entry => range.before === undefined || sign * order(entry, range.before) < 0)
  const start = range.fromEnd ? Math.max(inOrder.length - range.limit, 0) : 0
  return { entries: inOrder.slice(start, start + range.limit), more: inOrder.length > range.limit }
}

interface ModelRange extends Omit<ListRange, 'after' | 'before'> {
  readonly prefix: string
  readonly after: Entry | undefined
  readonly before: Entry | undefined
}

const write = fc.record({
  key: fc.constantFrom(...KEYS),
  doc: fc.option(fc.nat(99), { nil: undefined, freq: 4 }),
  indexes: fc.dictionary(fc.constantFrom(...INDEXES), fc.array(fc.constantFrom(...SORT_KEYS), { maxLength: 3 })),
})
const change = fc.record({
  streamId: fc.constantFrom('s-1', 's-2'),
  step: fc.constantFrom(1, 1, 1, 1, 0, 2),
  writes: fc.uniqueArray(write, { selector: ({ key }) => key, maxLength: 3 }),
  conflicting: fc.nat(9).map(dice => dice === 0),
})
const range = fc.record({
  index: fc.constantFrom(...INDEXES),
  prefix: fc.constantFrom('', '', '1', '1/', 'x'),
  limit: fc.nat(6),
  descending: fc.boolean(),
  fromEnd: fc.boolean(),
  after: fc.option(fc.nat(20), { nil: undefined }),
  before: fc.option(fc.nat(20), { nil: undefined }),
})

/** Any sequence of changes, then any list: the store answers as a naive model does. */
export const viewStoreModelContract = (open: () => Promise<ViewStore>): void => {
  it('answers like a naive model after any sequence of changes', { timeout: 60_000 }, async () => {
    const run = fc.asyncProperty(
      fc.array(change, { maxLength: 25 }),
      fc.array(range, { maxLength: 8 }),
      async (changes, ranges) => {
        await using store = await open()
        const model: Model = { documents: new Map(), revisions: new Map() }
        // Every cursor ever handed out, also of entries that are gone by now.
        const cursors = new Map<string, { readonly entry: Entry; readonly cursor: string }>()

        for (const { streamId, step, writes, conflicting } of changes) {
          const revision = (model.revisions.get(streamId) ?? -1) + step
          const based = writes.map(({ key, doc, indexes }) => {
            const version = model.documents.get(key)?.version ?? 0
            return { key, doc, indexes, basedOn: conflicting ? version + 1 : version }
          })
          const next: ViewApply = { view: VIEW, streamId, revision, writes: based }
          expect(await store.apply(next)).toBe(applyToModel(model, next))
          const stored = await store.getMany(VIEW, KEYS)
          KEYS.forEach((key, index) => {
            const expected = model.documents.get(key)
            expect(stored[index]?.doc).toEqual(expected?.doc)
            const version = stored[index]?.version ?? 0
            if (!expected) return
            if (!Number.isNaN(expected.version)) expect(version).toBe(expected.version)
            model.documents.set(key, { ...expected, version })
          })
          for (const index of INDEXES) {
            const { items } = await store.list(VIEW, { index, limit: 100 })
            const entries = entriesOf(model, index, '')
            expect(items.map(item => item.key)).toEqual(entries.map(([, key]) => key))
            items.forEach((item, place) => {
              const entry = entries[place] as Entry
              cursors.set(JSON.stringify(entry), { entry, cursor: item.cursor })
            })
          }
        }

        const known = [...cursors.values()]
        for (const { after, before, ...rest } of ranges) {
          const from = after === undefined ? undefined : known[after % Math.max(known.length, 1)]
          const to = before === undefined ? undefined : known[before % Math.max(known.length, 1)]
          const expected = listFromModel(model, { ...rest, after: from?.entry, before: to?.entry })
          const page = await store.list(VIEW, {
            ...rest,
            ...(from === undefined ? {} : { after: from.cursor }),
            ...(to === undefined ? {} : { before: to.cursor }),
          })
          expect(page.items.map(item => item.key)).toEqual(expected.entries.map(([, key]) => key))
          expect(page.more).toBe(expected.more)
          expect(await store.count(VIEW, rest.index, rest.prefix)).toBe(
            entriesOf(model, rest.index, rest.prefix).length,
          )
        }
      },
    )
    await fc.assert(run, { numRuns: 150 })
  })
}
