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
const firstReport = () => eventually('something is reported', () => sent[0])
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
    const { reference } = authorisation.outcome
    await ledger.add({
      key: system.ports.payment.ids.next(),
      kind: 'capture',
      token: 'tok_approved',
      reference,
      amount: authorisation.amount.amount,
      currency: authorisation.amount.currency,
      expiresAt: new Date(authorisation.outcome.expiresAt),
      paymentId: id,
      operationId: system.ports.payment.ids.next(),
      settlesAt: clock.now(),
    })
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
