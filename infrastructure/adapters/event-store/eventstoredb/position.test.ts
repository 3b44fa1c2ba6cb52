import { describe, expect, it } from 'vitest'
import { formatPosition, parsePosition } from './position.ts'

const MAX = 2n ** 63n - 1n

describe('a position', () => {
  it('is text of one width that sorts as the places do, and is read back the same', () => {
    const places = [0n, 1n, 9n, 10n, 99_999_999_999n, MAX].flatMap(commit =>
      [0n, 2n, 10n, MAX].map(prepare => ({ commit, prepare })),
    )
    const positions = places.map(formatPosition)
    expect([...positions].sort()).toEqual(positions)
    expect(positions.map(parsePosition)).toEqual(places)
    expect(formatPosition({ commit: 12n, prepare: 7n })).toBe('00000000000000000012/00000000000000000007')
  })

  it('is the start when there is none yet', () => {
    expect(parsePosition('')).toBe('start')
  })

  it.each(['0/0', `${'9'.repeat(20)}/${'0'.repeat(20)}`, `${'0'.repeat(20)}-${'0'.repeat(20)}`, '-1'])(
    'is not %s',
    text => {
      expect(() => parsePosition(text)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }))
    },
  )

  it('is unknown to servers that answer the largest number', () => {
    expect(() => formatPosition({ commit: 2n ** 64n - 1n, prepare: 2n ** 64n - 1n })).toThrow('22.10')
  })
})
