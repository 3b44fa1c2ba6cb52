import { createMemoryTracing, type FinishedSpan } from '@mercato/adapters/tracing/memory'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mutation } from './testing-client.ts'
import { ADDRESS, payingWith, person, stocked } from './testing-people.ts'
import { listen } from './testing-socket.ts'
import { openSystem } from './testing-system.ts'
import { eventually } from './testing-waiting.ts'

const WATCH = 'subscription { myOrdersChanged { type order { status payment { status } customer { username } } } }'
const open = new AsyncDisposableStack()
/** All spans of the one trace, by name. */
let spans: readonly FinishedSpan[]
let others: readonly FinishedSpan[]
let traceId: string

const named = (name: string | RegExp): readonly FinishedSpan[] =>
  spans.filter(span => (typeof name === 'string' ? span.name === name : name.test(span.name)))
const first = (name: string | RegExp): FinishedSpan => {
  const [found] = named(name)
  if (!found) throw new Error(`no span ${name} in the trace`)
  return found
}
const above = (span: FinishedSpan): readonly string[] => {
  const parent = spans.find(({ spanId }) => spanId === span.parentSpanId)
  return parent ? [...above(parent), parent.name] : []
}

beforeAll(async () => {
  const tracing = open.use(createMemoryTracing())
  const system = open.use(await openSystem())
  const merchandiser = await person(system, 'merchandiser', 'MERCHANDISER')
  const buyer = await person(system, 'buyer')
  await stocked(merchandiser, 'CUP', 3)
  const paymentMethodId = await payingWith(buyer)
  const server = open.use(await listen(system.gateway))
  const socket = open.use(server.open(buyer.token))
  const seen: string[] = []
  const events = socket.iterate({ query: WATCH })
  const watching = (async () => {
    for await (const { data } of events) {
      seen.push(data?.['myOrdersChanged'].order.status)
      if (seen.at(-1) === 'CONFIRMED') return
    }
  })()
  await eventually('somebody listens', () => tracing.spans().find(({ name }) => name === 'subscription'))
  tracing.reset()

  const input = { lines: [{ sku: 'CUP', quantity: 1 }], paymentMethodId, shippingAddress: ADDRESS }
  const placed = await buyer.send(mutation('placeOrder', 'order { id }'), { input })
  expect(placed.data.placeOrder.userErrors).toEqual([])
  await watching
  expect(seen).toEqual(['PENDING', 'AWAITING_PAYMENT', 'CONFIRMED'])
  await eventually('the last push has ended', () => {
    const pushes = tracing.spans().filter(({ name }) => name === 'push myOrdersChanged')
    return pushes.length >= seen.length ? pushes : undefined
  })

  const all = tracing.spans()
  traceId = all.find(({ name, parentSpanId }) => name === 'mutation' && parentSpanId === undefined)?.traceId ?? ''
  spans = all.filter(span => span.traceId === traceId)
  others = all.filter(span => span.traceId !== traceId)
}, 60_000)
afterAll(() => open.disposeAsync())

describe('one trace', () => {
  it('runs from the mutation at the gateway to the append in the context that decides', () => {
    const command = first('command PlaceOrder')
    expect(above(command)[0]).toBe('mutation')
    expect(above(command)).toContain('subgraph')
    expect(spans.filter(({ parentSpanId }) => parentSpanId === undefined)).toHaveLength(1)
  })

  it.each([
    ['the relay that publishes what was appended', 'relay order', 'command PlaceOrder'],
    ['the projection', 'project order', 'command PlaceOrder'],
    ['the saga’s start', 'react OrderPlaced', 'command PlaceOrder'],
    ['the reservation in inventory', 'policy order.StockReservationRequested', 'command StartSaga'],
    ['its answer', 'policy inventory.StockReserved', 'command grantReservation'],
    ['the authorisation in payment', 'policy order.PaymentAuthorisationRequested', 'command NoteStockReserved'],
    ['its answer', 'policy payment.PaymentAuthorised', 'command RecordApproval'],
    ['the confirmation', 'command ConfirmOrder', 'react SagaConfirmed'],
  ])('goes on in %s', (_what, name, cause) => {
    expect(named(name).map(above)).toContainEqual(expect.arrayContaining([cause]))
  })

  it('ends in the push of every status to the client, caused by the command that made it', () => {
    const pushes = named('push myOrdersChanged')
    expect(pushes.map(span => above(span).at(-1))).toEqual([
      'command PlaceOrder',
      'command AwaitPayment',
      'command ConfirmOrder',
    ])
    const last = pushes.at(-1)
    const fetched = spans.filter(span => span.name === 'subgraph' && above(span).includes('push myOrdersChanged'))
    expect(new Set(fetched.map(({ attributes }) => attributes['mercato.subgraph']))).toEqual(
      new Set(['user', 'payment']),
    )
    expect(above(last as FinishedSpan)).toEqual(
      expect.arrayContaining(['mutation', 'command PlaceOrder', 'command StartSaga', 'react SagaConfirmed']),
    )
  })

  it('links every consumer of a message to what sent it', () => {
    const consumers = named(/^(project|react|policy|push|relay) /)
    expect(consumers.length).toBeGreaterThan(20)
    for (const span of consumers) expect(span.links, span.name).toContainEqual({ traceId, spanId: span.parentSpanId })
  })

  it('is the only one: nothing that follows from the mutation stands apart', () => {
    expect(others.map(({ name }) => name)).toEqual([])
  })
})
