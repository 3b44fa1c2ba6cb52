import {
  type ContextRuntime,
  type CursorBinding,
  type EventEnvelope,
  Fault,
  type RequestContext,
} from '@mercato/shared-kernel/application'
import { parseSku } from '#domain/sku.ts'
import type { Aggregates } from './aggregates.ts'
import type { InventoryEvent } from './context-events.ts'
import { readId } from './outcome.ts'
import type { ProductView } from './product-view.ts'
import type { Queries } from './queries.ts'
import { fromBalance, type StockView } from './stock-view.ts'

export interface StockChange {
  readonly cursor: string
  readonly stock: StockView
}

export type ProductChangeKind = 'CREATED' | 'UPDATED' | 'PRICE_CHANGED' | 'PUBLISHED' | 'UNPUBLISHED'

export interface ProductChange {
  readonly cursor: string
  readonly change: ProductChangeKind
  /** As the event left it; undefined when the viewer may no longer see it. */
  readonly product: ProductView | undefined
}

/** Events as they happen, or everything after a cursor. Each item shows things as its event left them. */
export interface Live {
  stockChanged(
    args: { readonly skus: readonly string[]; readonly after?: string | null | undefined },
    request: RequestContext,
  ): AsyncIterable<StockChange>
  /** Fault NOT_FOUND unless the viewer may see the product, or could once: it may come back. */
  productChanged(
    args: { readonly id: string; readonly after?: string | null | undefined },
    request: RequestContext,
  ): Promise<AsyncIterable<ProductChange>>
}

const MAX_SKUS = 50

const CHANGES: Partial<Readonly<Record<InventoryEvent['type'], ProductChangeKind>>> = {
  ProductCreated: 'CREATED',
  ProductUpdated: 'UPDATED',
  ProductRecategorised: 'UPDATED',
  PriceChanged: 'PRICE_CHANGED',
  ProductPublished: 'PUBLISHED',
  ProductUnpublished: 'UNPUBLISHED',
}

/** Ledger lines that a customer can see: not the alarms, and not the shutting of a door behind which nothing was held. */
const movesStock = ({ type, data }: InventoryEvent): boolean =>
  'balance' in data &&
  type !== 'LowStockReached' &&
  type !== 'LowStockThresholdSet' &&
  !(type === 'StockReleased' && data.quantity === 0)

const readSkus = (texts: readonly string[]): readonly string[] => {
  const skus = texts.map(text => parseSku(text))
  if (skus.length === 0 || skus.length > MAX_SKUS || !skus.every(sku => sku.ok))
    throw new Fault('BAD_USER_INPUT', `Name 1 to ${MAX_SKUS} proper SKUs.`)
  return [...new Set(skus.map(sku => (sku.ok ? sku.value : '')))].sort()
}

export const createLive = (
  runtime: Pick<ContextRuntime<InventoryEvent>, 'feed' | 'cursors'>,
  aggregates: Aggregates,
  queries: Queries,
): Live => {
  const { products, stock, stockId } = aggregates

  const follow = (
    streams: ReadonlySet<string>,
    binding: Omit<CursorBinding, 'viewerId'>,
    after: string | null | undefined,
    { viewer, signal, telling }: RequestContext,
  ): AsyncIterable<{ readonly cursor: string; readonly envelope: EventEnvelope<InventoryEvent> }> => {
    const cursors = runtime.cursors()
    const bound = { ...binding, viewerId: viewer.user?.id ?? `consumer:${viewer.consumer}` }
    const events = runtime.feed.read({
      ...(after == null ? {} : { after: cursors.open(after, bound) }),
      matches: ({ streamId }) => streams.has(streamId),
      signal,
      telling,
    })
    return (async function* () {
      for await (const envelope of events) yield { cursor: cursors.sign(envelope.position, bound), envelope }
    })()
  }

  const visibleChange = async (
    cursor: string,
    { event, streamId, revision }: EventEnvelope<InventoryEvent>,
    { viewer }: RequestContext,
  ): Promise<ProductChange | undefined> => {
    const change = CHANGES[event.type]
    if (!change) return undefined
    const product = queries.visible(await queries.productAt(streamId, revision), viewer)
    return product || change === 'UNPUBLISHED' ? { cursor, change, product } : undefined
  }

  return {
    stockChanged({ skus: texts, after }, request) {
      const skus = readSkus(texts)
      const streams = new Set(skus.map(sku => stock.streamId(stockId(sku))))
      const changes = follow(streams, { field: 'stockChanged', args: { skus } }, after, request)
      return (async function* () {
        for await (const { cursor, envelope } of changes) {
          const { data } = envelope.event
          if (!('balance' in data) || !movesStock(envelope.event)) continue
          const { state } = await stock.load(stockId(data.sku))
          const threshold = state.status === 'tracked' ? state.threshold : null
          yield { cursor, stock: fromBalance(data.sku, data.balance, threshold) }
        }
      })()
    },

    async productChanged({ id: text, after }, request) {
      const id = readId(text)
      const streamId = products.streamId(id ?? '')
      const product = id === undefined ? undefined : await queries.productAt(streamId, Number.MAX_SAFE_INTEGER)
      if (!queries.known(product, request.viewer)) throw new Fault('NOT_FOUND', 'There is no such product.')
      const changes = follow(new Set([streamId]), { field: 'productChanged', args: { id } }, after, request)
      return (async function* () {
        for await (const { cursor, envelope } of changes) {
          const change = await visibleChange(cursor, envelope, request)
          if (change) yield change
        }
      })()
    },
  }
}
