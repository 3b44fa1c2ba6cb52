import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareEntries, createSortedIndex, type IndexEntry } from './sorted-index.ts'

const entryOf = (place: number): IndexEntry => ({
  sortKey: String(place >> 2).padStart(4, '0'),
  docKey: String(place & 3),
})
/** Thousands of additions and removals over 4,000 entries: many chunks are split, and emptied again. */
const steps = fc.array(
  fc.record({ place: fc.nat(3_999), keep: fc.integer({ min: 0, max: 4 }).map(dice => dice > 0) }),
  {
    minLength: 3_000,
    maxLength: 6_000,
    size: 'max',
  },
)

describe('sorted index', () => {
  it('holds what a sorted array would, however it grows and shrinks', { timeout: 60_000 }, () => {
    const run = fc.property(steps, fc.array(fc.nat(4_100), { minLength: 10, maxLength: 30 }), (changes, places) => {
      const index = createSortedIndex()
      const model = new Map<number, IndexEntry>()
      for (const { place, keep } of changes) {
        if (keep) index.add(entryOf(place))
        else index.delete(entryOf(place))
        if (keep) model.set(place, entryOf(place))
        else model.delete(place)
      }
      const sorted = [...model.values()].sort(compareEntries)
      expect(index.size).toBe(sorted.length)
      expect(index.slice(0, index.size)).toEqual(sorted)
      for (const [at, place] of places.entries()) {
        const limit = entryOf(place)
        const isBefore = (entry: IndexEntry): boolean => compareEntries(entry, limit) < 0
        expect(index.rank(isBefore)).toBe(sorted.filter(isBefore).length)
        const other = places[places.length - 1 - at] ?? 0
        expect(index.slice(place, other)).toEqual(sorted.slice(place, Math.max(other, place)))
      }
      for (const entry of sorted) index.delete(entry)
      expect([index.size, index.slice(0, 10), index.rank(() => true)]).toEqual([0, [], 0])
    })
    fc.assert(run, { numRuns: 20 })
  })

  it('is in order also when filled in ascending or descending order', () => {
    const places = Array.from({ length: 3_000 }, (_, place) => place)
    for (const order of [places, places.toReversed()]) {
      const index = createSortedIndex()
      for (const place of order) index.add(entryOf(place))
      expect(index.slice(0, 3_000)).toEqual(places.map(entryOf))
    }
  })
})
