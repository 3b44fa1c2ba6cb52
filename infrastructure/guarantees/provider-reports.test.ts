import { createMemoryLedger, SIGNATURE_HEADER, signReport, startSandboxReports } from '@mercato/payment/composition'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Books, createBooks } from './testing-books.ts'
import { createRunningClock } from './testing-clock.ts'
import { REPORT_SECRET } from './testing-contexts.ts'
import { ordered, type Person, payingWith, person, stocked } from './testing-people.ts'
import { openSystem, type System } from './testing-system.ts'
import { eventually } from './testing-waiting.ts'

const SKU = 'CUP'
const PIECES = 5
const MINUTE = 60_000
const DAY = 86_400_000

let open: AsyncDisposableStack
let clock: ReturnType<typeof createRunningClock>
let books: Books
let ledger: ReturnType<typeof createMemoryLedger>
let system: System
let staff: Person
let buyer: Person
/** Every report as it went over the wire. */
let sent: { readonly body: string; readonly headers: Readonly<Record<string, string>> }[]
/** Reports wait. */
let holdReports: boolean

const post = (body: string, headers: Readonly<Record<string, string>>): Promise<Response> =>
  system.gateway.fetch(
    new Request('http://gateway/webhooks/payments/sandbox', { method: 'POST', body, headers: { ...headers } }),
  )

beforeEach(async () => {
  open = new AsyncDisposableStack()
  clock = createRunningClock()
  books = createBooks()
  ledger = createMemoryLedger()
  sent = []
  holdReports = false
  system = open.use(
    await openSystem({
      clock,
      ledger,
      wrap: (context, ports) => books.wrap(context, ports),
      order: { timings: { retryMs: 300, retryMaxMs: 5_000 } },
      // Nobody asks for an hour: what becomes known in time is what was reported.
      payment: { settings: { providerTimeoutMs: 300, inquiryMs: 3_600_000 } },
    }),
  )
  open.use(
    startSandboxReports({
      ledger,
      clock,
      logger: system.ports.payment.logger,
      secret: REPORT_SECRET,
      delayMs: 20,
      idleMs: 20,
      async deliver(body, headers) {
        if (holdReports) return undefined
        sent.push({ body, headers })
        return (await post(body, headers)).status
      },
    }),
  )
  staff = await person(system, 'staff', 'MERCHANDISER', 'ADMIN', 'SUPPORT')
  buyer = await person(system, 'buyer')
  await stocked(staff, SKU, PIECES)
})
afterEach(async () => {
  expect(books.violations).toEqual([])
  await open.disposeAsync()
})

interface Seen {
  readonly status: string
  readonly payment: { readonly status: string } | null
  readonly invoices: readonly { readonly kind: string }[]
}
const ORDER = 'query ($id: ID!) { order(id: $id) { status payment { status } invoices { kind } } }'
const orderOf = async (id: string): Promise<Seen> => (await buyer.send(ORDER, { id })).data.order
const comesTo = (id: string, what: Partial<Record<'status' | 'payment', string>>) =>
  eventually(JSON.stringify(what), async () => {
    const { status, payment } = await orderOf(id)
    const fits = (what.status ?? status) === status && (what.payment ?? payment?.status) === payment?.status
    return fits || undefined
  })
const order = async (token: string) => ordered(buyer, await payingWith(buyer, token), [{ sku: SKU, quantity: 2 }])
const ship = (orderId: string) =>
  staff.tell(
    'shipOrder',
    { orderId, carrier: 'DHL', trackingNumber: 'T1', lines: [{ sku: SKU, quantity: 2 }] },
    'order { id }',
  )
const cancel = (orderId: string) => buyer.tell('cancelOrder', { orderId }, 'order { id }')
const typesOf = (orderId: string) =>
  system.ports.payment.log.events.filter(({ streamId }) => streamId.endsWith(orderId)).map(({ type }) => type)
const orderEvents = (orderId: string) =>
  system.ports.order.log.events.filter(({ streamId }) => streamId.endsWith(orderId)).map(({ type }) => type)
