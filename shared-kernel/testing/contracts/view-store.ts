import { describe, expect, it } from 'vitest'
import { Closed } from '#application/faults.ts'
import type { ListRange, ViewApply, ViewStore, ViewWrite } from '#application/ports/view-store.ts'
import { viewStoreBatchContract } from './view-store-batch.ts'
import { viewStoreListContract } from './view-store-list.ts'
import { viewStoreModelContract } from './view-store-model.ts'

const VIEW = 'orders@1'
const write = (key: string, doc: unknown, over: Partial<ViewWrite> = {}): ViewWrite => ({
  key,
  doc,
  indexes: {},
  basedOn: 0,
  ...over,
})
const change = (streamId: string, revision: number, ...writes: readonly ViewWrite[]): ViewApply => ({
  view: VIEW,
  streamId,
  revision,
  writes,
})
const all = (index: string): ListRange => ({ index, limit: 100 })

/** What every {@link ViewStore} adapter keeps. `open` gives an empty one. */
export const viewStoreContract = (adapter: string, open: () => Promise<ViewStore>): void => {
  describe(`ViewStore contract: ${adapter}`, () => {
    const docOf = async (store: ViewStore, key: string): Promise<unknown> => (await store.getMany(VIEW, [key]))[0]?.doc
    const versionOf = async (store: ViewStore, key: string): Promise<number> =>
      (await store.getMany(VIEW, [key]))[0]?.version ?? 0

    describe('documents', () => {
      it('come back in the order asked, undefined where there is none', async () => {
        await using store = await open()
        await store.apply(change('order.Order-1', 0, write('a', { total: 1, tags: ['é', null] }), write('b', 'text')))
        const found = await store.getMany(VIEW, ['b', 'none', 'a', 'b'])
        expect(found.map(document => document?.doc)).toEqual([
          'text',
          undefined,
          { total: 1, tags: ['é', null] },
          'text',
        ])
        expect(await store.getMany(VIEW, [])).toEqual([])
        expect(await store.getMany('unknown@1', ['a'])).toEqual([undefined])
      })

      it('are never shared by reference', async () => {
        await using store = await open()
        const doc = { lines: [{ sku: 'MUG' }] }
        await store.apply(change('s-1', 0, write('a', doc, { indexes: { all: [''] } })))
        doc.lines.push({ sku: 'CUP' })
        const read = (await docOf(store, 'a')) as typeof doc
        expect(read).toEqual({ lines: [{ sku: 'MUG' }] })
        read.lines.length = 0
        const listed = (await store.list(VIEW, all('all'))).items[0]?.doc as typeof doc
        expect(listed).toEqual({ lines: [{ sku: 'MUG' }] })
        listed.lines.length = 0
        expect(await docOf(store, 'a')).toEqual({ lines: [{ sku: 'MUG' }] })
      })

      it('are replaced as a whole, and deleted by undefined', async () => {
        await using store = await open()
        await store.apply(change('s-1', 0, write('a', { old: true })))
        await store.apply(change('s-1', 1, write('a', { new: true }, { basedOn: await versionOf(store, 'a') })))
        expect(await docOf(store, 'a')).toEqual({ new: true })
        await store.apply(change('s-1', 2, write('a', undefined, { basedOn: await versionOf(store, 'a') })))
        expect(await store.getMany(VIEW, ['a'])).toEqual([undefined])
      })

      it('may have keys that mean something to an object', async () => {
        await using store = await open()
        const keys = ['__proto__', 'constructor', 'toString', '']
        const writes = keys.map(key => write(key, { key }, { indexes: { constructor: [key] } }))
        expect(await store.getMany(VIEW, keys)).toEqual(keys.map(() => undefined))
        expect(await store.apply(change('__proto__', 0, ...writes))).toBe('applied')
        expect((await store.getMany(VIEW, keys)).map(found => found?.doc)).toEqual(keys.map(key => ({ key })))
        expect(await store.count(VIEW, 'constructor')).toBe(4)
        expect(await store.count(VIEW, 'toString')).toBe(0)
      })
    })

    describe('revisions', () => {
      it('are applied in order, per stream', async () => {
        await using store = await open()
        expect(await store.appliedRevision(VIEW, 's-1')).toBe(-1)
        expect(await store.apply(change('s-1', 0, write('a', 1)))).toBe('applied')
        expect(await store.apply(change('s-2', 0, write('b', 1)))).toBe('applied')
        expect(await store.apply(change('s-1', 1, write('c', 1)))).toBe('applied')
        expect(await store.appliedRevision(VIEW, 's-1')).toBe(1)
        expect(await store.appliedRevision(VIEW, 's-2')).toBe(0)
        expect(await store.appliedRevision('orders@2', 's-1')).toBe(-1)
      })

      it('are recorded when the view skips the event', async () => {
        await using store = await open()
        expect(await store.apply(change('s-1', 0))).toBe('applied')
        expect(await store.appliedRevision(VIEW, 's-1')).toBe(0)
      })

      it('are ignored when they were applied before, whatever they carry', async () => {
        await using store = await open()
        await store.apply(change('s-1', 0, write('a', 'first')))
        await store.apply(change('s-1', 1))
        expect(await store.apply(change('s-1', 0, write('a', 'again')))).toBe('duplicate')
        expect(await store.apply(change('s-1', 1, write('a', 'again', { basedOn: 99 })))).toBe('duplicate')
        expect(await docOf(store, 'a')).toBe('first')
      })

      it('are not applied over a gap', async () => {
        await using store = await open()
        expect(await store.apply(change('s-1', 1, write('a', 1)))).toBe('gap')
        await store.apply(change('s-1', 0))
        expect(await store.apply(change('s-1', 2, write('a', 1)))).toBe('gap')
        expect(await store.appliedRevision(VIEW, 's-1')).toBe(0)
        expect(await docOf(store, 'a')).toBeUndefined()
      })
    })

    describe('versions', () => {
      it('reject an apply computed from another version, and leave everything as it was', async () => {
        await using store = await open()
        await store.apply(change('s-1', 0, write('a', 1, { indexes: { all: ['1'] } })))
        const stale = await versionOf(store, 'a')
        await store.apply(change('s-1', 1, write('a', 2, { basedOn: stale, indexes: { all: ['2'] } })))
        const late = change('s-2', 0, write('b', 1, { indexes: { all: ['0'] } }), write('a', 3, { basedOn: stale }))
        expect(await store.apply(late)).toBe('conflict')
        expect(await store.getMany(VIEW, ['b'])).toEqual([undefined])
        expect(await docOf(store, 'a')).toBe(2)
        expect(await store.count(VIEW, 'all')).toBe(1)
        expect(await store.appliedRevision(VIEW, 's-2')).toBe(-1)
      })

      it('tell "there is none" from "there is one", both ways', async () => {
        await using store = await open()
        expect(await store.apply(change('s-1', 0, write('a', 1, { basedOn: 1 })))).toBe('conflict')
        await store.apply(change('s-1', 0, write('a', 1)))
        expect(await store.apply(change('s-1', 1, write('a', 2)))).toBe('conflict')
        expect(await store.apply(change('s-1', 1, write('a', undefined)))).toBe('conflict')
      })

      it('never come back, also when the document was deleted and made again', async () => {
        await using store = await open()
        await store.apply(change('s-1', 0, write('a', 'one')))
        const old = await versionOf(store, 'a')
        await store.apply(change('s-1', 1, write('a', undefined, { basedOn: old })))
        await store.apply(change('s-1', 2, write('a', 'two')))
        expect(await store.apply(change('s-2', 0, write('a', 'three', { basedOn: old })))).toBe('conflict')
        expect(await docOf(store, 'a')).toBe('two')
      })

      it('let exactly one of many concurrent changes of a document through', async () => {
        await using store = await open()
        await store.apply(change('s-0', 0, write('a', 0)))
        const basedOn = await versionOf(store, 'a')
        const outcomes = await Promise.all(
          Array.from({ length: 20 }, (_, index) =>
            store.apply(change(`s-${index + 1}`, 0, write('a', index, { basedOn }))),
          ),
        )
        expect(outcomes.filter(outcome => outcome === 'applied')).toHaveLength(1)
        expect(outcomes.filter(outcome => outcome === 'conflict')).toHaveLength(19)
      })
    })

    it('rejects an apply that names a document twice, and leaves everything as it was', async () => {
      await using store = await open()
      await expect(store.apply(change('s-1', 0, write('a', 1), write('a', 2)))).rejects.toThrow(TypeError)
      expect(await store.appliedRevision(VIEW, 's-1')).toBe(-1)
      expect(await docOf(store, 'a')).toBeUndefined()
    })

    it('keeps builds of a view apart and drops one of them as a whole', async () => {
      await using store = await open()
      const first = change('s-1', 0, write('a', 1, { indexes: { all: ['x'] } }))
      await store.apply(first)
      await store.apply({ ...first, view: 'orders@2' })
      await store.drop(VIEW)
      await store.drop('unknown@1')
      expect(await store.getMany(VIEW, ['a'])).toEqual([undefined])
      expect(await store.count(VIEW, 'all')).toBe(0)
      expect((await store.list(VIEW, all('all'))).items).toEqual([])
      expect(await store.appliedRevision(VIEW, 's-1')).toBe(-1)
      expect(await store.count('orders@2', 'all')).toBe(1)
      expect(await store.apply(first)).toBe('applied')
    })

    viewStoreBatchContract(open)
    viewStoreListContract(open)
    viewStoreModelContract(open)

    it('rejects with Closed after dispose, which may be repeated', async () => {
      const store = await open()
      await store[Symbol.asyncDispose]()
      await store[Symbol.asyncDispose]()
      await expect(store.apply(change('s-1', 0))).rejects.toThrow(Closed)
      await expect(store.applyAll({ view: VIEW, streams: [], writes: [] })).rejects.toThrow(Closed)
      await expect(store.getMany(VIEW, ['a'])).rejects.toThrow(Closed)
      await expect(store.appliedRevisions(VIEW, ['s-1'])).rejects.toThrow(Closed)
      await expect(store.scan(VIEW, 1)).rejects.toThrow(Closed)
      await expect(store.list(VIEW, all('all'))).rejects.toThrow(Closed)
      await expect(store.count(VIEW, 'all')).rejects.toThrow(Closed)
      await expect(store.appliedRevision(VIEW, 's-1')).rejects.toThrow(Closed)
      await expect(store.drop(VIEW)).rejects.toThrow(Closed)
    })
  })
}
