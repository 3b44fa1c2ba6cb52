import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  act,
  customer,
  eventually,
  GET,
  inStatus,
  MUG,
  openShop,
  placed,
  placeOrder,
  type Shop,
  stranger,
  support,
} from './testing/shop.ts'

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop[Symbol.asyncDispose]())

const LIST = /* GraphQL */ `
  query List($first: Int, $after: String, $last: Int, $before: String, $filter: OrderFilter, $customerId: ID) {
    orders(first: $first, after: $after, last: $last, before: $before, filter: $filter, customerId: $customerId) {
      totalCount
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      edges { cursor node { id } }
    }
  }
`
const list = async (variables: Record<string, unknown> = {}, viewer = customer) => {
  const { data, errors } = await shop.client.query(LIST, variables, { viewer })
  const connection = data?.orders
  return { ids: connection?.edges.map(({ node }: { node: { id: string } }) => node.id), ...connection, errors }
}
const codeOf = ({ errors }: { readonly errors?: readonly { extensions?: Record<string, unknown> }[] | undefined }) =>
  errors?.[0]?.extensions?.['code']

/** Places orders an hour apart, oldest first. */
const several = async (count: number): Promise<string[]> => {
  const ids: string[] = []
  for (let index = 0; index < count; index++) {
    ids.push(await placed(shop, { lines: [{ productId: MUG, quantity: 1 }] }))
    shop.clock.advance(3_600_000)
  }
  await eventually(async () => ((await list()).ids.length === count ? true : undefined))
  return ids
}

describe('one order', () => {
  it('is found by its number, however it is typed', async () => {
    const { data } = await placeOrder(shop)
    const { id, number } = data.placeOrder.order
    const found = await shop.client.query(GET, { number: ` ${number.toLowerCase()} ` })
    expect(found.data.order.id).toBe(id)
  })

  it.each(['M-2026-000000', 'nonsense', '\u0000', 'x'.repeat(10_240)])('is not found by the number %#', async number =>
    expect((await shop.client.query(GET, { number })).data.order).toBeNull(),
  )

  it('is asked for by exactly one of id and number', async () => {
    expect(codeOf(await shop.client.query(GET, {}))).toBe('BAD_USER_INPUT')
    expect(codeOf(await shop.client.query(GET, { id: 'a', number: 'b' }))).toBe('BAD_USER_INPUT')
  })

  it('by number is nobody else’s', async () => {
    const { data } = await placeOrder(shop)
    const found = await shop.client.query(GET, { number: data.placeOrder.order.number }, { viewer: stranger })
    expect([found.data.order, codeOf(found)]).toEqual([null, 'FORBIDDEN'])
  })
})

