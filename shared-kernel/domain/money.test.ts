import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  add,
  CURRENCIES,
  type Currency,
  isCurrency,
  MAX_AMOUNT,
  money,
  parseMoney,
  subtract,
  sum,
  times,
  toDecimal,
  zero,
} from './money.ts'

const eur = (amount: number) => money(amount, 'EUR')
const currencies = Object.keys(CURRENCIES) as Currency[]

describe('a currency', () => {
  it('is one of those traded here, by its code', () => {
    expect(currencies).toEqual(['EUR', 'USD', 'GBP', 'CHF', 'JPY'])
    for (const code of ['', 'eur', 'XXX', 'toString', '__proto__']) expect(isCurrency(code)).toBe(false)
    expect(currencies.every(isCurrency)).toBe(true)
  })
})

describe('sums of money', () => {
  it('are whole minor units of one currency', () => {
    expect(add(eur(1), eur(2))).toStrictEqual(eur(3))
    expect(subtract(eur(1), eur(3))).toStrictEqual(eur(-2))
    expect(times(eur(250), 3)).toStrictEqual(eur(750))
    expect(sum('EUR', [eur(1), eur(2), eur(3)])).toStrictEqual(eur(6))
    expect(sum('JPY', [])).toStrictEqual(zero('JPY'))
    expect(zero('CHF')).toStrictEqual({ amount: 0, currency: 'CHF' })
  })
  it('of two currencies are a fault', () => {
    for (const mixed of [() => add(eur(1), money(1, 'USD')), () => subtract(eur(1), money(1, 'USD'))])
      expect(mixed).toThrow('cannot combine EUR with USD')
  })
})

describe('money as a decimal', () => {
  it.each([
    [0, 'EUR', '0.00'],
    [5, 'EUR', '0.05'],
    [50, 'EUR', '0.50'],
    [1_999, 'EUR', '19.99'],
    [-1_999, 'EUR', '-19.99'],
    [-5, 'EUR', '-0.05'],
    [1_999, 'JPY', '1999'],
    [0, 'JPY', '0'],
    [-7, 'JPY', '-7'],
  ] as const)('of %d minor units of %s is %s', (amount, currency, decimal) =>
    expect(toDecimal(money(amount, currency))).toBe(decimal),
  )
  it('is read as it was written', () => {
    fc.assert(
      fc.property(fc.nat({ max: MAX_AMOUNT }), fc.constantFrom(...currencies), (amount, currency) => {
        expect(parseMoney(toDecimal(money(amount, currency)), currency)).toEqual({
          ok: true,
          value: { amount, currency },
        })
      }),
    )
  })
  it.each([
    ['19.9', 'EUR', 1_990],
    ['19', 'EUR', 1_900],
    ['007.50', 'EUR', 750],
    ['19', 'JPY', 19],
    ['1000000000', 'EUR', MAX_AMOUNT],
  ] as const)('%s %s is read', (decimal, currency, amount) =>
    expect(parseMoney(decimal, currency)).toStrictEqual({ ok: true, value: { amount, currency } }),
  )
  it.each([
    '',
    '-1',
    '+1',
    '1e3',
    '1.',
    '.5',
    '1,5',
    ' 1',
    '1 ',
    'x1',
    '1x',
    '1.234',
    '1.23456',
    'NaN',
    '٣',
    '1\n',
    '1234567890123',
  ])('%j is none', decimal =>
    expect(parseMoney(decimal, 'EUR', ['price'])).toStrictEqual({
      ok: false,
      rejection: {
        code: 'MONEY.INVALID_AMOUNT',
        message: 'Amount must be a non-negative decimal with at most 2 places.',
        field: ['price', 'amount'],
      },
    }),
  )
  it('has no places where the currency has none', () =>
    expect(parseMoney('1.0', 'JPY')).toMatchObject({
      rejection: { message: expect.stringMatching(/at most 0 places/), field: ['amount'] },
    }))
  it('is not larger than what a sum of many still holds exactly', () =>
    expect(parseMoney('1000000000.01', 'EUR', ['price'])).toStrictEqual({
      ok: false,
      rejection: {
        code: 'MONEY.TOO_LARGE',
        message: 'Amount is larger than this shop accepts.',
        field: ['price', 'amount'],
      },
    }))
  it('is in a currency traded here', () =>
    expect(parseMoney('1.00', 'BTC', ['price'])).toStrictEqual({
      ok: false,
      rejection: {
        code: 'MONEY.UNKNOWN_CURRENCY',
        message: '"BTC" is not a currency traded here.',
        field: ['price', 'currency'],
      },
    }))
})
