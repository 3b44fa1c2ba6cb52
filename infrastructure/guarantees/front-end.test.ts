import { createMercatoClient, type MercatoClient, type Tokens } from '@mercato/client'
import {
  AddToGuestCart,
  ChangePrice,
  Me,
  Product,
  ReceiveStock,
  StockChanged,
  UpdateProfile,
  UserChanged,
} from '@mercato/client/operations'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FrontDoor, openFrontDoor } from './testing-front-door.ts'
import { PASSWORD, type Person, person, stocked } from './testing-people.ts'
import { openSystem, type System } from './testing-system.ts'
import { slowViews } from './testing-wraps.ts'

let system: System
let merchandiser: Person
let customer: Person
beforeAll(async () => {
  system = await openSystem({ wrap: slowViews({ views: ['products'], delayMs: () => 30 }) })
  merchandiser = await person(system, 'merchandiser', 'MERCHANDISER')
  customer = await person(system, 'customer')
})
afterAll(async () => system[Symbol.asyncDispose]())

const PATIENCE = { timeout: 10_000 }

const signedIn = async (
  door: FrontDoor,
  who: Person,
  live: 'websocket' | 'sse' = 'websocket',
): Promise<MercatoClient> => {
  const client = createMercatoClient({ url: `${door.url}/graphql`, live })
  await client.signIn(`${who.username}@example.com`, PASSWORD)
  return client
}

const receive = (sku: string, quantity = 1) => merchandiser.tell('receiveStock', { sku, quantity }, '')

