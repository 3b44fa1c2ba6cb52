import { subgraphClient, viewerOf } from '@mercato/adapters/testing/subgraph-client'
import { describe, expect, it } from 'vitest'
import { createClient, faultIn, mutation } from './testing-client.ts'
import { GATEWAY_SECRET } from './testing-contexts.ts'
import { ADDRESS, ordered, payingWith, person, stocked } from './testing-people.ts'
import { listen } from './testing-socket.ts'
import { openSystem } from './testing-system.ts'
import { eventually } from './testing-waiting.ts'
import { heldViews } from './testing-wraps.ts'

const METHODS = '{ me { paymentMethods { id label } } }'
const NAME = '{ me { displayName } }'
const ORDERS = '{ orders(first: 5) { edges { node { id } } } }'
const ALL = '{ me { displayName addresses { address { line1 } } paymentMethods { id } } cart { itemCount } }'

/** A system in which the views of some contexts can be stopped. */
const openStopped = async () => {
  const views = heldViews('payment-methods', 'users', 'orders', 'products', 'catalogue', 'invoices')
  const system = await openSystem({ wrap: views.wrap })
  return {
    views,
    system,
    async [Symbol.asyncDispose]() {
      views.release()
      await system[Symbol.asyncDispose]()
    },
  }
}

describe.concurrent('while the views stand still', { timeout: 60_000 }, () => {
  it('a query through an _entities hop answers from the write side', async () => {
    await using shop = await openStopped()
    const buyer = await person(shop.system, 'buyer')
    expect((await buyer.send(METHODS)).data.me.paymentMethods).toEqual([])
    shop.views.hold()
    const id = await payingWith(buyer)
    expect((await buyer.send(METHODS)).data.me.paymentMethods).toEqual([{ id, label: 'a card' }])
    // Whoever does not carry the session along shows that there was something to get wrong.
    const forgetful = createClient(shop.system.gateway)
    expect((await forgetful.send(METHODS, {}, { token: buyer.token ?? '' })).data.me.paymentMethods).toEqual([])
  })

  it('a list is refused with STALE_READ, to the writer only, until it is complete', async () => {
    await using shop = await openStopped()
    const merchandiser = await person(shop.system, 'merchandiser', 'MERCHANDISER')
    const [buyer, other] = [await person(shop.system, 'buyer'), await person(shop.system, 'other')]
    await stocked(merchandiser, 'CUP', 5)
    const method = await payingWith(buyer)
    const before = await ordered(buyer, method, [{ sku: 'CUP', quantity: 1 }])
    await eventually('the first order is listed', async () => (await buyer.send(ORDERS)).data.orders?.edges[0])
    shop.views.hold()
    const after = await ordered(buyer, method, [{ sku: 'CUP', quantity: 1 }])
    const refused = await buyer.send(ORDERS)
    expect(refused.data).toEqual({ orders: null })
    expect(refused.errors).toEqual([
      expect.objectContaining({
        path: ['orders'],
        extensions: { code: 'STALE_READ', retryable: true, correlationId: expect.any(String) },
      }),
    ])
    expect((await other.send(ORDERS)).data.orders.edges).toEqual([])
    expect((await other.send(ORDERS, {}, { token: buyer.token ?? '' })).data.orders.edges).toHaveLength(1)
    shop.views.release()
    const complete = await eventually(
      'the list is complete',
      async () => (await buyer.send(ORDERS)).data?.orders?.edges,
    )
    expect(complete.map(({ node }: { node: { id: string } }) => node.id)).toEqual([after, before])
  })

  it('a live event is not shown beside a list that is older than the event', async () => {
    await using shop = await openStopped()
    const merchandiser = await person(shop.system, 'merchandiser', 'MERCHANDISER')
    const buyer = await person(shop.system, 'buyer')
    await stocked(merchandiser, 'CUP', 5)
    const method = await payingWith(buyer)
    await using server = await listen(shop.system.gateway)
    await using socket = server.open(buyer.token)
    const query =
      'subscription { myOrdersChanged { order { id customer { orders(first: 1) { edges { node { id } } } } } } }'
    const events = socket.iterate({ query })
    const pulled = events.next()
    // Answered after the subscription: messages of one socket are taken in their order.
    await socket.send({ query: '{ me { id } }' })
    shop.views.hold()
    const id = await ordered(buyer, method, [{ sku: 'CUP', quantity: 1 }])
    const { value } = await pulled
    expect(value.errors?.[0]?.extensions?.['code']).toBe('STALE_READ')
    expect(value.data?.['myOrdersChanged']).toEqual({ order: { id, customer: { orders: null } } })
    shop.views.release()
    const next = await eventually('an event with its list', async () => {
      const { value: event } = await events.next()
      return event.errors ? undefined : event.data?.['myOrdersChanged'].order
    })
    expect(next.customer.orders.edges[0].node.id).toBe(id)
  })

  it('the list of invoices is refused, too, rather than cut short', async () => {
    await using shop = await openStopped()
    shop.views.hold()
    const payment = subgraphClient(shop.system.context('payment'), { secret: GATEWAY_SECRET, viewer: viewerOf('b') })
    const consistency = { 'payment.Invoices-2026': 0 }
    const refused = await payment.query('{ invoices(first: 5) { edges { cursor } } }', {}, { consistency })
    expect(refused.errors?.[0]?.extensions?.['code']).toBe('STALE_READ')
    const unconcerned = await payment.query('{ invoices(first: 5) { edges { cursor } } }')
    expect(unconcerned.data.invoices.edges).toEqual([])
  })
})

