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
import { invoicesView, methodsView, type PaymentView, paymentsView } from './payment-views.ts'

export interface PageArguments {
  readonly first?: number | null
  readonly after?: string | null
  readonly last?: number | null
  readonly before?: string | null
}

export interface InvoicePage extends ListPage<InvoiceDocument> {
  /** Whether the list holds entries on the near side of the page: it starts behind a cursor. */
  readonly hasEarlier: boolean
  readonly backwards: boolean
  readonly customerId: string
}

/** What may be read, and by whom. */
export interface Queries {
  /** Payments by order id, in the order asked; those that do not exist or are not the viewer's are undefined. */
  payments(orderIds: readonly string[], request: RequestContext): Promise<readonly (PaymentView | undefined)[]>
  /** One payment, now or as it was at a moment; Fault FORBIDDEN when it is somebody else's. */
  payment(orderId: string, request: RequestContext, moment?: Moment): Promise<PaymentView | undefined>
  /** What happened to a payment, for those with the scope `audit:read`. */
  history(orderId: string, page: HistoryArguments, request: RequestContext): Promise<HistoryPage>
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
    async history(orderId, page, { viewer }) {
      return readHistory(ports.store, await payments.load(orderId), page, viewer)
    },
    async invoice(number, request) {
      const invoice = await invoiceReader.get(number, request.consistency)
      if (invoice && !mayRead(invoice.customerId, request)) throw forbidden()
      return invoice
    },
    async invoicesOfOrder(orderId, request) {
      const { items } = await invoiceReader.list({ index: `order:${orderId}`, limit: MOST }, request.consistency)
      return items.map(({ doc }) => doc).filter(({ customerId }) => mayRead(customerId, request))
    },
    async invoicesOf(customerId, page, request) {
      if (!mayRead(customerId, request)) throw forbidden()
      const { limit, backwards } = sizeOf(page)
      const range = {
        index: `customer:${customerId}`,
        limit,
        descending: true,
        fromEnd: backwards,
        ...(page.after ? { after: page.after } : {}),
        ...(page.before ? { before: page.before } : {}),
      }
      const hasEarlier = Boolean(backwards ? page.before : page.after)
      return { ...(await invoiceReader.list(range, request.consistency)), backwards, hasEarlier, customerId }
    },
    countInvoices: customerId => invoiceReader.count(`customer:${customerId}`),
    async methodsOf(customerId, request) {
      if (request.viewer.user?.id !== customerId) throw forbidden()
      return (await methodReader.get(customerId, request.consistency))?.methods ?? []
    },
  }
}
