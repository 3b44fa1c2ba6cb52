import { describe, expect, it } from 'vitest'
import { MAX_QUANTITY, parseQuantity } from './quantity.ts'

describe('a quantity', () => {
  it.each([1, 2, MAX_QUANTITY])('may be %d', value =>
    expect(parseQuantity(value, [])).toStrictEqual({ ok: true, value }),
  )
  it.each([0, -1, 1.5, MAX_QUANTITY + 1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('is not %d', value =>
    expect(parseQuantity(value, ['lines', '0', 'quantity'])).toStrictEqual({
      ok: false,
      rejection: {
        code: 'QUANTITY.OUT_OF_RANGE',
        message: 'Quantity must be a whole number from 1 to 1000000.',
        field: ['lines', '0', 'quantity'],
      },
    }),
  )
  it('has a limit of its own where one is named', () => {
    expect(parseQuantity(10, [], 10).ok).toBe(true)
    expect(parseQuantity(11, [], 10)).toMatchObject({
      rejection: { message: expect.stringMatching(/from 1 to 10\.$/) },
    })
  })
})
