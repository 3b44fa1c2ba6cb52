import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareEntries, type IndexEntry } from '../sorted-index.ts'
import { fromMember, memberRange, toMember } from './index-entry.ts'

/** Code units that order differently in UTF-8, or mean something to us: ends, separators, pairs and halves of pairs. */
const units = [
  '\0',
  '\x01',
  '\x02',
  '\x7f',
  'a',
  'b',
  '\u0080',
  'é',
  '\u07ff',
  '\u0800',
  '\ud800',
  '\udbff',
  '\udc00',
  '\udfff',
  '\ue000',
  '\uffff',
  '😀',
]
const text = fc
  .array(fc.oneof(fc.constantFrom(...units), fc.string({ unit: 'binary', maxLength: 2 })), { maxLength: 4 })
  .map(parts => parts.join(''))
const entry: fc.Arbitrary<IndexEntry> = fc.record({ sortKey: text, docKey: text })
const runs = { numRuns: 2_000 }

/** What Redis makes of a range: `-` and `+` are the ends, `[` includes, `(` excludes. */
const holds = ({ min, max }: { min: Buffer; max: Buffer }, member: Buffer): boolean => {
  const compared = (bound: Buffer): number => Buffer.compare(member, bound.subarray(1))
  const above = min.toString() === '-' || (min.toString()[0] === '[' ? compared(min) >= 0 : compared(min) > 0)
  const below = max.toString() === '+' || (max.toString()[0] === '[' ? compared(max) <= 0 : compared(max) < 0)
  return above && below
}

describe('members of a sorted set', () => {
  it('give back the entry they were made of, whatever the texts', () => {
    fc.assert(
      fc.property(entry, one => {
        expect(fromMember(toMember(one))).toEqual(one)
      }),
      runs,
    )
  })

  it('order bytewise as entries do: by sort key, then by document key, code unit by code unit', () => {
    const sign = (a: IndexEntry, b: IndexEntry): void => {
      expect(Math.sign(Buffer.compare(toMember(a), toMember(b)))).toBe(Math.sign(compareEntries(a, b)))
    }
    fc.assert(fc.property(entry, entry, sign), runs)
    sign({ sortKey: '\u{1f600}', docKey: '' }, { sortKey: '\uffff', docKey: '' })
  })

  it('are in a range exactly when sort keys start with the prefix and lie strictly between the cursors', () => {
    const bound = fc.option(entry, { nil: undefined })
    const check = (one: IndexEntry, prefix: string, above?: IndexEntry, below?: IndexEntry): void => {
      const expected =
        one.sortKey.startsWith(prefix) &&
        (above === undefined || compareEntries(one, above) > 0) &&
        (below === undefined || compareEntries(one, below) < 0)
      expect(holds(memberRange(prefix, above, below), toMember(one))).toBe(expected)
    }
    fc.assert(fc.property(entry, text, bound, bound, check), runs)
    fc.assert(
      fc.property(entry, fc.nat(3), bound, bound, (one, end, a, b) => check(one, one.sortKey.slice(0, end), a, b)),
      runs,
    )
  })
})
