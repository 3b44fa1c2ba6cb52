import { describe, expect, it } from 'vitest'
import type { ScannedDocument, ViewBatch, ViewStore, ViewWrite } from '#application/ports/view-store.ts'

const VIEW = 'orders@1'
const write = (key: string, doc: unknown, over: Partial<ViewWrite> = {}): ViewWrite => ({
  ...{ key, doc, indexes: { all: [key] }, basedOn: 0 },
  ...over,
})
const batch = (streams: Readonly<Record<string, readonly [number, number]>>, ...writes: ViewWrite[]): ViewBatch => ({
  view: VIEW,
  streams: Object.entries(streams).map(([streamId, [from, to]]) => ({ streamId, from, to })),
  writes,
})

const scanAll = async (store: ViewStore, limit: number): Promise<ReadonlyMap<string, ScannedDocument>> => {
  const found = new Map<string, ScannedDocument>()
  for (let after: string | undefined, first = true; first || after !== undefined; first = false) {
    const page = await store.scan(VIEW, limit, after)
    for (const each of page.documents) found.set(each.key, each)
    after = page.next
  }
  return found
}

/** Batches and scans: what makes and compares whole builds. */
export const viewStoreBatchContract = (open: () => Promise<ViewStore>): void => {
  describe('a batch', () => {
    it('moves every stream to its last revision and writes every document, at once', async () => {
      await using store = await open()
      expect(await store.applyAll(batch({ a: [0, 4], b: [0, 0] }, write('x', 1), write('y', 2)))).toBe('applied')
      expect(await store.appliedRevisions(VIEW, ['b', 'none', 'a'])).toEqual([0, -1, 4])
      expect(await store.appliedRevisions(VIEW, [])).toEqual([])
      expect((await store.list(VIEW, { index: 'all', limit: 9 })).items.map(({ doc }) => doc)).toEqual([1, 2])
      expect(
        await store.apply({ view: VIEW, streamId: 'a', revision: 5, writes: [write('z', 3)] }),
        'the next event of a stream follows the batch',
      ).toBe('applied')
    })

    it.each([
      ['all of it was applied before', 'duplicate', batch({ a: [0, 2], b: [1, 1] }, write('x', 9))],
      ['a stream lacks events before it', 'gap', batch({ a: [3, 3], b: [3, 3] }, write('x', 9))],
      ['a part of it was applied before', 'conflict', batch({ a: [2, 4] }, write('x', 9))],
      ['one of its streams was applied before', 'conflict', batch({ a: [1, 2], b: [2, 2] }, write('x', 9))],
      ['a document is not what it was computed from', 'conflict', batch({ a: [3, 3] }, write('x', 9))],
    ] as const)('changes nothing when %s', async (_, outcome, second) => {
      await using store = await open()
      await store.applyAll(batch({ a: [0, 2], b: [0, 1] }, write('x', 1)))
      expect(await store.applyAll(second)).toBe(outcome)
      expect(await store.appliedRevisions(VIEW, ['a', 'b'])).toEqual([2, 1])
      expect((await store.getMany(VIEW, ['x']))[0]?.doc).toBe(1)
    })

    it('takes 500 streams and 500 documents', async () => {
      await using store = await open()
      const names = Array.from({ length: 500 }, (_, n) => `s-${n}`)
      const streams = Object.fromEntries(names.map(name => [name, [0, 1] as const]))
      expect(await store.applyAll(batch(streams, ...names.map(name => write(name, name))))).toBe('applied')
      expect(await store.count(VIEW, 'all')).toBe(500)
      expect(await store.appliedRevisions(VIEW, names)).toEqual(names.map(() => 1))
    })
  })

  describe('a scan', () => {
    it('gives nothing of a build that is not there', async () => {
      await using store = await open()
      expect(await store.scan('unknown@1', 10)).toEqual({ documents: [] })
    })

    it.each([1, 7, 1_000])('by %i gives every document with everywhere it stands', async limit => {
      await using store = await open()
      const keys = ['__proto__', '', ...Array.from({ length: 60 }, (_, n) => `k-${n}`)]
      const indexes = (key: string) => ({ all: [key], constructor: ['a', 'b'] })
      const writes = keys.map(key => write(key, { key }, { indexes: indexes(key) }))
      await store.applyAll(batch({ a: [0, 0] }, ...writes))
      const found = await scanAll(store, limit)
      expect([...found.keys()].toSorted()).toEqual(keys.toSorted())
      for (const key of keys) expect(found.get(key)).toMatchObject({ key, doc: { key }, indexes: indexes(key) })
    })
  })
}
