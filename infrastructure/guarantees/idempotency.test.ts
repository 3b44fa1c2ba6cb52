import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Answer, createClient, faultIn, mutation } from './testing-client.ts'
import { ADDRESS, PASSWORD, type Person, payingWith, person, stocked } from './testing-people.ts'
import { listen } from './testing-socket.ts'
import { openSystem, type System } from './testing-system.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let system: System
let merchandiser: Person
let product: { readonly id: string; readonly sku: string }
beforeAll(async () => {
  system = await openSystem()
  merchandiser = await person(system, 'merchandiser', 'MERCHANDISER')
  product = await stocked(merchandiser, 'CUP', 1_000)
})
afterAll(() => system[Symbol.asyncDispose]())

let people = 0
let keys = 0
const buyer = () => person(system, `buyer${people++}`)
const aKey = () => `key-${keys++}`
const twenty = Array.from({ length: 20 }, (_, index) => index)
/** Everything that was ever appended. */
const logged = (): number => Object.values(system.ports).reduce((sum, { log }) => sum + log.events.length, 0)
const bodies = (answers: readonly Answer[]): ReadonlySet<string> =>
  new Set(answers.map(({ data, errors }) => JSON.stringify({ data, errors })))
const withoutTokens = (answer: Answer): unknown => {
  const { extensions: _, ...body } = JSON.parse(answer.text)
  return JSON.parse(JSON.stringify(body).replaceAll(/"consistencyToken":"[^"]*"/g, '"consistencyToken":"…"'))
}

const PLACE = mutation('placeOrder', 'order { id number totals { grandTotal { amount } } }')
const ADD = mutation('addToCart', 'cart { itemCount }')

describe('one key twenty times at once', () => {
  it('places one order and gives twenty identical answers', async () => {
    const somebody = await buyer()
    const input = {
      lines: [{ sku: product.sku, quantity: 2 }],
      paymentMethodId: await payingWith(somebody),
      shippingAddress: ADDRESS,
    }
    const key = aKey()
    const answers = await Promise.all(twenty.map(() => somebody.send(PLACE, { input }, { key })))
    expect(bodies(answers).size).toBe(1)
    expect(answers[0]?.data.placeOrder.userErrors).toEqual([])
    const mine = await somebody.send('{ orders(first: 10) { edges { node { id } } } }')
    expect(mine.data.orders.edges).toEqual([{ node: { id: answers[0]?.data.placeOrder.order.id } }])
  })

  it('changes a cart once, through two gateways and a WebSocket', async () => {
    const somebody = await buyer()
    await using second = await system.openGateway()
    await using server = await listen(system.gateway)
    await using socket = server.open(somebody.token)
    const input = { productId: product.id, quantity: 3 }
    const key = aKey()
    const answers = await Promise.all([
      ...twenty.map(index =>
        somebody.send(ADD, { input }, { key, gateway: index % 2 === 0 ? system.gateway : second }),
      ),
      socket.send({ query: ADD, variables: { input }, extensions: { idempotencyKey: key } }),
    ])
    expect(answers.map(({ data }) => data?.['addToCart'])).toEqual(
      answers.map(() => ({ cart: { itemCount: 3 }, userErrors: [] })),
    )
    expect((await somebody.send('{ cart { itemCount } }')).data.cart.itemCount).toBe(3)
  })

  it('registers one person', async () => {
    const visitor = createClient(system.gateway)
    const input = { email: 'once@example.com', username: 'once', password: PASSWORD, idempotencyKey: aKey() }
    const answers = await Promise.all(
      twenty.map(() => visitor.send(mutation('registerUser', 'user { id username email }'), { input })),
    )
    expect(bodies(answers).size).toBe(1)
    expect(answers[0]?.data.registerUser).toMatchObject({ user: { username: 'once' }, userErrors: [] })
  })

  it('receives stock once', async () => {
    const { sku } = await stocked(merchandiser, 'ONCE', 0)
    const key = aKey()
    const receive = mutation('receiveStock', 'stock { onHand }')
    const answers = await Promise.all(
      twenty.map(() => merchandiser.send(receive, { input: { sku, quantity: 7 } }, { key })),
    )
    expect(bodies(answers)).toEqual(
      new Set([JSON.stringify({ data: { receiveStock: { stock: { onHand: 7 }, userErrors: [] } } })]),
    )
  })

  it('gives the one refusal twenty times', async () => {
    const somebody = await buyer()
    const key = aKey()
    const before = logged()
    const answers = await Promise.all(
      twenty.map(() => somebody.send(ADD, { input: { productId: 'unknown', quantity: 1 } }, { key })),
    )
    expect(bodies(answers).size).toBe(1)
    expect(answers[0]?.data.addToCart.userErrors).toHaveLength(1)
    expect(logged()).toBe(before)
  })
})

describe('a key that was used before', () => {
  it('is refused with another input', async () => {
    const somebody = await buyer()
    const key = aKey()
    await somebody.tell('addToCart', { productId: product.id, quantity: 1 }, '', { key })
    const before = logged()
    const other = await somebody.send(ADD, { input: { productId: product.id, quantity: 2 } }, { key })
    expect(faultIn(other)).toBe('IDEMPOTENCY_KEY_REUSED')
    expect(other.errors?.[0]?.extensions).toMatchObject({ retryable: false })
    expect(logged()).toBe(before)
  })

  it('is refused for another mutation with the same input, whatever the alias', async () => {
    const somebody = await buyer()
    await somebody.tell('addToCart', { productId: product.id, quantity: 1 }, '')
    const input = { productId: product.id }
    const [key, before] = [aKey(), logged()]
    const same = 'userErrors { code }'
    const changing = `mutation ($input: ChangeQuantityInput!) { same: changeQuantity(input: $input) { ${same} } }`
    const adding = `mutation ($input: AddToCartInput!) { same: addToCart(input: $input) { ${same} } }`
    expect((await somebody.send(adding, { input: { ...input, quantity: 5 } }, { key })).errors).toBeUndefined()
    const other = await somebody.send(changing, { input: { ...input, quantity: 5 } }, { key })
    expect(faultIn(other)).toBe('IDEMPOTENCY_KEY_REUSED')
    expect(logged()).toBe(before + 1)
  })

  it('in the input is the same request under whatever alias', async () => {
    const somebody = await buyer()
    const input = { productId: product.id, quantity: 4, idempotencyKey: aKey() }
    const adding = (alias: string) =>
      `mutation ($input: AddToCartInput!) { ${alias}: addToCart(input: $input) { cart { itemCount } userErrors { code } } }`
    const first = await somebody.send(adding('first'), { input })
    const second = await somebody.send(adding('second'), { input })
    expect(second.data.second).toEqual(first.data.first)
    expect(first.data.first).toEqual({ cart: { itemCount: 4 }, userErrors: [] })
  })

  it('is somebody else’s: everybody has their own', async () => {
    const [ann, bob] = [await buyer(), await buyer()]
    const key = aKey()
    for (const somebody of [ann, bob]) {
      const { cart } = await somebody.tell('addToCart', { productId: product.id, quantity: 6 }, 'cart { itemCount }', {
        key,
      })
      expect(cart.itemCount).toBe(6)
    }
  })
})

describe('several mutations in one request', () => {
  const both = `mutation ($input: AddToCartInput!, $own: AddToCartInput!) {
    a: addToCart(input: $input) { cart { itemCount } userErrors { code } }
    b: addToCart(input: $input) { cart { itemCount } userErrors { code } }
    c: addToCart(input: $own) { cart { itemCount } userErrors { code } }
  }`

  it('have keys of their own, and each is answered again as before', async () => {
    const somebody = await buyer()
    const input = { productId: product.id, quantity: 1 }
    const variables = { input, own: { ...input, idempotencyKey: aKey() } }
    const key = aKey()
    const [first, ...others] = await Promise.all(twenty.map(() => somebody.send(both, variables, { key })))
    expect(first?.data).toEqual({
      a: { cart: { itemCount: 1 }, userErrors: [] },
      b: { cart: { itemCount: 2 }, userErrors: [] },
      c: { cart: { itemCount: 3 }, userErrors: [] },
    })
    for (const other of others) expect(other.data).toEqual(first?.data)
  })

  it('across contexts, too', async () => {
    const somebody = await buyer()
    const document = `mutation ($cart: AddToCartInput!, $card: AddPaymentMethodInput!, $profile: UpdateProfileInput!) {
      addToCart(input: $cart) { cart { itemCount } consistencyToken }
      addPaymentMethod(input: $card) { paymentMethod { id } consistencyToken }
      updateProfile(input: $profile) { user { displayName } consistencyToken }
    }`
    const variables = {
      cart: { productId: product.id, quantity: 1 },
      card: { token: 'tok_approved', label: 'card' },
      profile: { displayName: 'Bea' },
    }
    const key = aKey()
    const first = await somebody.send(document, variables, { key })
    expect(first.errors).toBeUndefined()
    const before = logged()
    const second = await somebody.send(document, variables, { key })
    expect(withoutTokens(second)).toEqual(withoutTokens(first))
    expect(logged()).toBe(before)
  })
})

it('a client that timed out after the commit gets the original answer when it tries again', async () => {
  const committed = Promise.withResolvers<void>()
  const answered = Promise.withResolvers<void>()
  await using shop = await openSystem({
    // The order is in the log; the answer is still on its way.
    wrap: (context, ports) =>
      context !== 'order'
        ? ports
        : {
            ...ports,
            idempotency: {
              ...ports.idempotency,
              async complete(...outcome) {
                committed.resolve()
                await answered.promise
                return ports.idempotency.complete(...outcome)
              },
            },
          },
  })
  const seller = await person(shop, 'seller', 'MERCHANDISER')
  const somebody = await person(shop, 'somebody')
  await stocked(seller, 'CUP', 10)
  const input = {
    lines: [{ sku: 'CUP', quantity: 1 }],
    paymentMethodId: await payingWith(somebody),
    shippingAddress: ADDRESS,
  }
  const impatient = new AbortController()
  const lost = somebody.send(PLACE, { input }, { key: 'once', signal: impatient.signal }).catch(() => 'gone')
  await committed.promise
  impatient.abort()
  const again = somebody.send(PLACE, { input }, { key: 'once' })
  answered.resolve()
  const { data } = await again
  await lost
  expect(data.placeOrder.userErrors).toEqual([])
  const orders = shop.ports.order.log.events.filter(({ type }) => type === 'OrderPlaced')
  expect(orders.map(({ streamId }) => streamId)).toEqual([`order.Order-${data.placeOrder.order.id}`])
})