describe('a list of orders', () => {
  it('shows one’s own, newest first', async () => {
    const ids = await several(3)
    expect(await list()).toMatchObject({
      ids: ids.toReversed(),
      totalCount: 3,
      pageInfo: { hasNextPage: false, hasPreviousPage: false },
    })
    expect(await list({}, stranger)).toMatchObject({ ids: [], totalCount: 0 })
  })

  it('shows everybody’s to those who may, or one customer’s', async () => {
    const ids = await several(2)
    expect((await list({}, support)).ids).toEqual(ids.toReversed())
    expect((await list({ customerId: customer.user?.id }, support)).ids).toHaveLength(2)
    expect((await list({ customerId: stranger.user?.id }, support)).ids).toEqual([])
    expect(codeOf(await list({ customerId: customer.user?.id }, stranger))).toBe('FORBIDDEN')
  })

  it('is read page by page in both directions', async () => {
    const ids = (await several(5)).toReversed()
    const first = await list({ first: 2 })
    expect(first).toMatchObject({ ids: ids.slice(0, 2), pageInfo: { hasNextPage: true, hasPreviousPage: false } })
    const second = await list({ first: 2, after: first.pageInfo.endCursor })
    expect(second).toMatchObject({ ids: ids.slice(2, 4), pageInfo: { hasNextPage: true, hasPreviousPage: true } })
    const third = await list({ first: 2, after: second.pageInfo.endCursor })
    expect(third).toMatchObject({ ids: ids.slice(4), pageInfo: { hasNextPage: false } })
    const back = await list({ last: 2, before: third.pageInfo.startCursor })
    expect(back).toMatchObject({ ids: ids.slice(2, 4), pageInfo: { hasNextPage: true, hasPreviousPage: true } })
    expect(await list({ last: 4 })).toMatchObject({
      ids: ids.slice(1),
      pageInfo: { hasNextPage: false, hasPreviousPage: true },
    })
  })

  it.each(['forwards', 'backwards'])(
    'read %s while orders come and change shows those that were there once',
    async way => {
      const ids = (await several(7)).toReversed()
      const seen: string[] = []
      let cursor: string | null = null
      for (let round = 0; ; round++) {
        const page = await list(way === 'forwards' ? { first: 2, after: cursor } : { last: 2, before: cursor })
        if (way === 'forwards') seen.push(...page.ids)
        else seen.unshift(...page.ids)
        cursor = way === 'forwards' ? page.pageInfo.endCursor : page.pageInfo.startCursor
        if (!(way === 'forwards' ? page.pageInfo.hasNextPage : page.pageInfo.hasPreviousPage)) break
        const id = ids[3 + (round % 3)] ?? ''
        await placed(shop, { lines: [{ sku: 'PEN-1', quantity: 1 }] })
        await act(shop, 'cancelOrder', { orderId: id })
        shop.clock.advance(3_600_000)
      }
      expect(seen.filter(id => ids.includes(id))).toEqual(ids)
    },
  )

  it('is filtered by status', async () => {
    const [first = '', second = ''] = await several(2)
    await inStatus(shop, first, 'CONFIRMED')
    await act(shop, 'cancelOrder', { orderId: first })
    await eventually(async () =>
      (await list({ filter: { status: 'CANCELLED' } })).ids[0] === first ? true : undefined,
    )
    await inStatus(shop, second, 'CONFIRMED')
    await eventually(async () =>
      (await list({ filter: { status: 'CONFIRMED' } })).ids[0] === second ? true : undefined,
    )
    expect((await list({ filter: { status: 'PENDING' } })).ids).toEqual([])
  })

  it('is filtered by date', async () => {
    const ids = await several(5)
    const filter = { placedFrom: '2026-01-01T01:00:00Z', placedBefore: '2026-01-01T04:00:00Z' }
    const within = ids.slice(1, 4).toReversed()
    expect(await list({ filter })).toMatchObject({ ids: within, totalCount: null, pageInfo: { hasNextPage: false } })
    const page = await list({ filter, first: 2 })
    expect(page).toMatchObject({ ids: within.slice(0, 2), pageInfo: { hasNextPage: true } })
    expect(await list({ filter, first: 2, after: page.pageInfo.endCursor })).toMatchObject({
      ids: within.slice(2),
      pageInfo: { hasNextPage: false },
    })
    expect(await list({ filter, last: 2 })).toMatchObject({ ids: within.slice(1), pageInfo: { hasPreviousPage: true } })
  })

  it('refuses pages of no or of too many entries, both ends at once, and cursors that are none', async () => {
    for (const page of [
      { first: 0 },
      { first: -1 },
      { first: 101 },
      { first: 1, last: 1 },
      { first: 1, after: 'nonsense' },
    ])
      expect(codeOf(await list(page)), JSON.stringify(page)).toBe('BAD_USER_INPUT')
  })

  it('holds at once what the session has written, or says that it does not', async () => {
    for (let index = 0; index < 20; index++) {
      const { data, extensions } = await placeOrder(shop, { lines: [{ productId: MUG, quantity: 1 }] })
      const written = extensions?.consistency ?? {}
      expect(Object.keys(written)).toEqual([`order.Order-${data.placeOrder.order.id}`])
      const { data: seen } = await shop.client.query(LIST, {}, { consistency: written })
      expect(seen.orders.edges.map(({ node }: { node: { id: string } }) => node.id)).toContain(data.placeOrder.order.id)
    }
    const never = await shop.client.query(
      LIST,
      {},
      { consistency: { 'order.Order-018f0000-0000-7000-8000-00000000dead': 3 } },
    )
    expect(codeOf(never)).toBe('STALE_READ')
  })
})

