import { type Currency, Money } from '@mercato/shared-kernel/domain'
import type { ChargesPolicy } from '#application/ports.ts'

/** Standard rates in hundredths of a percent; where none is named, no tax is charged. */
const TAX: Readonly<Record<string, number>> = {
  AT: 2_000,
  BE: 2_100,
  CH: 810,
  DE: 1_900,
  ES: 2_100,
  FR: 2_000,
  GB: 2_000,
  IT: 2_200,
  JP: 1_000,
  NL: 2_100,
}

/** In minor units: per parcel, per started kilogram beyond the first two, and the value of items from which a parcel is free. */
const RATES: Readonly<
  Record<Currency, { readonly parcel: number; readonly perKilogram: number; readonly free: number }>
> = {
  EUR: { parcel: 490, perKilogram: 60, free: 10_000 },
  USD: { parcel: 590, perKilogram: 70, free: 12_000 },
  GBP: { parcel: 450, perKilogram: 50, free: 9_000 },
  CHF: { parcel: 690, perKilogram: 80, free: 12_000 },
  JPY: { parcel: 800, perKilogram: 100, free: 15_000 },
}

/**
 * The demo shop's tariff: prices are net; tax is the standard rate of the country shipped to; a parcel costs a flat rate plus weight
 * and is free from a certain value on.
 */
export const createFlatCharges = (): ChargesPolicy => ({
  chargesFor({ items, weightGrams, country }) {
    const { parcel, perKilogram, free } = RATES[items.currency]
    const heavy = Math.max(0, Math.ceil(weightGrams / 1_000) - 2)
    const shipping = items.amount >= free ? 0 : parcel + heavy * perKilogram
    return { shipping: Money.money(shipping, items.currency), taxBasisPoints: TAX[country] ?? 0 }
  },
})
