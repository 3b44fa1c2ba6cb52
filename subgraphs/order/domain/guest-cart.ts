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
  refusalOfAdding,
  refusalOfChanging,
  refusalOfRemoving,
  withAdded,
  withoutProduct,
  withQuantity,
} from './cart-lines.ts'
import { guestCartGone } from './rejections.ts'

/** A guest's cart that nobody touches for so long is gone. */
export const GUEST_CART_MS = 30 * 24 * 60 * 60 * 1_000

interface Fact {
  readonly guestCartId: string
  readonly at: string
}

export type GuestCartEvent =
  | DomainEvent<'GuestCartItemAdded', Fact & CartLine>
  | DomainEvent<'GuestCartQuantityChanged', Fact & { readonly productId: string; readonly quantity: number }>
  | DomainEvent<'GuestCartItemRemoved', Fact & { readonly productId: string }>
  /** The guest has signed in: the lines go over into the customer's own cart. */
  | DomainEvent<'GuestCartTaken', Fact & { readonly customerId: string; readonly lines: CartLines }>

interface Wish {
  readonly guestCartId: string
  readonly now: string
}

export type GuestCartCommand =
  /** `opens` when the guest has no cart yet. */
  | Command<'AddToGuestCart', Wish & CartLine & { readonly opens: boolean }>
  | Command<'ChangeGuestQuantity', Wish & { readonly productId: string; readonly quantity: number }>
  | Command<'RemoveFromGuestCart', Wish & { readonly productId: string }>
  | Command<'TakeGuestCart', Wish & { readonly customerId: string }>

export type OpenGuestCart = { readonly status: 'open'; readonly lines: CartLines; readonly touchedAt: string }
export type TakenGuestCart = { readonly status: 'taken'; readonly customerId: string; readonly lines: CartLines }

/** What somebody who has not signed in means to buy. It belongs to whoever holds its token. */
export type GuestCartState = { readonly status: 'none' } | OpenGuestCart | TakenGuestCart

type Answer = Decision<GuestCartEvent>
type Data<Type extends GuestCartCommand['type']> = Extract<GuestCartCommand, { type: Type }>['data']

/** When it is gone unless somebody touches it, in milliseconds since the epoch. */
export const goneAt = ({ touchedAt }: OpenGuestCart): number => Date.parse(touchedAt) + GUEST_CART_MS

/** The cart, unless it is gone. */
export const openAt = (state: GuestCartState, now: string): OpenGuestCart | undefined =>
  state.status === 'open' && Date.parse(now) < goneAt(state) ? state : undefined

const add = ({ now, opens, ...item }: Data<'AddToGuestCart'>, state: GuestCartState): Answer => {
  const lines = opens && state.status === 'none' ? [] : openAt(state, now)?.lines
  if (!lines) return reject(guestCartGone)
  const refusal = refusalOfAdding(lines, item.productId, item.quantity)
  return refusal ? reject(refusal) : accept({ type: 'GuestCartItemAdded', data: { ...item, at: now } })
}

const changeQuantity = ({ now, ...change }: Data<'ChangeGuestQuantity'>, state: GuestCartState): Answer => {
  const open = openAt(state, now)
  if (!open) return reject(guestCartGone)
  const refusal = refusalOfChanging(open.lines, change.productId, change.quantity)
  if (refusal === 'unchanged') return accept()
  return refusal ? reject(refusal) : accept({ type: 'GuestCartQuantityChanged', data: { ...change, at: now } })
}

const remove = ({ now, ...which }: Data<'RemoveFromGuestCart'>, state: GuestCartState): Answer => {
  const open = openAt(state, now)
  if (!open) return reject(guestCartGone)
  const refusal = refusalOfRemoving(open.lines, which.productId)
  return refusal ? reject(refusal) : accept({ type: 'GuestCartItemRemoved', data: { ...which, at: now } })
}

/** Whoever takes it first has it; asking again is no mistake. */
const take = ({ guestCartId, customerId, now: at }: Data<'TakeGuestCart'>, state: GuestCartState): Answer => {
  if (state.status === 'taken') return state.customerId === customerId ? accept() : reject(guestCartGone)
  const open = openAt(state, at)
  return open
    ? accept({ type: 'GuestCartTaken', data: { guestCartId, customerId, lines: open.lines, at } })
    : reject(guestCartGone)
}

const decide = (command: GuestCartCommand, state: GuestCartState): Answer => {
  switch (command.type) {
    case 'AddToGuestCart':
      return add(command.data, state)
    case 'ChangeGuestQuantity':
      return changeQuantity(command.data, state)
    case 'RemoveFromGuestCart':
      return remove(command.data, state)
    case 'TakeGuestCart':
      return take(command.data, state)
  }
}

const linesOf = (state: GuestCartState): CartLines => (state.status === 'open' ? state.lines : [])

const evolve = (state: GuestCartState, event: GuestCartEvent): GuestCartState => {
  const touched = (lines: CartLines): GuestCartState => ({ status: 'open', lines, touchedAt: event.data.at })
  switch (event.type) {
    case 'GuestCartItemAdded':
      return touched(withAdded(linesOf(state), event.data))
    case 'GuestCartQuantityChanged':
      return touched(withQuantity(linesOf(state), event.data.productId, event.data.quantity))
    case 'GuestCartItemRemoved':
      return touched(withoutProduct(linesOf(state), event.data.productId))
    case 'GuestCartTaken':
      return { status: 'taken', customerId: event.data.customerId, lines: event.data.lines }
  }
}

/** The cart of one guest; a customer takes it once. */
export const guestCart: Decider<GuestCartState, GuestCartCommand, GuestCartEvent> = {
  initialState: { status: 'none' },
  decide,
  evolve,
}
