import {
  type ContextPorts,
  createViewReader,
  Fault,
  type HistoryArguments,
  type HistoryPage,
  hasScope,
  type ListPage,
  loadAt,
  type Moment,
  type Projector,
  type RequestContext,
  readHistory,
} from '@mercato/shared-kernel/application'
import type { InvoiceDocument } from '#domain/invoice-book.ts'
import type { PaymentMethod } from '#domain/payment-methods.ts'
import type { PaymentState } from '#domain/payment-state.ts'
import type { Aggregates } from './aggregates.ts'
import { ALL_PAYMENTS, invoicesView, methodsView, type PaymentView, paymentsOf, paymentsView } from './payment-views.ts'

export interface PageArguments {
  readonly first?: number | null
  readonly after?: string | null
  readonly last?: number | null
  readonly before?: string | null
}

interface Page<Doc> extends ListPage<Doc> {
  /** Whether the list holds entries on the near side of the page: it starts behind a cursor. */
  readonly hasEarlier: boolean
  readonly backwards: boolean
}

export interface InvoicePage extends Page<InvoiceDocument> {
  readonly customerId: string
}

export interface PaymentPage extends Page<PaymentView> {
  /** Whose; everybody's when absent. */
  readonly customerId?: string
}

/** What may be read, and by whom. */
export interface Queries {
  /** Payments by order id, in the order asked; those that do not exist or are not the viewer's are undefined. */
  payments(orderIds: readonly string[], request: RequestContext): Promise<readonly (PaymentView | undefined)[]>
  /** One payment, now or as it was at a moment; Fault FORBIDDEN when it is somebody else's. */
  payment(orderId: string, request: RequestContext, moment?: Moment): Promise<PaymentView | undefined>
  /** Newest first. Without a customer: everybody's for those who may, else the viewer's own. */
  paymentList(
    page: PageArguments & { readonly customerId?: string | null },
    request: RequestContext,
  ): Promise<PaymentPage>
  countPayments(customerId: string | undefined): Promise<number>
  /** What happened to a payment, for those with the scope `audit:read`. */
  history(orderId: string, page: HistoryArguments, request: RequestContext): Promise<HistoryPage>
  /** Nothing, too, when it is somebody else's: numbers follow each other, and are nobody's business. */
  invoice(number: string, request: RequestContext): Promise<InvoiceDocument | undefined>
  invoicesOfOrder(orderId: string, request: RequestContext): Promise<readonly InvoiceDocument[]>
  invoicesOf(customerId: string, page: PageArguments, request: RequestContext): Promise<InvoicePage>
  countInvoices(customerId: string): Promise<number>
  methodsOf(customerId: string, request: RequestContext): Promise<readonly PaymentMethod[]>
}

const forbidden = (): Fault => new Fault('FORBIDDEN', 'This belongs to somebody else.')

const mayRead = (customerId: string, { viewer }: RequestContext): boolean =>
  viewer.user?.id === customerId || hasScope(viewer, 'payments:read:any')

const MOST = 100

const sizeOf = ({ first, last }: PageArguments): { readonly limit: number; readonly backwards: boolean } => {
  const limit = first ?? last ?? 20
  if ((first != null && last != null) || !Number.isSafeInteger(limit) || limit < 0 || limit > MOST)
    throw new Fault('BAD_USER_INPUT', `Ask for "first" or "last", from 0 to ${MOST}.`)
  return { limit, backwards: last != null }
}

/** What to read of an index, newest first, and on which side of it more may be. */
const pageOf = (page: PageArguments, index: string) => {
  const { limit, backwards } = sizeOf(page)
  const { after, before } = page
  const range = {
    ...{ index, limit, descending: true, fromEnd: backwards },
    ...(after ? { after } : {}),
    ...(before ? { before } : {}),
  }
  return { range, backwards, hasEarlier: Boolean(backwards ? before : after) }
}

export const createQueries = (aggregates: Aggregates, projector: Projector, ports: ContextPorts): Queries => {
  const shared = { store: ports.views, projector }
  const { payments, methods } = aggregates
  const paymentReader = createViewReader({
    ...shared,
    view: paymentsView,
    streamOf: payments.streamId,
    refold: async id => (await payments.load(id)).state,
  })
  const methodReader = createViewReader({
    ...shared,
    view: methodsView,
    streamOf: methods.streamId,
    refold: async id => (await methods.load(id)).state,
  })
  const invoiceReader = createViewReader({ ...shared, view: invoicesView })

  const known = (state: PaymentState | undefined): PaymentView | undefined =>
    state && state.status !== 'none' ? state : undefined

  return {
    async payments(orderIds, request) {
      const found = await paymentReader.getMany(orderIds, request.consistency)
      return found.map(state => {
        const payment = known(state)
        return payment && mayRead(payment.customerId, request) ? payment : undefined
      })
    },
    async payment(orderId, request, moment) {
      const state = moment
        ? (await loadAt(payments, ports.store, orderId, moment))?.state
        : await paymentReader.get(orderId, request.consistency)
      const payment = known(state)
      if (payment && !mayRead(payment.customerId, request)) throw forbidden()
      return payment
    },
    async paymentList({ customerId, ...page }, request) {
      const viewerId = request.viewer.user?.id
      if (viewerId === undefined) throw new Fault('UNAUTHENTICATED', 'Sign in first.')
      if (customerId != null && !mayRead(customerId, request)) throw forbidden()
      const whose = customerId ?? (hasScope(request.viewer, 'payments:read:any') ? undefined : viewerId)
      const { range, ...sides } = pageOf(page, whose === undefined ? ALL_PAYMENTS : paymentsOf(whose))
      const { items, more } = await paymentReader.list(range, request.consistency)
      const payments = items.flatMap(({ doc, ...place }) => {
        const payment = known(doc)
        return payment ? [{ ...place, doc: payment }] : []
      })
      return { items: payments, more, ...sides, ...(whose === undefined ? {} : { customerId: whose }) }
    },
    countPayments: customerId => paymentReader.count(customerId === undefined ? ALL_PAYMENTS : paymentsOf(customerId)),
    async history(orderId, page, { viewer }) {
      return readHistory(ports.store, await payments.load(orderId), page, viewer)
    },
    async invoice(number, request) {
      const invoice = await invoiceReader.get(number, request.consistency)
      return invoice && mayRead(invoice.customerId, request) ? invoice : undefined
    },
    async invoicesOfOrder(orderId, request) {
      const { items } = await invoiceReader.list({ index: `order:${orderId}`, limit: MOST }, request.consistency)
      return items.map(({ doc }) => doc).filter(({ customerId }) => mayRead(customerId, request))
    },
    async invoicesOf(customerId, page, request) {
      if (!mayRead(customerId, request)) throw forbidden()
      const { range, ...sides } = pageOf(page, `customer:${customerId}`)
      return { ...(await invoiceReader.list(range, request.consistency)), ...sides, customerId }
    },
    countInvoices: customerId => invoiceReader.count(`customer:${customerId}`),
    async methodsOf(customerId, request) {
      if (request.viewer.user?.id !== customerId) throw forbidden()
      return (await methodReader.get(customerId, request.consistency))?.methods ?? []
    },
  }
}
