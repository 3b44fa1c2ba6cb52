import { createMetrics, mergeMetrics } from '@mercato/adapters/metrics/prometheus'
import { createFakeClock, type FakeClock } from '@mercato/adapters/testing/fake-clock'
import { createMemoryPorts } from '@mercato/adapters/testing/memory-ports'
import { createRecordingLogger } from '@mercato/adapters/testing/quiet'
import { subgraphClient, viewerOf } from '@mercato/adapters/testing/subgraph-client'
import { type IntegrationEvent, integrationTopic } from '@mercato/shared-kernel/application'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  createMemoryLedger,
  createPaymentSubgraph,
  createSandboxProvider,
  type PaymentSubgraph,
  SIGNATURE_HEADER,
  signReport,
} from './composition.ts'

const secret = 'shared by the sandbox and this subgraph'
const gatewaySecret = 'of the gateway'
const orderId = '018f0000-0000-7000-8000-0000000000a1'
const customerId = '018f0000-0000-7000-8000-0000000000c1'
const MINUTE = 60_000

let clock: FakeClock
let ports: ReturnType<typeof createMemoryPorts>
let logger: ReturnType<typeof createRecordingLogger>
let metrics: ReturnType<typeof createMetrics>
let payment: PaymentSubgraph
let open: AsyncDisposableStack

beforeEach(async () => {
  open = new AsyncDisposableStack()
  clock = createFakeClock()
  logger = createRecordingLogger()
  metrics = createMetrics({ context: 'payment' })
  ports = { ...open.use(createMemoryPorts({ clock })), logger, metrics }
  const provider = open.use(createSandboxProvider({ ledger: createMemoryLedger(), clock, ids: ports.ids, secret }))
  payment = open.use(await createPaymentSubgraph({ ...ports, gatewaySecret, provider }))
  await payment.connect()
  await payment.start()
})
afterEach(() => open.disposeAsync())

const hear = async (sequence: number, type: string, data: unknown): Promise<void> => {
  const streamId = `order.Saga-${orderId}`
  const event: IntegrationEvent = {
    id: ports.ids.next(),
    type: `order.${type}`,
    version: 1,
    sequence,
    streamId,
    revision: sequence,
    occurredAt: clock.now().toISOString(),
    actor: { kind: 'system', id: 'order' },
    correlationId: 'c',
    commandId: ports.ids.next(),
    data,
  }
  const message = { key: streamId, id: event.id, value: event, headers: {}, position: '' }
  await ports.bus.publish(integrationTopic('order'), [message])
}
const written = () => ports.store.readStream(`payment.Payment-${orderId}`)
const amount = { amount: 1_999, currency: 'EUR' }

/** A payment that was declined, since its method is not known. */
const declined = async (): Promise<void> => {
  await hear(0, 'PaymentAuthorisationRequested', { orderId, customerId, paymentMethodId: 'none', amount })
  await expect
    .poll(async () => (await written()).map(({ type }) => type), { timeout: 10_000 })
    .toContain('PaymentDeclined')
}

/** A payment that was authorised. */
const authorisedWith = async (token: string): Promise<void> => {
  const client = subgraphClient(payment, {
    secret: gatewaySecret,
    viewer: viewerOf(customerId),
    now: () => clock.now().getTime(),
  })
  const add = `mutation { addPaymentMethod(input: { token: "${token}", label: "Card" }) { paymentMethod { id } } }`
  const { data } = await client.query(add)
  const paymentMethodId = data.addPaymentMethod.paymentMethod.id
  await hear(0, 'PaymentAuthorisationRequested', { orderId, customerId, paymentMethodId, amount })
  await expect
    .poll(async () => (await written()).map(({ type }) => type), { timeout: 10_000 })
    .toContain('PaymentAuthorised')
}

const report = (changes: Readonly<Record<string, unknown>> = {}) => ({
  paymentId: orderId,
  operation: 'capture',
  operationId: '018f0000-0000-7000-8000-0000000000cc',
  amount,
  outcome: { status: 'approved', reference: 'ref', expiresAt: '2026-01-08T00:00:00.000Z' },
  ...changes,
})
const send = (body: BodyInit, headers: Record<string, string>, path = 'sandbox') =>
  payment.fetch(new Request(`http://payment/webhooks/payments/${path}`, { method: 'POST', body, headers }))
