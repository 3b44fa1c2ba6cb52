import {
  type ContextPorts,
  createViewReader,
  type EventCodec,
  type Fault,
  type HistoryPage,
  hasScope,
  type ListedDocument,
  loadAt,
  type Moment,
  type Projector,
  type RequestContext,
  readHistory,
} from '@mercato/shared-kernel/application'
import type { Address } from '@mercato/shared-kernel/domain'
import type { CartState } from '#domain/cart.ts'
import type { Order, OrderState, OrderStatus } from '#domain/order-state.ts'
import { isUuid } from '#domain/text.ts'
import { customerOf, forbidden, mayRead } from './access.ts'
import { type Aggregates, orderIn } from './aggregates.ts'
import { type PageArguments, pageSize } from './connection.ts'
import type { OrderContextEvent } from './context-events.ts'
import type { OrderNumbers } from './order-numbers.ts'
import { indexOf, ordersView } from './order-view.ts'

export interface OrderFilter {
  readonly customerId?: string | undefined
  readonly status?: OrderStatus | undefined
  /** Placed at or after. ISO 8601. */
  readonly placedFrom?: string | undefined
  /** Placed before. */
  readonly placedBefore?: string | undefined
}

export interface OrderPage {
  readonly items: readonly { readonly cursor: string; readonly order: Order }[]
  readonly hasNextPage: boolean
  readonly hasPreviousPage: boolean
  readonly filter: OrderFilter
}

export interface Addresses {
  readonly shipping: Address
  readonly billing?: Address
}

/** What may be read, and by whom. */
export interface Queries {
  /** The signed-in customer's cart, as the write side has it. */
  cart(request: RequestContext): Promise<CartState & { readonly customerId: string }>
  /** One order by id or number, as the write side has it or had it at a moment; Fault FORBIDDEN when it is somebody else's. */
  order(
    by: { readonly id: string } | { readonly number: string },
    request: RequestContext,
    moment?: Moment,
  ): Promise<Order | undefined>
  /** What happened to an order, for those with the scope `audit:read`. */
  history(orderId: string, page: PageArguments, request: RequestContext): Promise<HistoryPage>
  /** Orders by id, in the order asked; a Fault in the place of those that are somebody else's. */
  ordersById(ids: readonly string[], request: RequestContext): Promise<readonly (Order | undefined | Fault)[]>
  /** Newest first. Without a customer: everybody's for those who may, else the viewer's own. */
  orders(filter: OrderFilter, page: PageArguments, request: RequestContext): Promise<OrderPage>
  /** How many orders a filter finds; undefined when counting them would mean reading them. */
  countOrders(filter: OrderFilter): Promise<number | undefined>
  /** Where an order goes to. Unsealed from the log on demand; check before who asks. */
  addresses(orderId: string): Promise<Addresses | undefined>
  /** Position of an order's latest event in the log. */
  positionOf(order: Order): Promise<string | undefined>
}

interface Dependencies {
  readonly aggregates: Aggregates
  readonly numbers: OrderNumbers
  readonly projector: Projector
  readonly codec: EventCodec<OrderContextEvent>
  readonly ports: Pick<ContextPorts, 'store' | 'views'>
}

/** Documents looked at for one page when a filter by date leaves some out. */
const BATCH = 100

