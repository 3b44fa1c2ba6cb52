import { ok, type Result, refused } from './rejection.ts'

/** ISO 4217 codes Mercato trades in, with the number of decimal places of their minor unit. */
export const CURRENCIES = { EUR: 2, USD: 2, GBP: 2, CHF: 2, JPY: 0 } as const
export type Currency = keyof typeof CURRENCIES

/** An integer amount in minor units (cents) and its currency. Never a float. */
export interface Money {
  readonly amount: number
  readonly currency: Currency
}

/** The largest amount accepted from outside, in minor units: sums of many still fit a safe integer. */
export const MAX_AMOUNT = 100_000_000_000

export const isCurrency = (code: string): code is Currency => Object.hasOwn(CURRENCIES, code)

export const money = (amount: number, currency: Currency): Money => ({ amount, currency })
export const zero = (currency: Currency): Money => ({ amount: 0, currency })

const sameCurrency = (a: Money, b: Money): void => {
  if (a.currency !== b.currency) throw new TypeError(`cannot combine ${a.currency} with ${b.currency}`)
}

/** Adds two amounts. Mixing currencies is a programming fault: check input with {@link parseMoney} and compare first. */
export const add = (a: Money, b: Money): Money => {
  sameCurrency(a, b)
  return { amount: a.amount + b.amount, currency: a.currency }
}

export const subtract = (a: Money, b: Money): Money => {
  sameCurrency(a, b)
  return { amount: a.amount - b.amount, currency: a.currency }
}

export const times = (price: Money, quantity: number): Money => ({
  amount: price.amount * quantity,
  currency: price.currency,
})

export const sum = (currency: Currency, amounts: Iterable<Money>): Money => {
  let total = zero(currency)
  for (const amount of amounts) total = add(total, amount)
  return total
}

/** Formats as a decimal string with exactly the currency's places: `{amount: 1999, currency: 'EUR'}` → `"19.99"`. */
export const toDecimal = ({ amount, currency }: Money): string => {
  const places = CURRENCIES[currency]
  const digits = Math.abs(amount)
    .toString()
    .padStart(places + 1, '0')
  const whole = digits.slice(0, digits.length - places)
  const sign = amount < 0 ? '-' : ''
  return places === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-places)}`
}

/** Reads a decimal string such as `"19.99"`; refuses signs, exponents, too many places and amounts above {@link MAX_AMOUNT}. */
export const parseMoney = (decimal: string, currency: string, field: readonly string[] = []): Result<Money> => {
  if (!isCurrency(currency))
    return refused({
      code: 'MONEY.UNKNOWN_CURRENCY',
      message: `"${currency}" is not a currency traded here.`,
      field: [...field, 'currency'],
    })
  const places = CURRENCIES[currency]
  const match = /^(\d{1,12})(?:\.(\d{1,4}))?$/.exec(decimal)
  const fraction = match?.[2] ?? ''
  if (!match || fraction.length > places)
    return refused({
      code: 'MONEY.INVALID_AMOUNT',
      message: `Amount must be a non-negative decimal with at most ${places} places.`,
      field: [...field, 'amount'],
    })
  const amount = Number(`${match[1]}${fraction.padEnd(places, '0')}`)
  if (amount > MAX_AMOUNT)
    return refused({
      code: 'MONEY.TOO_LARGE',
      message: 'Amount is larger than this shop accepts.',
      field: [...field, 'amount'],
    })
  return ok({ amount, currency })
}
