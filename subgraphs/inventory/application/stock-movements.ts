import { type EventCodec, type EventEnvelope, type EventStore, Fault } from '@mercato/shared-kernel/application'
import type { Balance } from '#domain/stock-events.ts'
import { type Connection, type Edge, type Page, toConnection } from './connection.ts'
import type { InventoryEvent } from './context-events.ts'

export type MovementKind = 'RECEIVED' | 'ADJUSTED' | 'RESERVED' | 'RELEASED' | 'SHIPPED' | 'RESTOCKED'

/** One line of a SKU's ledger. */
export interface StockMovement {
  readonly id: string
  readonly sku: string
  readonly kind: MovementKind
  /** Pieces moved; negative for what left the shelf or was promised away. */
  readonly quantity: number
  readonly balance: Balance
  readonly orderId: string | null
  /** Why, or on which paper: an adjustment's reason, a delivery's reference. */
  readonly reason: string | null
  readonly note: string | null
  readonly occurredAt: string
}

/** A SKU's ledger, newest line first, read from its stream: never behind. */
export type ReadMovements = (streamId: string, head: number, page: Page) => Promise<Connection<StockMovement>>

const WINDOW = 200

const factsOf = ({
  type,
  data,
}: InventoryEvent):
  | (Pick<StockMovement, 'kind' | 'quantity'> & Partial<Pick<StockMovement, 'orderId' | 'reason' | 'note'>>)
  | undefined => {
  switch (type) {
    case 'StockReceived':
      return { kind: 'RECEIVED', quantity: data.quantity, reason: data.reference ?? null }
    case 'StockAdjusted':
      return { kind: 'ADJUSTED', quantity: data.delta, reason: data.reason, note: data.note ?? null }
    case 'StockReserved':
      return { kind: 'RESERVED', quantity: -data.quantity, orderId: data.orderId }
    case 'StockReleased':
      return data.quantity === 0 ? undefined : { kind: 'RELEASED', quantity: data.quantity, orderId: data.orderId }
    case 'StockShipped':
      return { kind: 'SHIPPED', quantity: -data.quantity, orderId: data.orderId }
    case 'StockRestocked':
      return { kind: 'RESTOCKED', quantity: data.quantity, orderId: data.orderId }
    default:
      return undefined
  }
}

const movementOf = ({ id, event, occurredAt }: EventEnvelope<InventoryEvent>): StockMovement | undefined => {
  const facts = factsOf(event)
  if (!facts || !('balance' in event.data)) return undefined
  const { sku, balance } = event.data
  return { id, sku, balance, occurredAt, orderId: null, reason: null, note: null, ...facts }
}

const toCursor = (revision: number): string => Buffer.from(`line ${revision}`).toString('base64url')

const fromCursor = (cursor: string): number => {
  const revision = /^line (\d{1,10})$/.exec(Buffer.from(cursor.slice(0, 40), 'base64url').toString())?.[1]
  if (revision === undefined) throw new Fault('BAD_USER_INPUT', 'This cursor is not valid.')
  return Number(revision)
}

export const createReadMovements = (
  store: Pick<EventStore, 'readStream'>,
  codec: EventCodec<InventoryEvent>,
): ReadMovements => {
  /** Edges of a window of the stream, oldest first. */
  const edgesOf = async (streamId: string, from: number, to: number): Promise<Edge<StockMovement>[]> => {
    const envelopes = await Promise.all((await store.readStream(streamId, { from, to })).map(codec.decode))
    return envelopes.flatMap(envelope => {
      const node = movementOf(envelope)
      return node ? [{ cursor: toCursor(envelope.revision), node }] : []
    })
  }

  return async (streamId, head, page) => {
    // The list runs down the stream: `after` bounds it from above, `before` from below.
    let high = Math.min(head, page.after === undefined ? head : fromCursor(page.after) - 1)
    let low = page.before === undefined ? 0 : fromCursor(page.before) + 1
    const found: Edge<StockMovement>[] = []
    while (low <= high && found.length <= page.size) {
      if (page.backwards) {
        const to = Math.min(high, low + WINDOW - 1)
        found.push(...(await edgesOf(streamId, low, to)))
        low = to + 1
      } else {
        const from = Math.max(low, high - WINDOW + 1)
        found.push(...(await edgesOf(streamId, from, high)).reverse())
        high = from - 1
      }
    }
    const taken = found.slice(0, page.size)
    if (page.backwards) taken.reverse()
    return toConnection(taken, page, found.length > page.size, null)
  }
}
