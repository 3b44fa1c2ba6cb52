import { createUuidIds } from '@mercato/adapters/ids/uuid'
import { createFakeClock } from '@mercato/adapters/testing/fake-clock'
import { createMemoryPorts } from '@mercato/adapters/testing/memory-ports'
import { subgraphClient, viewerOf } from '@mercato/adapters/testing/subgraph-client'
import { type IntegrationEvent, integrationTopic } from '@mercato/shared-kernel/application'
import { expect, vi } from 'vitest'
import { createMemoryLedger, createPaymentSubgraph, createSandboxProvider } from './composition.ts'

const secret = 'the gateway and this subgraph share it'
export const ids = createUuidIds()
export const customerId = ids.next()
export const customer = viewerOf(customerId)
export const stranger = viewerOf(ids.next())
export const support = viewerOf(ids.next(), { scopes: ['payments:read:any', 'payments:refund'] })

export const eur = (amount: number) => ({ amount, currency: 'EUR' })

export const ADD_METHOD = /* GraphQL */ `
  mutation Add($input: AddPaymentMethodInput!) {
    addPaymentMethod(input: $input) { paymentMethod { id label addedAt } userErrors { code field } consistencyToken }
  }
`
export const PAYMENT = /* GraphQL */ `
  query Payment($id: ID!) {
    payment(id: $id) { id status amount { amount currency } captured { amount } refunded { amount } declineReason captures { status amount { amount } } refunds { status reason } }
  }
`
export const INVOICES = /* GraphQL */ `
  query Invoices($after: String, $first: Int) {
    invoices(first: $first, after: $after) { totalCount pageInfo { hasNextPage hasPreviousPage endCursor } edges { node { number kind amount { amount } order { id } } } }
  }
`

/** The payment context over memory adapters and the sandbox provider, with a clock to move, asked as the order saga does. */
export const openPaymentContext = async () => {
  const open = new AsyncDisposableStack()
  const clock = createFakeClock()
  const ports = open.use(createMemoryPorts({ clock }))
  const provider = open.use(createSandboxProvider({ ledger: createMemoryLedger(), clock, ids, secret, slowMs: 50 }))
  const subgraph = open.use(
    await createPaymentSubgraph({
      ...ports,
      gatewaySecret: secret,
      provider,
      settings: { providerTimeoutMs: 1_000, inquiryMs: 500 },
    }),
  )
  const published: IntegrationEvent[] = []
  await ports.bus.subscribe({
    topic: integrationTopic('payment'),
    group: 'test',
    from: 'earliest',
    handler: async ({ value }) => {
      published.push(value as IntegrationEvent)
    },
  })
  await subgraph.connect()
  await subgraph.start()
  const client = subgraphClient(subgraph, { secret, viewer: customer, now: () => clock.now().getTime() })

  const send = (from: string, event: IntegrationEvent) => {
    const message = { key: event.streamId, id: event.id, value: event, headers: {}, position: '' }
    return ports.bus.publish(integrationTopic(from), [message])
  }

  /** Publishes an event of another context. */
  const hear = async (from: string, streamId: string, sequence: number, type: string, data: unknown) => {
    const event: IntegrationEvent = {
      id: ids.next(),
      type: `${from}.${type}`,
      version: 1,
      sequence,
      streamId,
      revision: sequence,
      occurredAt: clock.now().toISOString(),
      actor: { kind: 'system', id: from },
      correlationId: 'what belongs together',
      commandId: ids.next(),
      data,
    }
    await send(from, event)
    return event
  }

  const sequences = new Map<string, number>()
  /** Publishes what the order saga would. */
  const ask = (type: string, data: { readonly orderId: string } & Record<string, unknown>) => {
    const streamId = `order.Saga-${data.orderId}`
    const sequence = (sequences.get(streamId) ?? -1) + 1
    sequences.set(streamId, sequence)
    return hear('order', streamId, sequence, type, data)
  }

  const answersTo = (orderId: string) =>
    published.filter(({ data }) => (data as { orderId: string }).orderId === orderId)

  /** Waits for an answer to the saga, and gives it. */
  const answered = (orderId: string, type: string) =>
    vi.waitFor(
      () => {
        const answer = answersTo(orderId).find(each => each.type === `payment.${type}`)
        if (!answer) throw new Error(`no ${type} yet`)
        return answer
      },
      { timeout: 5_000 },
    )

  const addMethod = async (token: string): Promise<string> => {
    const { data, errors } = await client.query(ADD_METHOD, { input: { token, label: 'My card' } })
    expect(errors).toBeUndefined()
    return data.addPaymentMethod.paymentMethod.id
  }

  /** Has an authorisation of a new order asked for. */
  const authorise = async (token = 'tok_approved', amount = 1999) => {
    const orderId = ids.next()
    const paymentMethodId = await addMethod(token)
    const request = await ask('PaymentAuthorisationRequested', {
      orderId,
      customerId,
      paymentMethodId,
      amount: eur(amount),
    })
    return { orderId, request }
  }

  const paymentOf = async (orderId: string) => (await client.query(PAYMENT, { id: orderId })).data.payment

  return {
    clock,
    client,
    ports,
    send,
    hear,
    ask,
    answersTo,
    answered,
    addMethod,
    authorise,
    paymentOf,
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  }
}
export type PaymentContext = Awaited<ReturnType<typeof openPaymentContext>>
