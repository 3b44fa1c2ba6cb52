import { type Currency, Money } from '@mercato/shared-kernel/domain'
import { describe, expect, it } from 'vitest'
import { createFlatCharges } from './flat-charges.ts'

const { chargesFor } = createFlatCharges()
const charge = (amount: number, weightGrams: number, country = 'DE', currency: Currency = 'EUR') =>
  chargesFor({ items: Money.money(amount, currency), weightGrams, country })

describe('the flat tariff', () => {
  it.each([
    [0, 490],
    [2_000, 490],
    [2_001, 550],
    [5_000, 670],
  ])('%i grams cost %i', (grams, cents) =>
    expect(charge(1_000, grams).shipping).toEqual({ amount: cents, currency: 'EUR' }),
  )
  it('is free from a certain value on', () => {
    expect(charge(9_999, 100).shipping.amount).toBe(490)
    expect(charge(10_000, 100).shipping.amount).toBe(0)
  })
  it('is charged in the currency of the items', () =>
    expect(charge(1_000, 100, 'JP', 'JPY')).toEqual({
      shipping: { amount: 800, currency: 'JPY' },
      taxBasisPoints: 1_000,
    }))
  it.each([
    ['DE', 1_900],
    ['CH', 810],
    ['US', 0],
    ['ZZ', 0],
  ])('taxes for %s are %i hundredths of a percent', (country, rate) =>
    expect(charge(1_000, 1, country).taxBasisPoints).toBe(rate),
  )
})