describe.concurrent('what a session has written', { timeout: 60_000 }, () => {
  it('is known to any gateway with the same secret, and to no other', async () => {
    await using shop = await openStopped()
    const buyer = await person(shop.system, 'buyer')
    await using second = await shop.system.openGateway()
    await using stranger = await shop.system.openGateway({ sessionSecret: 'a secret of another installation' })
    shop.views.hold()
    const id = await payingWith(buyer)
    const methods = async (gateway: typeof second) =>
      (await buyer.send(METHODS, {}, { gateway })).data.me.paymentMethods.map((each: { id: string }) => each.id)
    expect(await methods(second)).toEqual([id])
    expect(await methods(stranger)).toEqual([])
  })

  it('survives parallel mutations, in whatever order they are answered', async () => {
    await using shop = await openStopped()
    const merchandiser = await person(shop.system, 'merchandiser', 'MERCHANDISER')
    const buyer = await person(shop.system, 'buyer')
    const { id: productId } = await stocked(merchandiser, 'CUP', 5)
    const method = await payingWith(buyer)
    await buyer.send(ALL)
    shop.views.hold()
    const writes = [
      buyer.tell('updateProfile', { displayName: 'Bea' }, ''),
      buyer.tell('addAddress', { address: ADDRESS }, ''),
      buyer.tell('addToCart', { productId, quantity: 2 }, ''),
      ordered(buyer, method, [{ sku: 'CUP', quantity: 1 }]),
      ordered(buyer, method, [{ sku: 'CUP', quantity: 1 }]),
      payingWith(buyer),
      payingWith(buyer),
    ]
    await Promise.all(writes)
    expect((await buyer.send(ALL)).data).toEqual({
      me: {
        displayName: 'Bea',
        addresses: [{ address: { line1: ADDRESS.line1 } }],
        paymentMethods: expect.objectContaining({ length: 3 }),
      },
      cart: { itemCount: 2 },
    })
    expect(faultIn(await buyer.send(ORDERS))).toBe('STALE_READ')
  })

  it('is carried by the token of the answer where there are no cookies', async () => {
    await using shop = await openStopped()
    const buyer = await person(shop.system, 'buyer')
    shop.views.hold()
    const written = await buyer.send(mutation('updateProfile', 'consistencyToken'), { input: { displayName: 'Bea' } })
    const tokens = [
      written.headers.get('x-consistency-token'),
      written.extensions?.['consistencyToken'],
      written.data.updateProfile.consistencyToken,
    ]
    for (const token of tokens) {
      const app = createClient(shop.system.gateway)
      const headers = { 'x-consistency-token': String(token) }
      expect((await app.send(NAME, {}, { token: buyer.token ?? '', headers })).data.me.displayName).toBe('Bea')
    }
  })

  it('counts for nothing when it is forged', async () => {
    await using shop = await openStopped()
    const buyer = await person(shop.system, 'buyer')
    const claim = Buffer.from(JSON.stringify([[`order.Order-${buyer.id}`, 7]])).toString('base64url')
    const expiry = (Date.now() + 60_000).toString(36)
    const token = `${claim}.${expiry}.${Buffer.alloc(16).toString('base64url')}`
    buyer.cookies.set('mct_forged', token)
    expect((await buyer.send(ORDERS, {}, { headers: { 'x-consistency-token': token } })).data.orders.edges).toEqual([])
  })

  it('is kept by the connection over WebSocket', async () => {
    await using shop = await openStopped()
    const buyer = await person(shop.system, 'buyer')
    await using server = await listen(shop.system.gateway)
    await using socket = server.open(buyer.token)
    await using otherSocket = server.open(buyer.token)
    expect((await socket.send({ query: METHODS })).data?.['me'].paymentMethods).toEqual([])
    shop.views.hold()
    const input = { token: 'tok_approved', label: 'over the socket' }
    const added = await socket.send({
      query: mutation('addPaymentMethod', 'paymentMethod { id }'),
      variables: { input },
    })
    const id = added.data?.['addPaymentMethod'].paymentMethod.id
    expect((await socket.send({ query: METHODS })).data?.['me'].paymentMethods).toEqual([{ id, label: input.label }])
    expect((await otherSocket.send({ query: METHODS })).data?.['me'].paymentMethods).toEqual([])
    // The token of the answer takes it elsewhere.
    const headers = { 'x-consistency-token': String(added.extensions?.['consistencyToken']) }
    const app = createClient(shop.system.gateway)
    const elsewhere = await app.send(METHODS, {}, { token: buyer.token ?? '', headers })
    expect(elsewhere.data.me.paymentMethods).toHaveLength(1)
  })
})