/** Nothing is asked of payment any more. */
const atRest = (orderId: string) =>
  eventually('the saga asks for nothing', async () => {
    const { data } = await staff.send(`query ($id: ID!) { saga(orderId: $id) { tasks { name } } }`, { id: orderId })
    return data.saga.tasks.length === 0 || undefined
  })
const firstReport = () => eventually('something is reported', () => sent[0])
/** What the provider takes although nobody asked: it reports it like everything else. */
const takeUnasked = async (orderId: string, amount: number): Promise<void> => {
  const authorisation = JSON.parse((await firstReport()).body)
  await ledger.add({
    key: system.ports.payment.ids.next(),
    kind: 'capture',
    token: 'tok_approved',
    reference: authorisation.outcome.reference,
    amount,
    currency: authorisation.amount.currency,
    expiresAt: new Date(authorisation.outcome.expiresAt),
    paymentId: orderId,
    operationId: system.ports.payment.ids.next(),
    settlesAt: clock.now(),
  })
}
const stockIsBack = () => eventually('the stock is back', () => (books.stockOf(SKU).reserved === 0 ? true : undefined))

describe('a payment provider', () => {
  it('that reports everything twice is believed once', async () => {
    const id = await order('tok_reports_twice')
    await comesTo(id, { status: 'CONFIRMED' })
    await ship(id)
    await comesTo(id, { payment: 'CAPTURED' })
    await eventually('all is reported twice', () => (sent.length >= 4 ? true : undefined))
    const before = system.ports.payment.log.events.length
    for (const { body, headers } of sent) expect((await post(body, headers)).status).toBe(204)
    expect(system.ports.payment.log.events).toHaveLength(before)
    expect(books.moneyOf(id)).toMatchObject({ captured: books.moneyOf(id).authorised })
    const types = typesOf(id)
    for (const type of ['PaymentAuthorised', 'PaymentCaptured'])
      expect(types.filter(each => each === type)).toHaveLength(1)
  })

  it('that answers late, and only by a report, still gets the order confirmed', async () => {
    const id = await order('tok_late')
    await comesTo(id, { status: 'AWAITING_PAYMENT', payment: 'REQUESTED' })
    clock.advance(10_000)
    await comesTo(id, { status: 'CONFIRMED', payment: 'AUTHORISED' })
  })

  it('that answers after the order was cancelled gets its authorisation voided, and nothing is captured', async () => {
    const id = await order('tok_late')
    await comesTo(id, { status: 'AWAITING_PAYMENT', payment: 'REQUESTED' })
    await cancel(id)
    clock.advance(10_000)
    await comesTo(id, { status: 'CANCELLED', payment: 'VOIDED' })
    expect(books.moneyOf(id).captured).toBe(0)
    await stockIsBack()
  })

  it('that takes the money of a cancelled order after all has to give it back, with a credit note', async () => {
    const id = await order('tok_approved')
    await comesTo(id, { status: 'CONFIRMED' })
    await cancel(id)
    await comesTo(id, { status: 'CANCELLED', payment: 'VOIDED' })
    const authorisation = JSON.parse((await firstReport()).body)
    await takeUnasked(id, authorisation.amount.amount)
    await comesTo(id, { status: 'CANCELLED', payment: 'REFUNDED' })
    await eventually('both are documented', async () => {
      const kinds = (await orderOf(id)).invoices.map(({ kind }) => kind)
      return kinds.join() === 'INVOICE,CREDIT_NOTE' || undefined
    })
    expect(books.moneyOf(id)).toMatchObject({
      captured: authorisation.amount.amount,
      refunded: authorisation.amount.amount,
    })
  })

  it.each([
    ['a part of', 0.3],
    ['all', 1],
  ])('that takes %s the money before it is asked has it count for what is shipped', async (_what, share) => {
    const id = await order('tok_approved')
    await comesTo(id, { status: 'CONFIRMED' })
    const { amount } = JSON.parse((await firstReport()).body).amount
    const unasked = Math.floor(amount * share)
    await takeUnasked(id, unasked)
    await eventually('it is booked', () => (books.moneyOf(id).captured === unasked ? true : undefined))
    await eventually('the order knows', () => (orderEvents(id).includes('CreditNoted') ? true : undefined))
    await ship(id)
    await comesTo(id, { status: 'SHIPPED', payment: 'CAPTURED' })
    await staff.tell('markDelivered', { orderId: id }, 'order { id }')
    await comesTo(id, { status: 'DELIVERED' })
    await atRest(id)
    expect(books.moneyOf(id)).toEqual({ authorised: amount, captured: amount, refunded: 0 })
    expect((await orderOf(id)).invoices.map(({ kind }) => kind)).toEqual(
      share === 1 ? ['INVOICE'] : ['INVOICE', 'INVOICE'],
    )
  })

  it('that takes the money while the goods leave, and refuses the capture, has the shipment paid from it', async () => {
    const id = await order('tok_approved')
    await comesTo(id, { status: 'CONFIRMED' })
    const { amount } = JSON.parse((await firstReport()).body).amount
    holdReports = true
    await takeUnasked(id, amount)
    await ship(id)
    await eventually('the capture is refused', () => (typesOf(id).includes('CaptureFailed') ? true : undefined))
    holdReports = false
    await comesTo(id, { status: 'SHIPPED', payment: 'CAPTURED' })
    await atRest(id)
    expect(books.moneyOf(id)).toEqual({ authorised: amount, captured: amount, refunded: 0 })
  })

  it('that takes money of an order that is cancelled then has to give it back', async () => {
    const id = await order('tok_approved')
    await comesTo(id, { status: 'CONFIRMED' })
    await takeUnasked(id, 500)
    await eventually('the order knows', () => (orderEvents(id).includes('CreditNoted') ? true : undefined))
    await cancel(id)
    await comesTo(id, { status: 'CANCELLED', payment: 'REFUNDED' })
    expect(books.moneyOf(id)).toMatchObject({ captured: 500, refunded: 500 })
    await stockIsBack()
  })

  it('whose answer to a capture comes late captures once', async () => {
    const id = await order('tok_late_capture')
    await comesTo(id, { status: 'CONFIRMED' })
    await ship(id)
    await eventually('nobody knows', () => (typesOf(id).includes('ProviderOutcomeUnknown') ? true : undefined))
    clock.advance(10_000)
    await comesTo(id, { payment: 'CAPTURED' })
    expect(typesOf(id).filter(type => type === 'PaymentCaptured')).toHaveLength(1)
  })

  it('that never answers holds up no order for ever: it is rejected, its stock comes back, nothing is captured', async () => {
    const id = await order('tok_never')
    await comesTo(id, { status: 'AWAITING_PAYMENT', payment: 'REQUESTED' })
    clock.advance(3 * MINUTE)
    await comesTo(id, { status: 'REJECTED', payment: 'REQUESTED' })
    await stockIsBack()
    clock.advance(8 * DAY)
    await eventually('it is given up', () => (typesOf(id).includes('PaymentDeclined') ? true : undefined))
    expect(books.moneyOf(id)).toEqual({ authorised: 0, captured: 0, refunded: 0 })
  })

  it('is recognised by its signature over the very bytes, and by nothing else', async () => {
    const id = await order('tok_approved')
    await comesTo(id, { status: 'CONFIRMED' })
    const { body, headers } = await firstReport()
    const before = typesOf(id)
    const forged = JSON.stringify({
      ...JSON.parse(body),
      operation: 'capture',
      operationId: system.ports.payment.ids.next(),
    })
    const genuine = headers[SIGNATURE_HEADER] ?? ''
    const old = signReport(REPORT_SECRET, Buffer.from(forged), new Date(clock.now().getTime() - 6 * MINUTE))
    const other = signReport('another secret', Buffer.from(forged), clock.now())
    for (const signature of ['', 'nonsense', genuine, old, other])
      expect((await post(forged, { [SIGNATURE_HEADER]: signature })).status).toBe(401)
    expect(typesOf(id)).toEqual(before)
  })
})
