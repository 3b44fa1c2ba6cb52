import { specFor } from '@mercato/shared-kernel/testing'
import { describe, expect, it } from 'vitest'
import { GUEST_CART_MS, type GuestCartEvent, goneAt, guestCart, openAt } from './guest-cart.ts'
import { MAX_LINES, MAX_PER_LINE } from './rejections.ts'
import { customerId, eur, now } from './samples.fixture.ts'

const { given } = specFor(guestCart)
const guestCartId = '018f0000-0000-7000-8000-0000000000dd'
const GONE = 'CART.GUEST_CART_GONE'
const after = (ms: number): string => new Date(Date.parse(now) + ms).toISOString()
const lastMoment = after(GUEST_CART_MS - 1)
const tooLate = after(GUEST_CART_MS)

const line = (productId: string, quantity: number) => ({ productId, sku: productId.toUpperCase(), quantity })
const added = (productId: string, quantity: number, at = now): GuestCartEvent => ({
  type: 'GuestCartItemAdded',
  data: { guestCartId, ...line(productId, quantity), at },
})
const add = (productId: string, quantity: number, { opens = false, at = now } = {}) =>
  ({ type: 'AddToGuestCart', data: { guestCartId, opens, ...line(productId, quantity), now: at } }) as const
const change = (productId: string, quantity: number, at = now) =>
  ({ type: 'ChangeGuestQuantity', data: { guestCartId, productId, quantity, now: at } }) as const
const remove = (productId: string, at = now) =>
  ({ type: 'RemoveFromGuestCart', data: { guestCartId, productId, now: at } }) as const
const take = (by: string, at = now) =>
  ({ type: 'TakeGuestCart', data: { guestCartId, customerId: by, now: at } }) as const
const changed = (productId: string, quantity: number): GuestCartEvent => ({
  type: 'GuestCartQuantityChanged',
  data: { guestCartId, productId, quantity, at: now },
})
const removed = (productId: string): GuestCartEvent => ({
  type: 'GuestCartItemRemoved',
  data: { guestCartId, productId, at: now },
})
const taken: GuestCartEvent = {
  type: 'GuestCartTaken',
  data: { guestCartId, customerId, lines: [line('mug', 2)], at: now },
}
const linesAfter = (...events: GuestCartEvent[]) => openAt(given(...events).state(), now)?.lines

describe('a guest’s cart that there is not', () => {
  it('is opened by its first line, when that is asked for', () =>
    given()
      .when(add('mug', 2, { opens: true }))
      .then(added('mug', 2)))
  it('is not opened by a token alone', () => given().when(add('mug', 2)).thenRejected(GONE, ['guestToken']))
  it('cannot be changed, or taken', () => {
    given().when(change('mug', 2)).thenRejected(GONE)
    given().when(remove('mug')).thenRejected(GONE)
    given().when(take(customerId)).thenRejected(GONE)
  })
  it('is never opened too full', () =>
    given()
      .when(add('mug', MAX_PER_LINE + 1, { opens: true }))
      .thenRejected('CART.QUANTITY_TOO_LARGE'))
})