describe('across the graph', () => {
  const ENTITIES = /* GraphQL */ `
    query Entities($r: [_Any!]!) {
      _entities(representations: $r) {
        ... on Order { id number status }
        ... on User { id orders(first: 1) { totalCount edges { node { id } } } }
      }
    }
  `
  const resolve = (r: unknown[], viewer = customer, consistency = {}) =>
    shop.client.query(ENTITIES, { r }, { viewer, consistency })

  it('orders are resolved for those who may see them', async () => {
    const [first, second] = await several(2)
    const r = [first, second, 'nonsense'].map(id => ({ __typename: 'Order', id }))
    const own = await resolve(r)
    expect(own.data._entities).toMatchObject([{ id: first }, { id: second }, null])
    expect(own.errors).toBeUndefined()
    const foreign = await resolve(r, stranger)
    expect(foreign.data._entities).toEqual([null, null, null])
    expect(foreign.errors?.map(({ extensions }) => extensions?.['code'])).toEqual(['FORBIDDEN', 'FORBIDDEN'])
  })

  it('an order that the view does not have yet is read from the log', async () => {
    const { data, extensions } = await placeOrder(shop)
    const { id } = data.placeOrder.order
    const found = await resolve([{ __typename: 'Order', id }], customer, extensions?.consistency)
    expect(found.data._entities).toMatchObject([{ id, number: data.placeOrder.order.number }])
  })

  it('what shipping would cost follows from the weights that the catalogue knows now', async () => {
    const id = await placed(shop)
    const estimate = async (...lines: number[]) => {
      const representation = {
        __typename: 'Order',
        id,
        lines: lines.map(weightGrams => ({ product: { weightGrams } })),
      }
      const { data } = await shop.client.query(
        'query($r: [_Any!]!) { _entities(representations: $r) { ... on Order { shippingEstimate { amount currency } } } }',
        { r: [representation] },
      )
      return data._entities[0].shippingEstimate
    }
    expect(await estimate(400, 20)).toEqual({ amount: '4.90', currency: 'EUR' })
    expect(await estimate(2_000, 100)).toEqual({ amount: '6.70', currency: 'EUR' })
    expect(await estimate(400)).toBeNull()
  })

  it('a user has orders: one’s own, or anybody’s for those who may', async () => {
    const ids = await several(2)
    const r = [{ __typename: 'User', id: customer.user?.id }]
    expect((await resolve(r)).data._entities).toMatchObject([
      { orders: { totalCount: 2, edges: [{ node: { id: ids[1] } }] } },
    ])
    expect((await resolve(r, support)).data._entities[0].orders.totalCount).toBe(2)
    const foreign = await resolve(r, stranger)
    expect([foreign.data._entities[0].orders, codeOf(foreign)]).toEqual([null, 'FORBIDDEN'])
  })
})

it('an erased customer’s order stays, without the person', async () => {
  const id = await placed(shop)
  await inStatus(shop, id, 'CONFIRMED')
  await shop.ports.vault.destroy(customer.user?.id ?? '')
  const { data } = await shop.client.query(GET, { id }, { viewer: support })
  expect(data.order).toMatchObject({
    status: 'CONFIRMED',
    shippingAddress: { name: 'Erased', city: 'Erased', country: 'ZZ' },
  })
  const { shipBy } = data.order
  shop.clock.set(new Date(shipBy))
  await inStatus(shop, id, 'CANCELLED')
})
