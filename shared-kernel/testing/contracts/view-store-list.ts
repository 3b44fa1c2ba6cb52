import { describe, expect, it } from 'vitest'
import type { ListRange, ViewStore } from '#application/ports/view-store.ts'

const VIEW = 'orders@1'

/** Lists and cursors of a {@link ViewStore}; part of its contract. */
export const viewStoreListContract = (open: () => Promise<ViewStore>): void => {
  describe('lists', () => {
    /** Gives every document its sort keys in the index `i`, replacing what it had. */
    const put = async (
      store: ViewStore,
      places: Readonly<Record<string, readonly string[] | undefined>>,
    ): Promise<void> => {
      for (const [key, sortKeys] of Object.entries(places)) {
        const basedOn = (await store.getMany(VIEW, [key]))[0]?.version ?? 0
        const streamId = `s-${key}`
        const revision = (await store.appliedRevision(VIEW, streamId)) + 1
        const doc = sortKeys === undefined ? undefined : { key }
        const writes = [{ key, doc, indexes: { i: sortKeys ?? [] }, basedOn }]
        expect(await store.apply({ view: VIEW, streamId, revision, writes })).toBe('applied')
      }
    }
    const keys = async (store: ViewStore, range: Partial<ListRange> = {}): Promise<readonly string[]> =>
      (await store.list(VIEW, { index: 'i', limit: 100, ...range })).items.map(item => item.key)
    const cursorOf = async (store: ViewStore, key: string): Promise<string> => {
      const item = (await store.list(VIEW, { index: 'i', limit: 100 })).items.find(listed => listed.key === key)
      if (!item) throw new Error(`${key} is not listed`)
      return item.cursor
    }
    const five = { a: ['1'], b: ['2'], c: ['3'], d: ['4'], e: ['5'] }

    it('are ordered by sort key, then by document key, both ways', async () => {
      await using store = await open()
      await put(store, { b: ['2'], c: ['1'], a: ['2'], d: ['10'], E: ['2'] })
      expect(await keys(store)).toEqual(['c', 'd', 'E', 'a', 'b'])
      expect(await keys(store, { descending: true })).toEqual(['b', 'a', 'E', 'd', 'c'])
    })

    it('hold the documents with their keys', async () => {
      await using store = await open()
      await put(store, { a: ['1'] })
      const { items, more } = await store.list(VIEW, { index: 'i', limit: 1 })
      expect(items).toEqual([{ key: 'a', doc: { key: 'a' }, cursor: expect.any(String) }])
      expect(more).toBe(false)
    })

    it('stop at the limit and say whether more follows', async () => {
      await using store = await open()
      await put(store, five)
      const page = async (range: Partial<ListRange>) => {
        const { items, more } = await store.list(VIEW, { index: 'i', limit: 2, ...range })
        return [items.map(item => item.key).join(''), more]
      }
      expect(await page({})).toEqual(['ab', true])
      expect(await page({ descending: true })).toEqual(['ed', true])
      expect(await page({ fromEnd: true })).toEqual(['de', true])
      expect(await page({ fromEnd: true, descending: true })).toEqual(['ba', true])
      expect(await page({ limit: 5 })).toEqual(['abcde', false])
      expect(await page({ limit: 0 })).toEqual(['', true])
      expect(await page({ after: await cursorOf(store, 'c') })).toEqual(['de', false])
      expect(await page({ before: await cursorOf(store, 'd'), fromEnd: true })).toEqual(['bc', true])
    })

    it('lie strictly between two cursors, in list order', async () => {
      await using store = await open()
      await put(store, five)
      const [b, d] = [await cursorOf(store, 'b'), await cursorOf(store, 'd')]
      expect(await keys(store, { after: b })).toEqual(['c', 'd', 'e'])
      expect(await keys(store, { before: b })).toEqual(['a'])
      expect(await keys(store, { after: b, before: d })).toEqual(['c'])
      expect(await keys(store, { after: d, before: b })).toEqual([])
      expect(await keys(store, { after: d, descending: true })).toEqual(['c', 'b', 'a'])
      expect(await keys(store, { after: d, before: b, descending: true })).toEqual(['c'])
    })

    it('go on at a cursor whose entry is gone, moved, or has new neighbours', async () => {
      await using store = await open()
      await put(store, five)
      const b = await cursorOf(store, 'b')
      await put(store, { b: undefined, bb: ['2'], a: ['9'], a0: ['2'] })
      expect(await keys(store, { after: b })).toEqual(['bb', 'c', 'd', 'e', 'a'])
      expect(await keys(store, { before: b })).toEqual(['a0'])
    })

    it('may be narrowed to sort keys with a prefix, in which no character is special', async () => {
      await using store = await open()
      await put(store, { a: ['x'], b: ['x/1'], c: ['x/2'], d: ['x0'], e: ['x/\uffff'], f: ['[x'], g: ['\\x'] })
      expect(await keys(store, { prefix: 'x/' })).toEqual(['b', 'c', 'e'])
      expect(await keys(store, { prefix: 'x/', descending: true, limit: 1 })).toEqual(['e'])
      expect(await keys(store, { prefix: 'x/', after: await cursorOf(store, 'b') })).toEqual(['c', 'e'])
      expect(await keys(store, { prefix: 'x/', after: await cursorOf(store, 'a'), limit: 1 })).toEqual(['b'])
      expect(await keys(store, { prefix: '[' })).toEqual(['f'])
      expect(await keys(store, { prefix: 'x/3' })).toEqual([])
      expect(await store.count(VIEW, 'i', 'x/')).toBe(3)
      expect(await store.count(VIEW, 'i', 'y')).toBe(0)
      expect(await store.count(VIEW, 'i', '')).toBe(7)
    })

    it('show a document under each of its sort keys, and under none it lost', async () => {
      await using store = await open()
      await put(store, { a: ['1', '3', '3'], b: ['2'] })
      expect(await keys(store)).toEqual(['a', 'b', 'a'])
      expect(await store.count(VIEW, 'i')).toBe(3)
      await put(store, { a: ['4'] })
      expect(await keys(store)).toEqual(['b', 'a'])
      await put(store, { a: [], b: undefined })
      expect(await keys(store)).toEqual([])
      expect(await store.count(VIEW, 'i')).toBe(0)
    })

    it('forget the entries of indexes that a later write does not name', async () => {
      await using store = await open()
      await put(store, { a: ['1'] })
      const basedOn = (await store.getMany(VIEW, ['a']))[0]?.version ?? 0
      const writes = [{ key: 'a', doc: {}, indexes: { other: ['1'] }, basedOn }]
      await store.apply({ view: VIEW, streamId: 's-a', revision: 1, writes })
      expect(await keys(store)).toEqual([])
      expect(await keys(store, { index: 'other' })).toEqual(['a'])
    })

    it('are empty for an index nobody wrote', async () => {
      await using store = await open()
      expect(await store.list(VIEW, { index: 'none', limit: 5 })).toEqual({ items: [], more: false })
      expect(await store.count(VIEW, 'none')).toBe(0)
    })

    it('refuse a text that is no cursor', async () => {
      await using store = await open()
      for (const text of ['', 'x', 'null', '%', 'W10', 'eyJhIjoxfQ', 'WzEsMl0'])
        await expect(store.list(VIEW, { index: 'i', limit: 1, after: text })).rejects.toMatchObject({
          name: 'Fault',
          code: 'BAD_USER_INPUT',
        })
    })

    it('can be walked to the end in pages while documents come and go, each lasting one seen once', async () => {
      await using store = await open()
      const key = (index: number): string => `k${String(index).padStart(3, '0')}`
      for (let index = 0; index < 60; index += 2) await put(store, { [key(index)]: [key(index)] })
      const seen: string[] = []
      let after: string | undefined
      for (let page = 0; ; page += 1) {
        const range = { index: 'i', limit: 7, ...(after === undefined ? {} : { after }) }
        const { items, more } = await store.list(VIEW, range)
        seen.push(...items.map(item => item.key))
        after = items.at(-1)?.cursor
        if (!more) break
        await put(store, { [key(page * 2 + 1)]: [key(page * 2 + 1)], [seen.at(-1) ?? '']: undefined })
      }
      expect(new Set(seen).size).toBe(seen.length)
      for (let index = 0; index < 60; index += 2) expect(seen).toContain(key(index))
    })
  })
}
