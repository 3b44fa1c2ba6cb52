import { expect, it } from 'vitest'
import * as rejections from './rejections.ts'

const fixed = Object.values(rejections).filter(each => typeof each === 'object')

it('every refusal has a dotted code of its own and a sentence for a person', () => {
  expect(fixed.length).toBeGreaterThan(20)
  for (const { code, message } of fixed) {
    expect(code).toMatch(/^[A-Z]+\.[A-Z_]+$/)
    expect(message).toMatch(/^[A-Z].{9,}\.$/)
  }
  expect(new Set(fixed.map(({ code }) => code)).size).toBe(fixed.length)
})

it('refusals of an amount say how much there is', () => {
  expect(rejections.outOfStock(['x'], 'Mug', 3).message).toBe('Only 3 of Mug are left.')
  expect(rejections.outOfStock(['x'], 'Mug', 0).message).toBe('Mug is sold out.')
  expect(rejections.moreThanOpen(['x'], 2).message).toBe('Only 2 are still to be shipped.')
  expect(rejections.moreThanShipped(['x'], 2).message).toBe('At most 2 can be returned.')
  expect(rejections.priceChanged('12.00 EUR').message).toBe('The total is 12.00 EUR now. Confirm it and try again.')
  expect(rejections.otherCurrency('EUR').message).toBe('These products are sold in EUR.')
})