const signed = (body: string | Uint8Array<ArrayBuffer>, at = clock.now()) => ({
  [SIGNATURE_HEADER]: signReport(secret, Buffer.from(body), at),
})
const sendSigned = (body: string) => send(body, signed(body))

describe('a report of the provider', () => {
  it('is taken once, however often it comes', async () => {
    await declined()
    const before = (await written()).length
    const body = JSON.stringify(report())
    const headers = signed(body)
    expect((await send(body, headers)).status).toBe(204)
    expect((await written()).slice(before).map(({ type }) => type)).toEqual(['PaymentAuthorised', 'PaymentCaptured'])
    const after = (await written()).length
    for (let times = 0; times < 3; times++) expect((await send(body, headers)).status).toBe(204)
    await Promise.all(Array.from({ length: 10 }, () => send(body, headers)))
    expect(await written()).toHaveLength(after)
  })

  it('is no longer taken when its signature is old, or from the future', async () => {
    await declined()
    const before = await written()
    const body = JSON.stringify(report())
    const headers = signed(body)
    clock.advance(5 * MINUTE + 1_000)
    expect((await send(body, headers)).status).toBe(401)
    expect((await send(body, signed(body, new Date(clock.now().getTime() + 6 * MINUTE)))).status).toBe(401)
    expect(await written()).toEqual(before)
  })

  it('is refused when a byte was changed, or its signature is missing or malformed', async () => {
    await declined()
    const before = await written()
    const body = JSON.stringify(report())
    const headers = signed(body)
    for (const [text, given] of [
      [`${body} `, headers],
      [body.replace('1999', '9999'), headers],
      [`\u{feff}${body}`, headers],
      [body, {}],
      [body, { [SIGNATURE_HEADER]: 't=1,v1=00' }],
      [body, { [SIGNATURE_HEADER]: headers[SIGNATURE_HEADER]?.replace('v1', 'v0') ?? '' }],
    ] as const) {
      const answer = await send(text, { ...given })
      expect([answer.status, await answer.text()]).toEqual([401, expect.not.stringContaining('stack')])
    }
    expect(await written()).toEqual(before)
  })

  it.each([
    ['is no JSON', '{"paymentId":'],
    ['is no object', '[]'],
    ['names no payment', JSON.stringify(report({ paymentId: undefined }))],
    ['names a payment in no proper way', JSON.stringify(report({ paymentId: '../../etc' }))],
    ['knows another operation', JSON.stringify(report({ operation: 'gift' }))],
    ['has a negative amount', JSON.stringify(report({ amount: { amount: -1, currency: 'EUR' } }))],
    ['has a broken amount', JSON.stringify(report({ amount: { amount: 0.5, currency: 'EUR' } }))],
    ['has no outcome', JSON.stringify(report({ outcome: { status: 'perhaps' } }))],
    ['has an end at no time', JSON.stringify(report({ outcome: { ...report().outcome, expiresAt: 'soon' } }))],
  ])('that is signed but %s is refused, and appends nothing', async (_what, body) => {
    await declined()
    const before = await written()
    expect((await sendSigned(body)).status).toBe(400)
    expect(await written()).toEqual(before)
    expect(logger.lines.filter(({ level }) => level !== 'info' && level !== 'debug')).toEqual([
      {
        level: 'warn',
        message: 'the payment provider signed a report that cannot be read',
        fields: { provider: 'sandbox' },
      },
    ])
  })

  it('about a payment that nobody knows is not found', async () => {
    const answer = await sendSigned(JSON.stringify(report({ paymentId: '018f0000-0000-7000-8000-0000000000ff' })))
    expect(answer.status).toBe(404)
    expect((await ports.store.readLog('', 10)).events).toEqual([])
  })

  it('is bounded, and comes by POST to the provider that there is', async () => {
    expect((await sendSigned('x'.repeat(70_000))).status).toBe(413)
    const got = await payment.fetch(new Request('http://payment/webhooks/payments/sandbox'))
    expect(got.status).toBe(405)
    const body = JSON.stringify(report())
    expect((await send(body, signed(body), 'elsewhere')).status).toBe(404)
    expect((await send(body, signed(body), 'sandbox/more')).status).toBe(401)
  })
})

