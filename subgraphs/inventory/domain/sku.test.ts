import { describe, expect, it } from 'vitest'
import { parseSku } from './sku.ts'

describe('a SKU', () => {
  it.each([
    ['COF-YIRG-250', 'COF-YIRG-250'],
    ['  cof-1 ', 'COF-1'],
    ['7', '7'],
    ['X'.repeat(40), 'X'.repeat(40)],
  ])('reads %j as %j', (text, sku) => expect(parseSku(text)).toEqual({ ok: true, value: sku }))

  it.each(['', ' ', '-A', 'A-', 'A B', 'A\u0000B', 'Ä1', 'A/B', 'X'.repeat(41), 'x'.repeat(10_000)])(
    'refuses %j',
    text =>
      expect(parseSku(text, ['sku'])).toMatchObject({
        ok: false,
        rejection: { code: 'PRODUCT.INVALID_SKU', field: ['sku'] },
      }),
  )
})
