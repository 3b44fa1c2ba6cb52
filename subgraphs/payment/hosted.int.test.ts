import { createPostgresEventStore } from '@mercato/adapters/event-store/postgres'
import { createFetchListener } from '@mercato/adapters/http-server/fetch-listener'
import { listen } from '@mercato/adapters/http-server/listen'
import { createDevMailbox } from '@mercato/adapters/mailer/dev-mailbox'
import { testDatabase } from '@mercato/adapters/postgres/test-database'
import { createMemoryPorts } from '@mercato/adapters/testing/memory-ports'
import { subgraphClient, viewerOf } from '@mercato/adapters/testing/subgraph-client'
import { type IntegrationEvent, integrationTopic } from '@mercato/shared-kernel/application'
import { describe, expect, it } from 'vitest'
import { sandboxFrom } from './config.ts'
import { openContext } from './hosted.ts'

const gatewaySecret = 'the gateway and this subgraph share it'
const customerId = '018f0000-0000-7000-8000-0000000000c1'
const orderId = '018f0000-0000-7000-8000-0000000000a1'
const database = testDatabase()

describe('the payment context in a shared process', () => {
  it('is reported to by its sandbox over HTTP, as soon as there is an address, and again until that works', async () => {
    await using open = new AsyncDisposableStack()
    const pool = database.pool()
    const memory = open.use(createMemoryPorts())
    const store = open.use(createPostgresEventStore({ pool, listenUrl: database.url(), logger: memory.logger }))
    let url: string | undefined
    const context = open.use(
      await openContext({
        ports: { ...memory, store },
        pool,
        gatewaySecret,
        dataKey: Buffer.alloc(32, 7),
        mailer: open.use(createDevMailbox({ clock: memory.clock })),
        development: true,
        offer: () => undefined,
        find: () => undefined,
        publicUrl: () => url,
      }),
    )
    await context.connect()
    await context.start()
    const client = subgraphClient(context, { secret: gatewaySecret, viewer: viewerOf(customerId) })
    const { data } = await client.query(
      'mutation { addPaymentMethod(input: { token: "tok_approved", label: "card" }) { paymentMethod { id } } }',
    )
    const streamId = `order.Saga-${orderId}`
    const event: IntegrationEvent = {
      id: memory.ids.next(),
      type: 'order.PaymentAuthorisationRequested',
      version: 1,
      sequence: 0,
      streamId,
      revision: 0,
      occurredAt: memory.clock.now().toISOString(),
      actor: { kind: 'system', id: 'order' },
      correlationId: 'c',
      commandId: memory.ids.next(),
      data: {
        orderId,
        customerId,
        paymentMethodId: data.addPaymentMethod.paymentMethod.id,
        amount: { amount: 1_999, currency: 'EUR' },
      },
    }
    const message = { key: streamId, id: event.id, value: event, headers: {}, position: '' }
    await memory.bus.publish(integrationTopic('order'), [message])
    const ledger = async () => (await pool.query('select payment_id, kind, reported from sandbox_ledger')).rows
    await expect
      .poll(ledger, { timeout: 20_000 })
      .toEqual([{ payment_id: orderId, kind: 'authorise', reported: false }])

    const statuses: number[] = []
    let down = true
    const listening = open.use(
      await listen(
        createFetchListener(
          async request => {
            const answer = down ? new Response(null, { status: 503 }) : await context.fetch(request)
            statuses.push(answer.status)
            down = false
            return answer
          },
          { stallMs: 5_000, onError: () => undefined },
        ),
        { port: 0 },
      ),
    )
    url = listening.url
    await expect.poll(ledger, { timeout: 20_000 }).toEqual([{ payment_id: orderId, kind: 'authorise', reported: true }])
    expect(statuses).toEqual([503, 204])
    const types = (await store.readStream(`payment.Payment-${orderId}`)).map(({ type }) => type)
    expect(types).toEqual(['PaymentRequested', 'PaymentAuthorised'])
  })
})

describe('the settings of the sandbox', () => {
  it('are all optional', () => {
    expect(sandboxFrom({ PAYMENT_WEBHOOK_URL: '' })).toEqual({ secret: undefined, reportTo: undefined })
    const given = {
      PAYMENT_WEBHOOK_SECRET: 's'.repeat(32),
      PAYMENT_WEBHOOK_URL: 'http://edge:8000/webhooks/payments/sandbox',
    }
    expect(sandboxFrom(given)).toEqual({ secret: given.PAYMENT_WEBHOOK_SECRET, reportTo: given.PAYMENT_WEBHOOK_URL })
  })
  it('are refused when malformed, all in one sentence that holds no value', () => {
    expect(() => sandboxFrom({ PAYMENT_WEBHOOK_SECRET: 'short', PAYMENT_WEBHOOK_URL: 'ftp://x' })).toThrow(
      'PAYMENT_WEBHOOK_SECRET must have at least 32 characters; PAYMENT_WEBHOOK_URL must be an http(s) address.',
    )
  })
})
