import { Money } from '@mercato/shared-kernel/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type FulfilledLine,
  type OrderLine,
  priceLines,
  sumPerSku,
  valueOfReturn,
  valueOfShipment,
} from './order-lines.ts'
import { draft, eur } from './samples.fixture.ts'

const line = (sku: string, price: number, quantity: number): Omit<OrderLine, 'tax'> => ({
  productId: sku,
  sku,
  name: sku,
  unitPrice: eur(price),
  quantity,
})

const someLines = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 1, max: 7 })), { minLength: 1, maxLength: 4 })
  .map(wishes => wishes.map(([price, quantity], index) => line(`S${index}`, price, quantity)))
const someCharges = fc.record({
  shipping: fc.integer({ min: 0, max: 2_000 }).map(eur),
  taxBasisPoints: fc.integer({ min: 0, max: 2_500 }),
})

describe('pricing', () => {
  it('rounds tax half up per line and taxes shipping, too', () => {
    const { lines, totals } = priceLines([line('A', 250, 1), line('B', 333, 3)], {
      shipping: eur(490),
      taxBasisPoints: 1_900,
    })
    expect(lines.map(({ tax }) => tax.amount)).toEqual([48, 190])
    expect(totals).toEqual({ items: eur(1_249), shipping: eur(490), tax: eur(48 + 190 + 93), grandTotal: eur(2_070) })
  })

  it('adds up: items, shipping and tax make the grand total', () =>
    fc.assert(
      fc.property(someLines, someCharges, (wishes, charges) => {
        const { items, shipping, tax, grandTotal } = priceLines(wishes, charges).totals
        expect(items.amount + shipping.amount + tax.amount).toBe(grandTotal.amount)
      }),
    ))
})

describe('the value of shipments', () => {
  const fresh = (lines: readonly OrderLine[]): readonly FulfilledLine[] =>
    lines.map(each => ({ ...each, shipped: 0, cancelled: 0, returning: 0 }))

  it('bears shipping costs with the first parcel only', () => {
    const lines = fresh(draft.lines)
    expect(valueOfShipment(lines, draft.totals, [{ sku: 'PEN-1', quantity: 1 }])).toEqual(eur(119 + 595))
    const afterPen = lines.map(each => (each.sku === 'PEN-1' ? { ...each, shipped: 1 } : each))
    expect(valueOfShipment(afterPen, draft.totals, [{ sku: 'MUG-1', quantity: 3 }])).toEqual(eur(3_571))
  })

  it('of all parcels is the grand total, however the pieces are spread, and none is negative', () =>
    fc.assert(
      fc.property(someLines, someCharges, fc.infiniteStream(fc.nat({ max: 10 })), (wishes, charges, choices) => {
        const { lines: ordered, totals } = priceLines(wishes, charges)
        let lines = fresh(ordered)
        let sum = 0
        while (lines.some(each => each.shipped < each.quantity)) {
          const parcel = lines
            .map(each => ({
              sku: each.sku,
              quantity: Math.min(each.quantity - each.shipped, Number(choices.next().value)),
            }))
            .filter(({ quantity }) => quantity > 0)
          if (parcel.length === 0) continue
          const value = valueOfShipment(lines, totals, parcel)
          expect(value.amount).toBeGreaterThanOrEqual(0)
          sum += value.amount
          lines = lines.map(each => ({
            ...each,
            shipped: each.shipped + (parcel.find(({ sku }) => sku === each.sku)?.quantity ?? 0),
          }))
        }
        expect(sum).toBe(totals.grandTotal.amount)
      }),
    ))

  it('of everything returned is what was charged for the items, without shipping', () => {
    const [mugs] = fresh(draft.lines).map(each => ({ ...each, shipped: each.quantity }))
    const back = (quantity: number, before: number) =>
      Money.sum(
        'EUR',
        valueOfReturn(mugs ? [mugs] : [], [{ sku: 'MUG-1', quantity }], () => before),
      ).amount
    expect(back(3, 0)).toBe(3_571)
    expect(back(1, 0) + back(1, 1) + back(1, 2)).toBe(3_571)
  })
})

it('summing per SKU sorts and adds', () =>
  expect(
    sumPerSku([
      { sku: 'B', quantity: 1 },
      { sku: 'A', quantity: 2 },
      { sku: 'B', quantity: 3 },
    ]),
  ).toEqual([
    { sku: 'A', quantity: 2 },
    { sku: 'B', quantity: 4 },
  ]))