describe('a report of what cannot be in our books', () => {
  const other = '018f0000-0000-7000-8000-0000000000cd'
  it.each([
    ['a capture in another currency', { amount: { amount: 1, currency: 'USD' } }, 'PAYMENT.REPORT_OTHER_CURRENCY'],
    ['more than is authorised', { amount: { amount: 2_000, currency: 'EUR' } }, 'PAYMENT.REPORT_EXCEEDS_AUTHORISED'],
    ['a refund that nobody asked for', { operation: 'refund', operationId: other }, 'PAYMENT.REPORT_REFUND_UNASKED'],
    ['a void that nobody asked for', { operation: 'void', operationId: other }, 'PAYMENT.REPORT_VOID_UNASKED'],
  ])('%s is taken, told to an operator, and counted each time it comes', async (_what, changes, code) => {
    await declined()
    const part = { ...report(), amount: { amount: 1, currency: 'EUR' } }
    expect((await sendSigned(JSON.stringify(part))).status).toBe(204)
    const before = await written()
    const body = JSON.stringify(report({ operationId: other, ...changes }))
    for (let times = 1; times <= 2; times++) {
      expect((await sendSigned(body)).status).toBe(204)
      expect(await mergeMetrics([metrics])).toMatch(
        new RegExp(
          `mercato_provider_reports_unbooked_total\\{[^}]*provider="sandbox",reason="${code}"[^}]*\\} ${times}`,
        ),
      )
    }
    expect(await written()).toEqual(before)
    const { operation, operationId } = JSON.parse(body)
    const warned = logger.lines.filter(({ level }) => level === 'warn')
    expect(warned).toHaveLength(2)
    expect(warned[0]?.fields).toStrictEqual({ provider: 'sandbox', code, orderId, operation, operationId })
    expect(logger.lines.filter(({ level }) => level === 'error')).toEqual([])
  })

  it('is sent again when only a capture that is under way decides', async () => {
    await authorisedWith('tok_late_capture')
    await hear(1, 'PaymentCaptureRequested', { orderId, captureId: orderId, amount, final: true })
    await expect.poll(async () => (await written()).map(({ type }) => type)).toContain('CaptureRequested')
    expect((await sendSigned(JSON.stringify(report()))).status).toBe(503)
    expect((await written()).map(({ type }) => type)).not.toContain('PaymentCaptured')
    expect(logger.lines.filter(({ level }) => level === 'warn' || level === 'error')).toEqual([])
  })
})

describe('a request of the saga that breaks its contract', () => {
  it.each([
    ['PaymentAuthorisationRequested', { orderId, customerId, paymentMethodId: 'm' }],
    ['PaymentAuthorisationRequested', { orderId: 'x', customerId, paymentMethodId: 'm', amount }],
    [
      'PaymentAuthorisationRequested',
      { orderId, customerId, paymentMethodId: 'm', amount: { amount: 1.5, currency: 'EUR' } },
    ],
    ['PaymentVoidRequested', { orderId }],
    ['PaymentCaptureRequested', { orderId, captureId: orderId, amount }],
    ['PaymentCaptureRequested', { orderId, captureId: orderId, amount, final: 'yes' }],
    ['PaymentCaptureRequested', { orderId, captureId: orderId, amount, final: true, shipmentId: 7 }],
    [
      'PaymentRefundRequested',
      { orderId, refundId: orderId, amount: { amount: 1, currency: 'XXX' }, reason: 'RETURN' },
    ],
    ['PaymentRefundRequested', null],
  ])('is parked, and appends nothing: %s %j', async (type, data) => {
    await hear(0, type, data)
    await expect.poll(async () => (await ports.parked.list({ limit: 10 })).length, { timeout: 15_000 }).toBe(1)
    expect((await ports.store.readLog('', 10)).events).toEqual([])
  })
})
