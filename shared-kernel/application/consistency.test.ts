import { describe, expect, it } from 'vitest'
import { mergeConsistency } from './consistency.ts'

describe('what a session has written, merged', () => {
  it('keeps the higher revision of each stream', () => {
    expect(mergeConsistency({ a: 3, b: 1 }, { a: 2, b: 4, c: 0 })).toEqual({ a: 3, b: 4, c: 0 })
  })

  it('names what was written last at the end, though it was written before', () => {
    expect(Object.keys(mergeConsistency({ cart: 1, order: 2 }, { cart: 3 }))).toEqual(['order', 'cart'])
  })
})
