import {
  accept,
  type Command,
  type Decider,
  type Decision,
  type DomainEvent,
  reject,
} from '@mercato/shared-kernel/domain'
import {
  type CartLine,
  type CartLines,
  merge,
  refusalOfAdding,
  refusalOfChanging,
  refusalOfRemoving,
  sameLines,
  withAdded,
  withoutProduct,
  withQuantity,
} from './cart-lines.ts'
import type { OrderDraft } from './order-events.ts'
import type { SkuQuantity } from './order-lines.ts'
import { cartChanged, cartEmpty, customerErased } from './rejections.ts'

/** A guest's cart that became part of this one. */
export interface MergedCart {
  readonly guestCartId: string
  /** What found no room here. */
  readonly leftOut: readonly SkuQuantity[]
}

export type CartEvent =
  | DomainEvent<'CartItemAdded', CartLine & { readonly customerId: string; readonly at: string }>
  | DomainEvent<
      'CartQuantityChanged',
      { readonly customerId: string; readonly productId: string; readonly quantity: number; readonly at: string }
    >
  | DomainEvent<'CartItemRemoved', { readonly customerId: string; readonly productId: string; readonly at: string }>
  | DomainEvent<'CartCleared', { readonly customerId: string; readonly at: string }>
  /** What was put into a cart before signing in; `lines` is what found room. */
  | DomainEvent<
      'GuestCartMerged',
      MergedCart & { readonly customerId: string; readonly lines: CartLines; readonly at: string }
    >
  /** The cart became an order. It holds all the order needs, so that the order is placed whatever happens next. */
  | DomainEvent<'CartCheckedOut', OrderDraft>
  /** The customer was erased: nothing is bought any more. */
  | DomainEvent<'CartClosed', { readonly customerId: string; readonly at: string }>

/** A customer's one open cart. What it costs is shown live: the prices it remembers tell only that one has changed. */
export interface CartState {
  readonly lines: CartLines
  readonly merged?: readonly MergedCart[]
  readonly closed?: true
}

export type CartCommand =
  | Command<'AddToCart', CartLine & { readonly customerId: string; readonly now: string }>
  | Command<
      'ChangeQuantity',
      { readonly customerId: string; readonly productId: string; readonly quantity: number; readonly now: string }
    >
  | Command<'RemoveFromCart', { readonly customerId: string; readonly productId: string; readonly now: string }>
  | Command<'ClearCart', { readonly customerId: string; readonly now: string }>
  | Command<
      'MergeGuestCart',
      { readonly customerId: string; readonly guestCartId: string; readonly lines: CartLines; readonly now: string }
    >
  /** `basedOn` is the cart that the draft was priced from. */
  | Command<'CloseCart', { readonly customerId: string; readonly now: string }>
  | Command<'CheckOut', { readonly draft: OrderDraft; readonly basedOn: CartLines }>

type Answer = Decision<CartEvent>
type Data<Type extends CartCommand['type']> = Extract<CartCommand, { type: Type }>['data']

const initialState: CartState = { lines: [] }

const add = ({ now, ...item }: Data<'AddToCart'>, { lines, closed }: CartState): Answer => {
  if (closed) return reject(customerErased)
  const refusal = refusalOfAdding(lines, item.productId, item.quantity)
  return refusal ? reject(refusal) : accept({ type: 'CartItemAdded', data: { ...item, at: now } })
}

const changeQuantity = ({ now, ...change }: Data<'ChangeQuantity'>, { lines }: CartState): Answer => {
  const refusal = refusalOfChanging(lines, change.productId, change.quantity)
  if (refusal === 'unchanged') return accept()
  return refusal ? reject(refusal) : accept({ type: 'CartQuantityChanged', data: { ...change, at: now } })
}

const remove = ({ now, ...which }: Data<'RemoveFromCart'>, { lines }: CartState): Answer => {
  const refusal = refusalOfRemoving(lines, which.productId)
  return refusal ? reject(refusal) : accept({ type: 'CartItemRemoved', data: { ...which, at: now } })
}

/** A cart is merged once, however often it is asked for. */
const mergeGuestCart = (command: Data<'MergeGuestCart'>, { lines, merged, closed }: CartState): Answer => {
  if (closed) return reject(customerErased)
  const { customerId, guestCartId, now: at } = command
  if (merged?.some(each => each.guestCartId === guestCartId)) return accept()
  const { added, leftOut } = merge(lines, command.lines)
  return accept({ type: 'GuestCartMerged', data: { customerId, guestCartId, lines: added, leftOut, at } })
}

const checkOut = ({ draft, basedOn }: Data<'CheckOut'>, { lines }: CartState): Answer => {
  if (lines.length === 0) return reject(cartEmpty)
  return sameLines(lines, basedOn) ? accept({ type: 'CartCheckedOut', data: draft }) : reject(cartChanged)
}

const decide = (command: CartCommand, state: CartState): Answer => {
  switch (command.type) {
    case 'AddToCart':
      return add(command.data, state)
    case 'ChangeQuantity':
      return changeQuantity(command.data, state)
    case 'RemoveFromCart':
      return remove(command.data, state)
    case 'ClearCart':
      return state.lines.length === 0
        ? accept()
        : accept({ type: 'CartCleared', data: { customerId: command.data.customerId, at: command.data.now } })
    case 'MergeGuestCart':
      return mergeGuestCart(command.data, state)
    case 'CheckOut':
      return checkOut(command.data, state)
    case 'CloseCart': {
      const { customerId, now } = command.data
      return state.closed ? accept() : accept({ type: 'CartClosed', data: { customerId, at: now } })
    }
  }
}

const evolve = (state: CartState, event: CartEvent): CartState => {
  const { lines } = state
  switch (event.type) {
    case 'CartItemAdded':
      return { ...state, lines: withAdded(lines, event.data) }
    case 'CartQuantityChanged':
      return { ...state, lines: withQuantity(lines, event.data.productId, event.data.quantity) }
    case 'CartItemRemoved':
      return { ...state, lines: withoutProduct(lines, event.data.productId) }
    case 'GuestCartMerged': {
      const { guestCartId, leftOut } = event.data
      const merged = [...(state.merged ?? []), { guestCartId, leftOut }]
      return { ...state, lines: event.data.lines.reduce(withAdded, lines), merged }
    }
    case 'CartCleared':
    case 'CartCheckedOut':
      return { ...state, lines: [] }
    case 'CartClosed':
      return { lines: [], closed: true }
  }
}

/** The open cart of one customer; checking out empties it, erasing the customer closes it for good. */
export const cart: Decider<CartState, CartCommand, CartEvent> = { initialState, decide, evolve }
