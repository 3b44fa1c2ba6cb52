import {
  AUDIT_SCOPE,
  type Consistency,
  type ContextPorts,
  createViewReader,
  type EventCodec,
  type EventEnvelope,
  Fault,
  type HistoryPage,
  hasScope,
  idOf,
  type Moment,
  type Projector,
  type RequestContext,
  readHistory,
  revisionAt,
  type View,
  type Viewer,
} from '@mercato/shared-kernel/application'
import type { Reservation } from '#domain/reservation-state.ts'
import { parseSku } from '#domain/sku.ts'
import type { Aggregates } from './aggregates.ts'
import { catalogueView } from './catalogue-view.ts'
import { CATEGORY_INDEX, type CategoryView, categoriesView } from './category-view.ts'
import { type Connection, type PageArguments, readPage } from './connection.ts'
import type { InventoryEvent } from './context-events.ts'
import { readId } from './outcome.ts'
import { requireScope } from './permissions.ts'
import { type ProductView, productsView, skusView } from './product-view.ts'
import { createSearch, isPriceRange, type ProductFilter, type ProductOrder } from './search.ts'
import type { SkuRegistry } from './sku-registry.ts'
import { createReadMovements, type StockMovement } from './stock-movements.ts'
import { emptyStock, fromBalance, type StockView, stockOf, stockView } from './stock-view.ts'

/** What may be read, and by whom. Products that are not on sale exist for those who manage the catalogue. */
export interface Queries {
  /** By id, in the order asked, whatever their visibility: pass results through {@link Queries.visible} or {@link Queries.known}. */
  productsById(ids: readonly string[], consistency: Consistency): Promise<readonly (ProductView | undefined)[]>
  productIdsBySku(skus: readonly string[], consistency: Consistency): Promise<readonly (string | undefined)[]>
  /** A product as it was at a moment, for those with the scope `audit:read` or `catalog:write`; undefined when it did not exist. */
  productThen(id: string, moment: Moment, viewer: Viewer): Promise<ProductView | undefined>
  /** What happened to a product, for those with the scope `audit:read`. */
  history(id: string, page: PageArguments, viewer: Viewer): Promise<HistoryPage>
  /** The product at a revision of its stream: what a mutation or an event made of it. */
  productAt(streamId: string, revision: number): Promise<ProductView | undefined>
  /** The product if the viewer may find it. */
  visible(product: ProductView | undefined, viewer: Viewer): ProductView | undefined
  /** The product if the viewer may meet it where it was bought: also when it is no longer on sale. */
  known(product: ProductView | undefined, viewer: Viewer): ProductView | undefined
  products(
    filter: ProductFilter,
    order: ProductOrder,
    page: PageArguments,
    request: RequestContext,
  ): Promise<Connection<ProductView>>
  categories(consistency: Consistency): Promise<readonly CategoryView[]>
  /** What is reserved for an order, as the write side has it. Who may see it is decided where the order is. */
  reservation(orderId: string): Promise<Reservation>
  /** Levels by SKU, in the order asked; zeros where nothing was ever received. */
  stock(skus: readonly string[], consistency: Consistency): Promise<readonly StockView[]>
  /** The stock as the ledger line at this revision left it. */
  stockAt(streamId: string, revision: number): Promise<StockView | undefined>
  movements(sku: string, page: PageArguments, viewer: Viewer): Promise<Connection<StockMovement>>
}

const MANAGE = 'catalog:write'

/** Folds one document of a view from its own stream. */
const foldOne = <Doc>(
  view: View<InventoryEvent, Doc>,
  envelopes: Iterable<EventEnvelope<InventoryEvent>>,
): Doc | undefined => {
  let doc: Doc | undefined
  for (const envelope of envelopes) for (const key of view.keysOf(envelope)) doc = view.evolve(doc, envelope, key)
  return doc
}

