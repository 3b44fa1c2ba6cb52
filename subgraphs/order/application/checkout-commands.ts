import type { CommandContext, IdempotencyOutcome, RequestContext } from '@mercato/shared-kernel/application'
import {
  type Address,
  type AddressInput,
  Money,
  ok,
  parseAddress,
  parseQuantity,
  type Rejection,
  type Result,
  refused,
} from '@mercato/shared-kernel/domain'
import type { CartLines } from '#domain/cart-lines.ts'
import type { OrderDraft } from '#domain/order-events.ts'
import {
  cartChanged,
  cartEmpty,
  customerErased,
  invalidPaymentMethod,
  linePriceChanged,
  MAX_LINES,
  MAX_PER_LINE,
  noLines,
  otherCurrency,
  priceChanged,
  tooManyLines,
  unknownPaymentMethod,
} from '#domain/rejections.ts'
import { isUuid } from '#domain/text.ts'
import { buyerOf } from './access.ts'
import type { Aggregates } from './aggregates.ts'
import { type ProductInput, productRef } from './cart-commands.ts'
import { priceChange } from './cart-problems.ts'
import type { OrderNumbers } from './order-numbers.ts'
import { type Placing, refuse } from './placing.ts'
import type { PaymentMethods } from './ports.ts'
import type { Priced, Pricing, Wanted } from './pricing.ts'

export interface CheckoutInput {
  readonly paymentMethodId: string
  readonly shippingAddress: AddressInput
  readonly billingAddress?: AddressInput | null
  readonly expectedTotal?: { readonly amount: string; readonly currency: string } | null
}

export interface PlaceOrderInput extends CheckoutInput {
  readonly lines: readonly (ProductInput & { readonly quantity: number })[]
}

/** How carts, or lines, become orders. The order's id is the command's, so that a repeat finds the order it made. */
export interface CheckoutCommands {
  checkout(input: CheckoutInput, request: RequestContext, command: CommandContext): Promise<IdempotencyOutcome>
  placeOrder(input: PlaceOrderInput, request: RequestContext, command: CommandContext): Promise<IdempotencyOutcome>
}

interface Dependencies {
  readonly aggregates: Aggregates
  readonly pricing: Pricing
  readonly numbers: OrderNumbers
  readonly placing: Placing
  /** Without it a foreign payment method shows only when the payment is refused. */
  readonly paymentMethods?: PaymentMethods
}

type Delivery = Pick<OrderDraft, 'shippingAddress' | 'billingAddress' | 'paymentMethodId'>

const parseDelivery = (input: CheckoutInput): Result<Delivery> => {
  // Whoever sends a card number here must not find it in the log: only our own ids get there.
  if (!isUuid(input.paymentMethodId)) return refused(invalidPaymentMethod)
  const shipping = parseAddress(input.shippingAddress, ['shippingAddress'])
  if (!shipping.ok) return shipping
  const { paymentMethodId } = input
  const delivery: { paymentMethodId: string; shippingAddress: Address } = {
    paymentMethodId,
    shippingAddress: shipping.value,
  }
  if (!input.billingAddress) return ok(delivery)
  const billing = parseAddress(input.billingAddress, ['billingAddress'])
  return billing.ok ? ok({ ...delivery, billingAddress: billing.value }) : billing
}

const shown = (money: Money.Money): string => `${Money.toDecimal(money)} ${money.currency}`

/** Lines that cost something else than when they were put in: the customer may not have seen that. */
const unseen = (cart: CartLines, { lines }: Priced): Rejection | undefined => {
  for (const { productId, name, unitPrice } of lines) {
    const line = cart.find(each => each.productId === productId)
    if (line && priceChange(line, unitPrice)) return linePriceChanged(productId, name, shown(unitPrice))
  }
  return undefined
}

/** Whoever names the total has seen the prices; a cart without it is compared line by line. */
const unexpected = (
  expected: CheckoutInput['expectedTotal'],
  cart: CartLines,
  priced: Priced,
): Rejection | undefined => {
  const { totals } = priced
  if (!expected) return unseen(cart, priced)
  const parsed = Money.parseMoney(expected.amount, expected.currency, ['expectedTotal'])
  if (!parsed.ok) return parsed.rejection
  const { amount, currency } = totals.grandTotal
  if (parsed.value.currency !== currency) return otherCurrency(currency)
  return parsed.value.amount === amount ? undefined : priceChanged(shown(totals.grandTotal))
}

