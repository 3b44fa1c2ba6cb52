import {
  accept,
  type Command,
  type Decider,
  type Decision,
  type DomainEvent,
  reject,
} from '@mercato/shared-kernel/domain'
import type { OrderDraft } from './order-events.ts'
import {
  cartChanged,
  cartEmpty,
  cartFull,
  customerErased,
  MAX_LINES,
  MAX_PER_LINE,
  notInCart,
  tooManyOfOne,
} from './rejections.ts'

export interface CartLine {
  readonly productId: string
  readonly sku: string
  readonly quantity: number
}

export type CartEvent =
  | DomainEvent<'CartItemAdded', CartLine & { readonly customerId: string; readonly at: string }>
  | DomainEvent<
      'CartQuantityChanged',
      { readonly customerId: string; readonly productId: string; readonly quantity: number; readonly at: string }
    >
  | DomainEvent<'CartItemRemoved', { readonly customerId: string; readonly productId: string; readonly at: string }>
  | DomainEvent<'CartCleared', { readonly customerId: string; readonly at: string }>
  /** The cart became an order. It holds all the order needs, so that the order is placed whatever happens next. */
  | DomainEvent<'CartCheckedOut', OrderDraft>
  /** The customer was erased: nothing is bought any more. */
  | DomainEvent<'CartClosed', { readonly customerId: string; readonly at: string }>

/** A customer's one open cart. It holds no prices: they are shown live. */
export interface CartState {
  readonly lines: readonly CartLine[]
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
  /** `basedOn` is the cart that the draft was priced from. */
  | Command<'CloseCart', { readonly customerId: string; readonly now: string }>
  | Command<'CheckOut', { readonly draft: OrderDraft; readonly basedOn: readonly CartLine[] }>

type Answer = Decision<CartEvent>
type Data<Type extends CartCommand['type']> = Extract<CartCommand, { type: Type }>['data']

const initialState: CartState = { lines: [] }

const lineOf = (state: CartState, productId: string): CartLine | undefined =>
  state.lines.find(line => line.productId === productId)

const add = ({ now, ...item }: Data<'AddToCart'>, state: CartState): Answer => {
  if (state.closed) return reject(customerErased)
  const known = lineOf(state, item.productId)
  if (!known && state.lines.length >= MAX_LINES) return reject(cartFull)
  if ((known?.quantity ?? 0) + item.quantity > MAX_PER_LINE) return reject(tooManyOfOne(['quantity']))
  return accept({ type: 'CartItemAdded', data: { ...item, at: now } })
}

const changeQuantity = ({ now, ...change }: Data<'ChangeQuantity'>, state: CartState): Answer => {
  const known = lineOf(state, change.productId)
  if (!known) return reject(notInCart)
  if (change.quantity > MAX_PER_LINE) return reject(tooManyOfOne(['quantity']))
  if (change.quantity === known.quantity) return accept()
  return accept({ type: 'CartQuantityChanged', data: { ...change, at: now } })
}

const remove = ({ now, ...which }: Data<'RemoveFromCart'>, state: CartState): Answer =>
  lineOf(state, which.productId) ? accept({ type: 'CartItemRemoved', data: { ...which, at: now } }) : reject(notInCart)

const sameLines = (a: readonly CartLine[], b: readonly CartLine[]): boolean =>
  a.length === b.length &&
  a.every((line, index) => line.productId === b[index]?.productId && line.quantity === b[index]?.quantity)

const checkOut = ({ draft, basedOn }: Data<'CheckOut'>, state: CartState): Answer => {
  if (state.lines.length === 0) return reject(cartEmpty)
  return sameLines(state.lines, basedOn) ? accept({ type: 'CartCheckedOut', data: draft }) : reject(cartChanged)
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
    case 'CheckOut':
      return checkOut(command.data, state)
    case 'CloseCart': {
      const { customerId, now } = command.data
      return state.closed ? accept() : accept({ type: 'CartClosed', data: { customerId, at: now } })
    }
  }
}

const evolve = (state: CartState, event: CartEvent): CartState => {
  switch (event.type) {
    case 'CartItemAdded': {
      const { productId, sku, quantity } = event.data
      return lineOf(state, productId)
        ? {
            ...state,
            lines: state.lines.map(line =>
              line.productId === productId ? { ...line, quantity: line.quantity + quantity } : line,
            ),
          }
        : { ...state, lines: [...state.lines, { productId, sku, quantity }] }
    }
    case 'CartQuantityChanged': {
      const { productId, quantity } = event.data
      return { ...state, lines: state.lines.map(line => (line.productId === productId ? { ...line, quantity } : line)) }
    }
    case 'CartItemRemoved':
      return { ...state, lines: state.lines.filter(line => line.productId !== event.data.productId) }
    case 'CartCleared':
    case 'CartCheckedOut':
      return initialState
    case 'CartClosed':
      return { lines: [], closed: true }
  }
}

/** The open cart of one customer; checking out empties it, erasing the customer closes it for good. */
export const cart: Decider<CartState, CartCommand, CartEvent> = { initialState, decide, evolve }
