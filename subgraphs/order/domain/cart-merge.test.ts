import { specFor } from '@mercato/shared-kernel/testing'
import { describe, expect, it } from 'vitest'
import { type CartEvent, cart } from './cart.ts'
import type { CartLine } from './cart-lines.ts'
import { MAX_LINES, MAX_PER_LINE } from './rejections.ts'
import { customerId, draft, eur, now } from './samples.fixture.ts'

const { given } = specFor(cart)
const guestCartId = '018f0000-0000-7000-8000-0000000000dd'
const line = (productId: string, quantity: number): CartLine => ({ productId, sku: productId.toUpperCase(), quantity })
const added = (productId: string, quantity: number): CartEvent => ({
  type: 'CartItemAdded',
  data: { customerId, ...line(productId, quantity), at: now },
})
const mergeOf = (...lines: readonly CartLine[]) =>
  ({ type: 'MergeGuestCart', data: { customerId, guestCartId, lines, now } }) as const
const merged = (
  lines: readonly CartLine[],
  leftOut: readonly { sku: string; quantity: number }[] = [],
  id = guestCartId,
): CartEvent => ({ type: 'GuestCartMerged', data: { customerId, guestCartId: id, lines, leftOut, at: now } })
const full = Array.from({ length: MAX_LINES }, (_, index) => added(`p${index}`, 1))

describe('merging a guest’s cart', () => {
  it('adds its lines, to those that are there or beside them', () => {
    given(added('mug', 2))
      .when(mergeOf(line('mug', 1), line('pen', 3)))
      .then(merged([line('mug', 1), line('pen', 3)]))
    expect(given(added('mug', 2), merged([line('mug', 1), line('pen', 3)])).state().lines).toEqual([
      line('mug', 3),
      line('pen', 3),
    ])
  })
  it('of nothing is noted, too: it is used up', () => given().when(mergeOf()).then(merged([])))
  it('leaves out pieces beyond the most of one product, and says which', () => {
    given(added('mug', MAX_PER_LINE - 2))
      .when(mergeOf(line('mug', 5)))
      .then(merged([line('mug', 2)], [{ sku: 'MUG', quantity: 3 }]))
    given(added('mug', MAX_PER_LINE))
      .when(mergeOf(line('mug', 5), line('pen', 1)))
      .then(merged([line('pen', 1)], [{ sku: 'MUG', quantity: 5 }]))
  })
  it('leaves out products that find no line, but not more of one that is there', () => {
    given(...full)
      .when(mergeOf(line('new', 2), line('p7', 1)))
      .then(merged([line('p7', 1)], [{ sku: 'NEW', quantity: 2 }]))
    given(...full.slice(1))
      .when(mergeOf(line('one', 1), line('two', 1)))
      .then(merged([line('one', 1)], [{ sku: 'TWO', quantity: 1 }]))
  })
  it('takes over the price that the guest has seen', () => {
    const seen = { ...line('mug', 1), unitPrice: eur(900) }
    expect(given(added('mug', 2), merged([seen])).state().lines).toEqual([{ ...line('mug', 3), unitPrice: eur(900) }])
  })
  it('happens once, whatever became of the cart since', () => {
    const again = mergeOf(line('mug', 1))
    given(merged([line('mug', 1)]))
      .when(again)
      .then()
    given(merged([line('mug', 1)]), { type: 'CartCleared', data: { customerId, at: now } })
      .when(again)
      .then()
    given(merged([line('mug', 1)]), { type: 'CartCheckedOut', data: draft })
      .when(again)
      .then()
    given(merged([line('mug', 1)]), added('pen', 1), merged([], [], 'another'))
      .when(again)
      .then()
  })
  it('of another cart adds again', () =>
    given(merged([line('mug', 1)], [], 'another'))
      .when(mergeOf(line('mug', 1)))
      .then(merged([line('mug', 1)])))
  it('remembers what was left out of which', () => {
    const past = [merged([], [{ sku: 'MUG', quantity: 3 }]), merged([line('pen', 1)], [], 'another')]
    expect(given(...past).state()).toEqual({
      lines: [line('pen', 1)],
      merged: [
        { guestCartId, leftOut: [{ sku: 'MUG', quantity: 3 }] },
        { guestCartId: 'another', leftOut: [] },
      ],
    })
  })
  it('is refused for a customer who is erased', () =>
    given({ type: 'CartClosed', data: { customerId, at: now } })
      .when(mergeOf(line('mug', 1)))
      .thenRejected('CUSTOMER.ERASED'))
})

describe('the prices that a cart remembers', () => {
  const seen = (amount: number): CartEvent => ({
    type: 'CartItemAdded',
    data: { customerId, ...line('mug', 1), unitPrice: eur(amount), at: now },
  })
  it('are those of the last time something was put in', () => {
    expect(given(seen(900), seen(1_000)).state().lines).toEqual([{ ...line('mug', 2), unitPrice: eur(1_000) }])
    expect(given(added('pen', 1), seen(900)).state().lines).toEqual([
      line('pen', 1),
      { ...line('mug', 1), unitPrice: eur(900) },
    ])
  })
  it('stay when only the quantity changes', () =>
    expect(
      given(seen(900), {
        type: 'CartQuantityChanged',
        data: { customerId, productId: 'mug', quantity: 5, at: now },
      }).state().lines,
    ).toEqual([{ ...line('mug', 5), unitPrice: eur(900) }]))
})
