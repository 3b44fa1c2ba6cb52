import { specFor } from '@mercato/shared-kernel/testing'
import { describe, expect, it } from 'vitest'
import { type CartEvent, cart } from './cart.ts'
import { MAX_LINES, MAX_PER_LINE } from './rejections.ts'
import { customerId, draft, now } from './samples.fixture.ts'

const { given } = specFor(cart)
const added = (productId: string, quantity: number): CartEvent => ({
  type: 'CartItemAdded',
  data: { customerId, productId, sku: productId.toUpperCase(), quantity, at: now },
})
const add = (productId: string, quantity: number) =>
  ({ type: 'AddToCart', data: { customerId, productId, sku: productId.toUpperCase(), quantity, now } }) as const
const change = (productId: string, quantity: number) =>
  ({ type: 'ChangeQuantity', data: { customerId, productId, quantity, now } }) as const
const checkOut = (...basedOn: { productId: string; sku: string; quantity: number }[]) =>
  ({ type: 'CheckOut', data: { draft, basedOn } }) as const
const linesAfter = (...events: CartEvent[]) => given(...events).state().lines

describe('adding to a cart', () => {
  it('adds a line', () => given().when(add('mug', 2)).then(added('mug', 2)))
  it('adds to a line that is there', () =>
    expect(linesAfter(added('mug', 2), added('mug', 3))).toEqual([{ productId: 'mug', sku: 'MUG', quantity: 5 }]))
  it('keeps products apart', () =>
    expect(linesAfter(added('mug', 2), added('pen', 1), added('pen', 4))).toMatchObject([
      { productId: 'mug', quantity: 2 },
      { productId: 'pen', quantity: 5 },
    ]))
  it('refuses more pieces of one product than allowed, together with those that are there', () => {
    given(added('mug', MAX_PER_LINE)).when(add('mug', 1)).thenRejected('CART.QUANTITY_TOO_LARGE', ['quantity'])
    given(added('mug', MAX_PER_LINE - 1))
      .when(add('mug', 1))
      .then(added('mug', 1))
  })
  it('refuses more products than allowed, but not more of one that is there', () => {
    const full = Array.from({ length: MAX_LINES }, (_, index) => added(`p${index}`, 1))
    given(...full)
      .when(add('one-more', 1))
      .thenRejected('CART.FULL')
    given(...full)
      .when(add('p7', 1))
      .then(added('p7', 1))
  })
})

describe('changing a quantity', () => {
  it('sets it', () => {
    const changed: CartEvent = {
      type: 'CartQuantityChanged',
      data: { customerId, productId: 'mug', quantity: 7, at: now },
    }
    given(added('mug', 2)).when(change('mug', 7)).then(changed)
    expect(linesAfter(added('mug', 2), added('pen', 1), changed)).toMatchObject([{ quantity: 7 }, { quantity: 1 }])
  })
  it('up to the limit is possible', () =>
    given(added('mug', 2))
      .when(change('mug', MAX_PER_LINE))
      .then({ type: 'CartQuantityChanged', data: { customerId, productId: 'mug', quantity: MAX_PER_LINE, at: now } }))
  it('to what it is changes nothing', () => given(added('mug', 2)).when(change('mug', 2)).then())
  it('is refused for a product that is not there', () =>
    given(added('mug', 2)).when(change('pen', 1)).thenRejected('CART.NOT_IN_CART', ['productId']))
  it('is refused beyond the limit', () =>
    given(added('mug', 2))
      .when(change('mug', MAX_PER_LINE + 1))
      .thenRejected('CART.QUANTITY_TOO_LARGE', ['quantity']))
})

describe('removing', () => {
  const remove = { type: 'RemoveFromCart', data: { customerId, productId: 'mug', now } } as const
  it('takes the line out', () => {
    const removed: CartEvent = { type: 'CartItemRemoved', data: { customerId, productId: 'mug', at: now } }
    given(added('mug', 2)).when(remove).then(removed)
    expect(linesAfter(added('mug', 2), added('pen', 1), removed)).toMatchObject([{ productId: 'pen' }])
  })
  it('is refused for what is not there', () => given().when(remove).thenRejected('CART.NOT_IN_CART'))
})

describe('clearing', () => {
  const clear = { type: 'ClearCart', data: { customerId, now } } as const
  it('empties the cart', () => {
    const cleared: CartEvent = { type: 'CartCleared', data: { customerId, at: now } }
    given(added('mug', 2)).when(clear).then(cleared)
    expect(linesAfter(added('mug', 2), cleared)).toEqual([])
  })
  it('of an empty cart changes nothing', () => given().when(clear).then())
})

describe('checking out', () => {
  const mug = { productId: 'mug', sku: 'MUG', quantity: 2 }
  const checkedOut: CartEvent = { type: 'CartCheckedOut', data: draft }
  it('makes an order of exactly this cart and empties it', () => {
    given(added('mug', 2)).when(checkOut(mug)).then(checkedOut)
    expect(linesAfter(added('mug', 2), checkedOut)).toEqual([])
  })
  it('of an empty cart is refused', () => given().when(checkOut()).thenRejected('CART.EMPTY'))
  it('twice is refused: the first one emptied the cart', () =>
    given(added('mug', 2), checkedOut).when(checkOut(mug)).thenRejected('CART.EMPTY'))
  it('of a cart that changed since it was priced is refused', () => {
    given(added('mug', 3)).when(checkOut(mug)).thenRejected('CART.CHANGED')
    given(added('mug', 2), added('pen', 1)).when(checkOut(mug)).thenRejected('CART.CHANGED')
    given(added('pen', 2)).when(checkOut(mug)).thenRejected('CART.CHANGED')
    given(added('mug', 2), added('pen', 1))
      .when(checkOut(mug, { productId: 'pen', sku: 'PEN', quantity: 2 }))
      .thenRejected('CART.CHANGED')
    given(added('mug', 2))
      .when(checkOut(mug, { productId: 'pen', sku: 'PEN', quantity: 1 }))
      .thenRejected('CART.CHANGED')
  })
})

describe('the cart of a customer who is erased', () => {
  const close = { type: 'CloseCart', data: { customerId, now } } as const
  const closed: CartEvent = { type: 'CartClosed', data: { customerId, at: now } }
  it('is closed, and empty', () => {
    given(added('mug', 2)).when(close).then(closed)
    expect(linesAfter(added('mug', 2), closed)).toEqual([])
  })
  it('is closed also when there never was one', () => given().when(close).then(closed))
  it('is closed once', () => given(closed).when(close).then())
  it('takes nothing any more', () => given(closed).when(add('mug', 1)).thenRejected('CUSTOMER.ERASED'))
  it('cannot be checked out', () => given(closed).when(checkOut()).thenRejected('CART.EMPTY'))
})