export const createQueries = (dependencies: {
  readonly aggregates: Aggregates
  readonly skus: SkuRegistry
  readonly codec: EventCodec<InventoryEvent>
  readonly projector: Projector
  readonly ports: Pick<ContextPorts, 'store' | 'views'>
}): Queries => {
  const { aggregates, skus, codec, projector, ports } = dependencies
  const { products, stock, stockId } = aggregates
  const shared = { store: ports.views, projector }

  const productAt: Queries['productAt'] = async (streamId, revision) => {
    const recorded = await ports.store.readStream(streamId, { to: revision })
    return foldOne(productsView, await Promise.all(recorded.map(codec.decode)))
  }

  const productReader = createViewReader({
    ...shared,
    view: productsView,
    streamOf: products.streamId,
    refold: id => productAt(products.streamId(id), Number.MAX_SAFE_INTEGER),
  })
  const skuReader = createViewReader({
    ...shared,
    view: skusView,
    refold: async sku => {
      const productId = await skus.productOf(sku)
      return productId === undefined ? undefined : { productId }
    },
  })
  const stockReader = createViewReader({
    ...shared,
    view: stockView,
    streamOf: sku => stock.streamId(stockId(sku)),
    refold: async sku => stockOf(sku, (await stock.load(stockId(sku))).state),
  })
  const categoryReader = createViewReader({ ...shared, view: categoriesView })
  const search = createSearch(createViewReader({ ...shared, view: catalogueView }))
  const readMovements = createReadMovements(ports.store, codec)

  return {
    productsById: (ids, consistency) => productReader.getMany(ids, consistency),
    async productIdsBySku(texts, consistency) {
      const found = await skuReader.getMany(texts, consistency)
      return found.map(each => each?.productId)
    },
    productAt,
    async productThen(id, moment, viewer) {
      if (!hasScope(viewer, AUDIT_SCOPE)) requireScope(viewer, MANAGE)
      const revision = await revisionAt(ports.store, products.streamId(id), moment)
      return revision === undefined ? undefined : productAt(products.streamId(id), revision)
    },
    async history(id, page, viewer) {
      return readHistory(ports.store, await products.load(id), page, viewer)
    },
    visible: (product, viewer) => (product?.published || hasScope(viewer, MANAGE) ? product : undefined),
    known: (product, viewer) => (product?.wasPublished || hasScope(viewer, MANAGE) ? product : undefined),

    async products(filter, order, page, { viewer, consistency }) {
      if (filter.everything) requireScope(viewer, MANAGE)
      if (!isPriceRange(filter)) throw new Fault('BAD_USER_INPUT', 'A price range runs upwards, in one currency.')
      return search(filter, order, readPage(page), consistency)
    },

    async categories(consistency) {
      const { items } = await categoryReader.list({ index: CATEGORY_INDEX, limit: 1_000 }, consistency)
      return items.map(({ doc }) => doc)
    },

    reservation: async orderId => (await aggregates.reservations.load(orderId)).state,

    async stock(wanted, consistency) {
      const found = await stockReader.getMany(wanted, consistency)
      return wanted.map((sku, index) => found[index] ?? emptyStock(sku))
    },
    async stockAt(streamId, revision) {
      const [recorded] = await ports.store.readStream(streamId, { from: revision, to: revision })
      const { state } = await stock.load(idOf(streamId))
      const line = recorded && (await codec.decode(recorded)).event.data
      if (!line || !('balance' in line) || state.status === 'untracked') return undefined
      return fromBalance(line.sku, line.balance, 'threshold' in line ? line.threshold : state.threshold)
    },

    async movements(text, page, viewer) {
      requireScope(viewer, 'stock:read')
      const window = readPage(page)
      const sku = parseSku(text)
      if (!sku.ok) throw new Fault('NOT_FOUND', 'There is no such product.')
      const { streamId, revision } = await stock.load(stockId(sku.value))
      return readMovements(streamId, revision, window)
    },
  }
}

/** Reads the two ways of naming a product; Fault BAD_USER_INPUT unless exactly one is given. */
export const readProductName = ({
  id,
  sku,
}: {
  readonly id?: string | null | undefined
  readonly sku?: string | null | undefined
}): { readonly id?: string; readonly sku?: string } => {
  if ((id == null) === (sku == null)) throw new Fault('BAD_USER_INPUT', 'Name the product by "id" or by "sku".')
  if (id != null) {
    const read = readId(id)
    return read === undefined ? {} : { id: read }
  }
  const read = parseSku(sku ?? '')
  return read.ok ? { sku: read.value } : {}
}
