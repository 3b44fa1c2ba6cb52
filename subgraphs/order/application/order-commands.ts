import {
  type CommandContext,
  Fault,
  type IdempotencyOutcome,
  type RequestContext,
} from '@mercato/shared-kernel/application'
import { ok, parseQuantity, type Result, refused } from '@mercato/shared-kernel/domain'
import type { OrderCommand } from '#domain/order.ts'
import type { SkuQuantity } from '#domain/order-lines.ts'
import type { Order } from '#domain/order-state.ts'
import { MAX_LINES, orderNotFound, tooManyLines } from '#domain/rejections.ts'
import { isUuid, parseLine } from '#domain/text.ts'
import { forbidden, partyIn, requireFulfilment } from './access.ts'
import { type Aggregates, orderIn } from './aggregates.ts'
import { refuse } from './placing.ts'

interface OfOrder {
  readonly orderId: string
}
type UseCase<Input> = (
  input: Input & OfOrder,
  request: RequestContext,
  command: CommandContext,
) => Promise<IdempotencyOutcome>

export interface ShipInput {
  readonly carrier: string
  readonly trackingNumber: string
  readonly lines?: readonly SkuQuantity[] | null
}

/** What people may do to a placed order. Refusals come back as outcomes, nothing is appended for them. */
export interface OrderCommands {
  readonly cancelOrder: UseCase<{ readonly reason?: string | null }>
  readonly shipOrder: UseCase<ShipInput>
  readonly markDelivered: UseCase<unknown>
  readonly requestReturn: UseCase<{ readonly lines: readonly SkuQuantity[]; readonly reason?: string | null }>
  readonly approveReturn: UseCase<{ readonly returnId: string }>
  readonly declineReturn: UseCase<{ readonly returnId: string }>
  readonly receiveReturn: UseCase<{ readonly returnId: string }>
}

const parsePieces = (lines: readonly SkuQuantity[]): Result<readonly SkuQuantity[]> => {
  if (lines.length > MAX_LINES) return refused(tooManyLines)
  for (const [index, { quantity }] of lines.entries()) {
    const parsed = parseQuantity(quantity, ['lines', String(index), 'quantity'])
    if (!parsed.ok) return parsed
  }
  return ok(lines.map(({ sku, quantity }) => ({ sku, quantity })))
}

const parseNote = (text: string | null | undefined): Result<{ readonly note?: string }> => {
  if (text === undefined || text === null || text === '') return ok({})
  const note = parseLine(text, ['reason'], 500)
  return note.ok ? ok({ note: note.value }) : note
}

export const createOrderCommands = (
  { orders }: Aggregates,
  { returnWindowMs }: { readonly returnWindowMs: number },
): OrderCommands => {
  /** Loads the order, lets `decide` turn it into a command or a refusal, and hands that on. */
  const onOrder = async (
    orderId: string,
    command: CommandContext,
    decide: (order: Order) => Result<OrderCommand>,
  ): Promise<IdempotencyOutcome> => {
    const stream = orders.streamId(orderId)
    const order = isUuid(orderId) ? orderIn(await orders.load(orderId)) : undefined
    if (!order) return refuse(isUuid(orderId) ? stream : orders.streamId(command.commandId), orderNotFound)
    const wish = decide(order)
    if (!wish.ok) return refuse(stream, wish.rejection)
    const { streamId, revision, rejection } = await orders.handle(orderId, wish.value, command)
    return { streamId, revision, ...(rejection ? { rejection } : {}) }
  }

  const onReturn =
    (type: 'ApproveReturn' | 'DeclineReturn' | 'ReceiveReturn'): UseCase<{ readonly returnId: string }> =>
    async ({ orderId, returnId }, request, command) => {
      requireFulfilment(request)
      const data = { returnId, now: command.now.toISOString() }
      return onOrder(orderId, command, () => ok({ type, data }))
    }

  return {
    async cancelOrder({ orderId, reason: text }, request, command) {
      if (!request.viewer.user) throw new Fault('UNAUTHENTICATED', 'Sign in first.')
      return onOrder(orderId, command, order => {
        const by = partyIn(request, order)
        const note = parseNote(text)
        if (!note.ok) return note
        const reason = by === 'customer' ? 'CUSTOMER_REQUEST' : 'STAFF_DECISION'
        return ok({ type: 'CancelOrder', data: { by, reason, ...note.value, now: command.now.toISOString() } })
      })
    },

    async shipOrder({ orderId, carrier, trackingNumber, lines }, request, command) {
      requireFulfilment(request)
      return onOrder(orderId, command, () => {
        const by = parseLine(carrier, ['carrier'], 60)
        if (!by.ok) return by
        const tracking = parseLine(trackingNumber, ['trackingNumber'], 60)
        if (!tracking.ok) return tracking
        const pieces = parsePieces(lines ?? [])
        if (!pieces.ok) return pieces
        const data = {
          shipmentId: command.commandId,
          carrier: by.value,
          trackingNumber: tracking.value,
          ...(lines ? { lines: pieces.value } : {}),
          now: command.now.toISOString(),
        }
        return ok({ type: 'ShipOrder', data })
      })
    },

    async markDelivered({ orderId }, request, command) {
      requireFulfilment(request)
      const data = { by: 'staff', now: command.now.toISOString() } as const
      return onOrder(orderId, command, () => ok({ type: 'MarkDelivered', data }))
    },

    async requestReturn({ orderId, lines, reason }, request, command) {
      if (!request.viewer.user) throw forbidden()
      return onOrder(orderId, command, order => {
        partyIn(request, order)
        const pieces = parsePieces(lines)
        if (!pieces.ok) return pieces
        const note = parseNote(reason)
        if (!note.ok) return note
        const data = {
          returnId: command.commandId,
          lines: pieces.value,
          ...note.value,
          windowMs: returnWindowMs,
          now: command.now.toISOString(),
        }
        return ok({ type: 'RequestReturn', data })
      })
    },

    approveReturn: onReturn('ApproveReturn'),
    declineReturn: onReturn('DeclineReturn'),
    receiveReturn: onReturn('ReceiveReturn'),
  }
}