const parseLines = (input: PlaceOrderInput): Result<readonly Wanted[]> => {
  if (input.lines.length === 0) return refused(noLines)
  if (input.lines.length > MAX_LINES) return refused(tooManyLines)
  const wanted: Wanted[] = []
  for (const [index, line] of input.lines.entries()) {
    const field = ['lines', String(index)]
    const ref = productRef(line, field)
    if (!ref.ok) return ref
    const quantity = parseQuantity(line.quantity, [...field, 'quantity'], MAX_PER_LINE)
    if (!quantity.ok) return quantity
    wanted.push({ line: { ...ref.value, quantity: quantity.value }, field })
  }
  return ok(wanted)
}

const wantedFrom = (lines: CartLines): readonly Wanted[] =>
  lines.map(({ productId, quantity }) => ({ line: { productId, quantity }, field: ['cart', productId] }))

const MOST_TRIES = 3

export const createCheckoutCommands = (dependencies: Dependencies): CheckoutCommands => {
  const { aggregates, pricing, numbers, placing, paymentMethods } = dependencies
  const { carts, orders } = aggregates

  /** Everything that can be refused is refused here; what comes out can be placed. */
  const draft = async (
    wanted: readonly Wanted[],
    input: CheckoutInput,
    request: RequestContext,
    { commandId: orderId, now }: CommandContext,
    cart: CartLines = [],
  ): Promise<Result<OrderDraft>> => {
    const delivery = parseDelivery(input)
    if (!delivery.ok) return delivery
    if (paymentMethods && !(await paymentMethods.owns(buyerOf(request), input.paymentMethodId)))
      return refused(unknownPaymentMethod)
    const priced = await pricing(wanted, delivery.value.shippingAddress.country, request)
    if (!priced.ok) return priced
    const surprise = unexpected(input.expectedTotal, cart, priced.value)
    if (surprise) return refused(surprise)
    const number = await numbers.take(orderId, now)
    const customerId = buyerOf(request)
    return ok({ orderId, number, customerId, ...priced.value, ...delivery.value, at: now.toISOString() })
  }

  /** After a crash between the cart's and the order's event: the order as it was checked out then; else the refusal. */
  const resume = async (customerId: string, command: CommandContext, rejection: Rejection) => {
    const recorded = await placing.checkedOut(customerId, command.commandId)
    return recorded ? placing.place(recorded, command) : refuse(orders.streamId(command.commandId), rejection)
  }

  return {
    async checkout(input, request, command) {
      const customerId = buyerOf(request)
      const stream = orders.streamId(command.commandId)
      for (let tried = 0; tried < MOST_TRIES; tried++) {
        const { state } = await carts.load(customerId)
        if (state.lines.length === 0) return resume(customerId, command, cartEmpty)
        const drafted = await draft(wantedFrom(state.lines), input, request, command, state.lines)
        if (!drafted.ok) return resume(customerId, command, drafted.rejection)
        const data = { draft: drafted.value, basedOn: state.lines }
        const { rejection, repeated } = await carts.handle(customerId, { type: 'CheckOut', data }, command)
        if (repeated) return resume(customerId, command, cartEmpty)
        if (!rejection) return placing.place(drafted.value, command)
        if (rejection.code !== cartChanged.code) {
          await numbers.release(drafted.value.number, drafted.value.orderId)
          return refuse(stream, rejection)
        }
      }
      return refuse(stream, cartChanged)
    },

    async placeOrder(input, request, command) {
      const customerId = buyerOf(request)
      const earlier = await placing.placed(command.commandId)
      if (earlier) return earlier
      const stream = orders.streamId(command.commandId)
      if ((await carts.load(customerId)).state.closed) return refuse(stream, customerErased)
      const wanted = parseLines(input)
      if (!wanted.ok) return refuse(stream, wanted.rejection)
      const drafted = await draft(wanted.value, input, request, command)
      return drafted.ok ? placing.place(drafted.value, command) : refuse(stream, drafted.rejection)
    },
  }
}