export const createQueries = ({ aggregates, numbers, projector, codec, ports }: Dependencies): Queries => {
  const { carts, orders } = aggregates
  const reader = createViewReader<OrderContextEvent, OrderState>({
    view: ordersView,
    store: ports.views,
    projector,
    streamOf: orderId => orders.streamId(orderId),
    refold: async orderId => (await orders.load(orderId)).state,
  })

  const within = ({ placedFrom, placedBefore }: OrderFilter, order: Order): boolean =>
    (placedFrom === undefined || order.placedAt >= placedFrom) &&
    (placedBefore === undefined || order.placedAt < placedBefore)

  /** Beyond this order, in the direction of reading, none can be within the filter. */
  const beyond = ({ placedFrom, placedBefore }: OrderFilter, backwards: boolean, order: Order): boolean =>
    backwards
      ? placedBefore !== undefined && order.placedAt >= placedBefore
      : placedFrom !== undefined && order.placedAt < placedFrom

  const list = async (filter: OrderFilter, page: PageArguments, request: RequestContext): Promise<OrderPage> => {
    const { limit, backwards } = pageSize(page)
    const range = { index: indexOf({ ...filter }), descending: true, fromEnd: backwards }
    const found: { cursor: string; order: Order }[] = []
    let { after, before } = page
    for (let more = true; more && found.length <= limit; ) {
      const batch = await reader.list(
        {
          ...range,
          limit: Math.max(BATCH, limit + 1),
          ...(after ? { after } : {}),
          ...(before ? { before } : {}),
        },
        request.consistency,
      )
      const inReadingOrder: readonly ListedDocument<OrderState>[] = backwards ? batch.items.toReversed() : batch.items
      more = batch.more
      for (const { cursor, doc } of inReadingOrder) {
        if (doc.status === 'none') continue
        if (beyond(filter, backwards, doc)) more = false
        else if (within(filter, doc)) found.push({ cursor, order: doc })
      }
      const last = inReadingOrder.at(-1)?.cursor
      if (backwards) before = last
      else after = last
    }
    const items = found.slice(0, limit)
    const further = found.length > limit
    const behind = Boolean(backwards ? page.before : page.after)
    return {
      items: backwards ? items.toReversed() : items,
      hasNextPage: backwards ? behind : further,
      hasPreviousPage: backwards ? further : behind,
      filter,
    }
  }

  const shown = (order: Order | undefined, request: RequestContext): Order | undefined => {
    if (order && !mayRead(request, order.customerId)) throw forbidden()
    return order
  }

  return {
    async cart(request) {
      const customerId = customerOf(request)
      return { ...(await carts.load(customerId)).state, customerId }
    },

    async order(by, request, moment) {
      customerOf(request)
      const orderId = 'id' in by ? by.id : await numbers.find(by.number)
      if (orderId === undefined || !isUuid(orderId)) return undefined
      const loaded = moment ? await loadAt(orders, ports.store, orderId, moment) : await orders.load(orderId)
      return loaded && shown(orderIn(loaded), request)
    },

    async history(orderId, page, { viewer }) {
      return readHistory(ports.store, await orders.load(orderId), page, viewer)
    },

    async ordersById(ids, request) {
      const known = ids.filter(isUuid)
      const found = await reader.getMany(known, request.consistency)
      const byId = new Map(known.map((id, index) => [id, found[index]]))
      return ids.map(id => {
        const order = byId.get(id)
        if (!order || order.status === 'none') return undefined
        return mayRead(request, order.customerId) ? order : forbidden()
      })
    },

    async orders(filter, page, request) {
      const viewerId = customerOf(request)
      if (filter.customerId !== undefined && !mayRead(request, filter.customerId)) throw forbidden()
      const everybody = hasScope(request.viewer, 'orders:read:any')
      const customerId = filter.customerId ?? (everybody ? undefined : viewerId)
      return list(customerId === undefined ? filter : { ...filter, customerId }, page, request)
    },

    async countOrders({ placedFrom, placedBefore, ...exact }) {
      return placedFrom === undefined && placedBefore === undefined ? reader.count(indexOf({ ...exact })) : undefined
    },

    async addresses(orderId) {
      const [first] = await ports.store.readStream(orders.streamId(orderId), { from: 0, to: 0 })
      if (!first) return undefined
      const { event } = await codec.decode(first)
      if (event.type !== 'OrderPlaced') return undefined
      const { shippingAddress, billingAddress } = event.data
      return { shipping: shippingAddress, ...(billingAddress ? { billing: billingAddress } : {}) }
    },

    async positionOf({ orderId, timeline }) {
      const revision = timeline.length - 1
      const [latest] = await ports.store.readStream(orders.streamId(orderId), { from: revision, to: revision })
      return latest?.position
    },
  }
}
