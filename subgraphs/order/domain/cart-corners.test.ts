import { specFor } from '@mercato/shared-kernel/testing'
import { describe, expect, it } from 'vitest'
import { type CartEvent, cart } from './cart.ts'
import type { CartLine } from './cart-lines.ts'
import { MAX_PER_LINE } from './rejections.ts'
import { customerId, draft, now } from './samples.fixture.ts'

const { given } = specFor(cart)
const line = (productId: string, quantity: number): CartLine => ({ productId, sku: productId.toUpperCase(), quantity })
const added = (productId: string, quantity: number): CartEvent => ({
  type: 'CartItemAdded',
  data: { customerId, ...line(productId, quantity), at: now },
})

describe('a cart of several products', () => {
  it('counts what is added for that product only', () =>
    expect(given(added('mug', 2), added('pen', 1), added('mug', 3)).state().lines).toStrictEqual([
      line('mug', 5),
      line('pen', 1),
    ]))

  it('may hold the most pieces of one product, and no more', () => {
    const change = (quantity: number) =>
      ({ type: 'ChangeQuantity', data: { customerId, productId: 'mug', quantity, now } }) as const
    given(added('mug', 2))
      .when(change(MAX_PER_LINE))
      .then({
        type: 'CartQuantityChanged',
        data: { customerId, productId: 'mug', quantity: MAX_PER_LINE, at: now },
      })
    given(added('mug', 2))
      .when(change(MAX_PER_LINE + 1))
      .thenRejected('CART.QUANTITY_TOO_LARGE')
  })

  it('is checked out only as it was priced, every line of it', () => {
    const past = [added('mug', 2), added('pen', 1)]
    const checkOut = (...basedOn: readonly CartLine[]) => ({ type: 'CheckOut', data: { draft, basedOn } }) as const
    given(...past)
      .when(checkOut(line('mug', 2), line('pen', 1)))
      .then({ type: 'CartCheckedOut', data: draft })
    for (const basedOn of [
      [],
      [line('mug', 2)],
      [line('mug', 2), line('pen', 2)],
      [line('mug', 3), line('pen', 1)],
      [line('mug', 2), line('cup', 1)],
      [line('pen', 1), line('mug', 2)],
      [line('mug', 2), line('pen', 1), line('cup', 1)],
    ])
      given(...past)
        .when(checkOut(...basedOn))
        .thenRejected('CART.CHANGED')
  })
})