describe('a front end', () => {
  it('signs in, and is told when it may not', async () => {
    await using door = await openFrontDoor(system)
    using client = await signedIn(door, customer)
    expect((await client.query(Me)).data.me?.username).toBe('customer')
    await expect(client.signIn('customer@example.com', 'wrong')).rejects.toMatchObject({
      name: 'ClientFailure',
      code: expect.stringMatching(/^USER\./),
    })
    await client.signOut()
    expect(client.session.tokens).toBeUndefined()
    expect((await client.query(Me)).data.me).toBeNull()
  })

  it('takes along what it gathered as a guest, and signs in although somebody else’s token is no good', async () => {
    await stocked(merchandiser, 'GUEST-1', 10)
    await using door = await openFrontDoor(system)
    using client = createMercatoClient({ url: `${door.url}/graphql` })
    const gathered = await client.mutate(AddToGuestCart, { input: { sku: 'GUEST-1', quantity: 3 } })
    const guestToken = gathered.data.addToGuestCart.guestToken ?? ''
    const merged = await client.signIn('customer@example.com', PASSWORD, { guestToken })
    expect(merged?.data.mergeGuestCart).toMatchObject({
      cart: { lines: [{ sku: 'GUEST-1', quantity: 3 }] },
      leftOut: [],
      userErrors: [],
    })
    const refused = await client.signIn('customer@example.com', PASSWORD, { guestToken: `${guestToken}x` })
    expect(refused?.data.mergeGuestCart.userErrors).toHaveLength(1)
    expect((await client.query(Me)).data.me?.username).toBe('customer')
  })

  it('reads what it wrote, also from another gateway, and what it wrote side by side', async () => {
    const products = await Promise.all(['READ-1', 'READ-2', 'READ-3'].map(sku => stocked(merchandiser, sku, 0)))
    await using door = await openFrontDoor(system)
    using client = await signedIn(door, merchandiser)
    const price = { amount: '77.00', currency: 'EUR' } as const
    await Promise.all(products.map(({ id }) => client.mutate(ChangePrice, { input: { id, price } })))
    await door.close()
    await door.open()
    for (const { sku } of products)
      expect((await client.query(Product, { sku })).data.product?.price).toEqual({ amount: '77.00', currency: 'EUR' })
  })

  it('has a mutation take effect once although its answer was lost twice', async () => {
    await stocked(merchandiser, 'ONCE-1', 10)
    let losing = 2
    await using door = await openFrontDoor(system, {
      before: answer => (request, response) => {
        if (request.headers['idempotency-key'] !== undefined && losing > 0) {
          losing--
          response.writeHead = () => response.destroy()
        }
        answer(request, response)
      },
    })
    using client = await signedIn(door, merchandiser)
    const { data } = await client.mutate(ReceiveStock, { input: { sku: 'ONCE-1', quantity: 5 } })
    expect(losing).toBe(0)
    expect(data.receiveStock.userErrors).toEqual([])
    expect(data.receiveStock.stock?.onHand).toBe(15)
  })

  it('renews its access token when the gateway no longer accepts it, once for all who ask', async () => {
    await using door = await openFrontDoor(system)
    using client = await signedIn(door, customer)
    const held = client.session.tokens as Tokens
    client.session.use({ ...held, accessToken: `${held.accessToken}x` })
    const answers = await Promise.all(Array.from({ length: 5 }, () => client.query(Me)))
    expect(answers.map(({ data }) => data.me?.username)).toEqual(Array(5).fill('customer'))
    expect(client.session.tokens?.refreshToken).not.toBe(held.refreshToken)
    client.session.use({ ...held, accessToken: 'x', refreshToken: 'y' })
    await expect(client.query(Me)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    expect(client.session.tokens).toBeUndefined()
  })
})

describe.each(['websocket', 'sse'] as const)('a stream over %s', live => {
  it('goes on through restarts of the gateway: nothing is missed, nothing comes twice', async () => {
    const sku = `LIVE-${live}`
    await stocked(merchandiser, sku, 0)
    await using door = await openFrontDoor(system)
    using client = createMercatoClient({ url: `${door.url}/graphql`, live })
    const states: string[] = []
    const seen: number[] = []
    const ending = new AbortController()
    const following = (async () => {
      const options = { signal: ending.signal, onState: (state: string) => void states.push(state) }
      for await (const { data } of client.subscribe(StockChanged, { skus: [sku] }, options))
        seen.push(data.stockChanged.stock.available)
    })()
    await expect
      .poll(async () => {
        await receive(sku)
        return seen.length
      })
      .toBeGreaterThan(0)
    for (let restart = 0; restart < 3; restart++) {
      for (let i = 0; i < 5; i++) await receive(sku)
      const closing = door.close()
      for (let i = 0; i < 5; i++) await receive(sku)
      await closing
      for (let i = 0; i < 5; i++) await receive(sku)
      const times = states.filter(state => state === 'live').length
      await door.open()
      await expect.poll(() => states.filter(state => state === 'live').length, PATIENCE).toBeGreaterThan(times)
    }
    await receive(sku, 1_000)
    await expect.poll(() => seen.at(-1) ?? 0, PATIENCE).toBeGreaterThan(1_000)
    const [first = 0] = seen
    expect(seen).toEqual([...Array.from({ length: seen.length - 1 }, (_, i) => first + i), (seen.at(-2) ?? 0) + 1_000])
    ending.abort()
    await following
  })

  it('goes on with a renewed token when the gateway ends it because a role changed', async () => {
    await using door = await openFrontDoor(system)
    const admin = await person(system, `admin-${live}`, 'ADMIN')
    const watched = await person(system, `watched-${live}`)
    using client = await signedIn(door, watched, live)
    const before = client.session.tokens
    const names: unknown[] = []
    const ending = new AbortController()
    const following = (async () => {
      for await (const { data } of client.subscribe(UserChanged, {}, { signal: ending.signal }))
        names.push(data.userChanged.user?.displayName)
    })()
    let attempt = 0
    const rename = (displayName: string) => client.mutate(UpdateProfile, { input: { displayName } })
    await expect
      .poll(async () => {
        await rename(`Name ${attempt++}`)
        return names.length
      }, PATIENCE)
      .toBeGreaterThan(0)
    await admin.tell('assignRole', { userId: watched.id, role: 'SUPPORT' }, '')
    await expect.poll(() => client.session.tokens?.accessToken, PATIENCE).not.toBe(before?.accessToken)
    await rename('Three')
    await expect.poll(() => names.at(-1), PATIENCE).toBe('Three')
    ending.abort()
    await following
  })

  it('belongs to who is signed in when it begins', async () => {
    await using door = await openFrontDoor(system)
    using client = createMercatoClient({ url: `${door.url}/graphql`, live })
    const states: string[] = []
    const ending = new AbortController()
    const { signal } = ending
    const options = { signal, onState: (state: string) => void states.push(state) }
    const anybodys = client.subscribe(StockChanged, { skus: ['NOTHING'] }, options).next()
    await expect.poll(() => states, PATIENCE).toContain('live')
    await expect(client.subscribe(UserChanged, {}).next()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    await client.signIn('customer@example.com', PASSWORD)
    const tokens = client.session.tokens
    let theirs: unknown
    void client
      .subscribe(UserChanged, {}, { signal })
      .next()
      .then(({ value }) => {
        theirs = value?.data.userChanged.user.id
      })
    let attempt = 0
    await expect
      .poll(async () => {
        await client.mutate(UpdateProfile, { input: { displayName: `${live} ${attempt++}` } })
        return theirs
      }, PATIENCE)
      .toBe(customer.id)
    expect(client.session.tokens).toBe(tokens)
    ending.abort()
    await anybodys
  })

  it('goes on from a cursor, and says when a cursor is not its own', async () => {
    const sku = `CURSOR-${live}`
    await stocked(merchandiser, sku, 0)
    await using door = await openFrontDoor(system)
    using client = createMercatoClient({ url: `${door.url}/graphql`, live })
    const first = client.subscribe(StockChanged, { skus: [sku] })
    let event: Awaited<ReturnType<typeof first.next>> | undefined
    void first.next().then(next => {
      event = next
    })
    await expect
      .poll(async () => {
        await receive(sku)
        return event
      }, PATIENCE)
      .toBeDefined()
    await first.return()
    const after = event?.value?.cursor
    const seen = event?.value?.data.stockChanged.stock.available ?? 0
    await receive(sku)
    const rest = client.subscribe(StockChanged, { skus: [sku] }, { after })
    expect((await rest.next()).value?.data.stockChanged.stock.available).toBe(seen + 1)
    await rest.return()
    const foreign = client.subscribe(StockChanged, { skus: ['ANOTHER'] }, { after })
    await expect(foreign.next()).rejects.toMatchObject({ code: 'CURSOR_EXPIRED' })
  })
})