describe('a guest’s open cart', () => {
  it('takes more, up to the limits of any cart', () => {
    given(added('mug', 2)).when(add('pen', 1)).then(added('pen', 1))
    expect(linesAfter(added('mug', 2), added('pen', 1), added('mug', 3))).toEqual([line('mug', 5), line('pen', 1)])
    given(added('mug', MAX_PER_LINE)).when(add('mug', 1)).thenRejected('CART.QUANTITY_TOO_LARGE', ['quantity'])
    const full = Array.from({ length: MAX_LINES }, (_, index) => added(`p${index}`, 1))
    given(...full)
      .when(add('one-more', 1))
      .thenRejected('CART.FULL')
  })
  it('is opened once: another first line goes into it', () =>
    given(added('mug', 2))
      .when(add('mug', 1, { opens: true }))
      .then(added('mug', 1)))
  it('changes quantities', () => {
    given(added('mug', 2)).when(change('mug', 7)).then(changed('mug', 7))
    expect(linesAfter(added('mug', 2), added('pen', 1), changed('mug', 7))).toEqual([line('mug', 7), line('pen', 1)])
    given(added('mug', 2)).when(change('mug', 2)).then()
    given(added('mug', 2)).when(change('pen', 2)).thenRejected('CART.NOT_IN_CART')
    given(added('mug', 2))
      .when(change('mug', MAX_PER_LINE + 1))
      .thenRejected('CART.QUANTITY_TOO_LARGE')
  })
  it('loses lines', () => {
    given(added('mug', 2)).when(remove('mug')).then(removed('mug'))
    expect(linesAfter(added('mug', 2), added('pen', 1), removed('mug'))).toEqual([line('pen', 1)])
    given(added('mug', 2)).when(remove('pen')).thenRejected('CART.NOT_IN_CART')
  })
  it('remembers the price of the last time something was put in', () => {
    const dear = {
      type: 'GuestCartItemAdded',
      data: { guestCartId, ...line('mug', 1), unitPrice: eur(9), at: now },
    } as const
    expect(linesAfter(added('mug', 2), dear)).toEqual([{ ...line('mug', 3), unitPrice: eur(9) }])
    expect(linesAfter(dear, added('mug', 2))).toEqual([{ ...line('mug', 3), unitPrice: eur(9) }])
  })
})

describe('a guest’s cart that nobody touches', () => {
  it('is there for thirty days', () => {
    expect(GUEST_CART_MS).toBe(30 * 86_400_000)
    given(added('mug', 2))
      .when(remove('mug', lastMoment))
      .then({ ...removed('mug'), data: { ...removed('mug').data, at: lastMoment } } as GuestCartEvent)
    given(added('mug', 2))
      .when(add('mug', 1, { at: lastMoment }))
      .then(added('mug', 1, lastMoment))
  })
  it('is gone after that', () => {
    given(added('mug', 2))
      .when(add('mug', 1, { at: tooLate }))
      .thenRejected(GONE)
    given(added('mug', 2))
      .when(change('mug', 1, tooLate))
      .thenRejected(GONE)
    given(added('mug', 2)).when(remove('mug', tooLate)).thenRejected(GONE)
    given(added('mug', 2)).when(take(customerId, tooLate)).thenRejected(GONE)
    given(added('mug', 2))
      .when(add('mug', 1, { opens: true, at: tooLate }))
      .thenRejected(GONE)
    expect(openAt(given(added('mug', 2)).state(), tooLate)).toBeUndefined()
  })
  it.each([
    ['adding', added('pen', 1, lastMoment)],
    ['changing', { ...changed('mug', 3), data: { ...changed('mug', 3).data, at: lastMoment } } as GuestCartEvent],
    ['removing', { ...removed('mug'), data: { ...removed('mug').data, at: lastMoment } } as GuestCartEvent],
  ])('%s keeps it for another thirty', (_, event) => {
    const state = given(added('mug', 2), event).state()
    expect(state.status === 'open' && goneAt(state)).toBe(Date.parse(lastMoment) + GUEST_CART_MS)
  })
})

describe('a guest who signs in', () => {
  it('takes the cart along', () => given(added('mug', 2)).when(take(customerId)).then(taken))
  it('may ask again', () => {
    given(added('mug', 2), taken).when(take(customerId)).then()
    expect(given(added('mug', 2), taken).state()).toEqual({ status: 'taken', customerId, lines: [line('mug', 2)] })
  })
  it('leaves nothing for anybody else', () => {
    given(added('mug', 2), taken).when(take('another')).thenRejected(GONE)
    given(added('mug', 2), taken).when(add('mug', 1)).thenRejected(GONE)
    given(added('mug', 2), taken)
      .when(add('mug', 1, { opens: true }))
      .thenRejected(GONE)
    given(added('mug', 2), taken).when(change('mug', 1)).thenRejected(GONE)
    given(added('mug', 2), taken).when(remove('mug')).thenRejected(GONE)
  })
})
