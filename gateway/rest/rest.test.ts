import { readFileSync } from 'node:fs'
import { readOperation } from '@mercato/schema/stored-operations'
import { Validator } from '@seriousme/openapi-schema-validator'
import { buildSchema, GraphQLError, graphql, parse, validate } from 'graphql'
import { beforeEach, describe, expect, it } from 'vitest'
import { createRest } from './rest.ts'
import { routesFor } from './routes.ts'
import { DEMO_SELLER } from './seller.ts'

const schema = buildSchema(readFileSync(new URL('../../schema/api.graphql', import.meta.url), 'utf8'))

type Arguments = Readonly<Record<string, never>>
const coded = (code: string): Error => new GraphQLError('No.', { extensions: { code, correlationId: 'c-1' } })

const users = new Map<string, { id: string; username: string; createdAt: string }>()
const eur = (amount: string) => ({ amount, currency: 'EUR' })
const product = (sku: string) => ({
  id: `id-of-${sku}`,
  sku,
  name: sku,
  description: '',
  category: 'tea',
  attributes: [],
  images: [],
  weightGrams: 100,
  published: true,
  price: eur('1.00'),
  stock: { inStock: true },
})
const order = {
  id: 'o-1',
  number: 'M-2026-AAAAAA',
  status: 'PENDING',
  statusReason: null,
  placedAt: '2026-01-01T00:00:00Z',
  deliveredAt: null,
  lines: [],
  totals: { items: eur('1.00'), shipping: eur('0.00'), tax: eur('0.19'), grandTotal: eur('1.19') },
  shipments: [],
  returns: [],
}
let asked: Record<string, unknown> = {}

/** The graph as REST sees it: the real schema over a few things in memory. */
const graph = {
  registerUser: ({ input }: { input: { email: string; username: string } }) => {
    if (users.has(input.email))
      return { userErrors: [{ code: 'USER.EMAIL_TAKEN', message: 'There is one.', field: ['email'] }] }
    const user = { id: `u-${users.size + 1}`, username: input.username, createdAt: '2026-01-01T00:00:00Z' }
    users.set(input.email, user)
    return { user, userErrors: [] }
  },
  user: ({ id }: { id: string }) => [...users.values()].find(user => user.id === id) ?? null,
  signIn: () => ({ userErrors: [{ code: 'USER.SIGN_IN_REFUSED', message: 'No.', field: null }] }),
  me: () => null,
  product: ({ id }: { id: string }) => (id === 'down' ? coded('SERVICE_UNAVAILABLE') : product(id)),
  products: (args: Arguments) => {
    asked = args
    const more = args['after'] === undefined
    return {
      totalCount: 2,
      pageInfo: {
        ...{ hasNextPage: more, endCursor: more ? 'a b&c' : 'z' },
        ...{ hasPreviousPage: !more, startCursor: more ? 'x' : 'y' },
      },
      edges: [{ node: product(more ? 'first' : 'second') }],
    }
  },
  order: ({ id }: { id: string }) => (id === 'theirs' ? coded('FORBIDDEN') : null),
  orders: () => coded('UNAUTHENTICATED'),
  placeOrder: (args: Arguments) => {
    asked = args
    return { order, userErrors: [] }
  },
  cancelOrder: () => ({
    userErrors: [{ code: 'ORDER.ALREADY_SHIPPED', message: 'The order has been shipped.', field: null }],
  }),
}

const routes = routesFor(DEMO_SELLER)
const rest = createRest()
const call = async (method: string, path: string, body?: string | object, headers: Record<string, string> = {}) => {
  const text = typeof body === 'object' ? JSON.stringify(body) : body
  const request = new Request(`http://shop.example/api/v1${path}`, {
    method,
    headers: { ...(text === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(text === undefined ? {} : { body: text }),
  })
  const response = await rest.fetch(request, ({ query, variables }) =>
    graphql({ schema, source: query ?? '', rootValue: graph, variableValues: variables ?? {} }),
  )
  const answer = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    type: response.headers.get('content-type'),
    text: answer,
    // biome-ignore lint/suspicious/noExplicitAny: answers are asserted on, field by field
    json: (answer === '' ? undefined : JSON.parse(answer)) as any,
  }
}
const expectProblem = (answer: Awaited<ReturnType<typeof call>>, status: number, code: string): void => {
  expect([answer.status, answer.type]).toEqual([status, 'application/problem+json'])
  expect(answer.json).toMatchObject({ type: 'about:blank', status, code })
  expect(answer.json.title).not.toBe('Error')
}

/** Where the `Link` header leads, by relation. */
const linksOf = (headers: Headers): Readonly<Record<string, string>> =>
  Object.fromEntries(
    (headers.get('link') ?? '')
      .split(', ')
      .map(each => /^<\/api\/v1([^>]+)>; rel="(\w+)"$/.exec(each))
      .map(found => [found?.[2] ?? '', found?.[1] ?? '']),
  )
const parametersOf = (links: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(links).map(([rel, link]) => [rel, Object.fromEntries(new URLSearchParams(link.split('?')[1]))]),
  )

beforeEach(() => {
  users.clear()
  asked = {}
})

describe('accounts', () => {
  const john = { email: 'user@example.com', username: 'johndoe' }

  it('are created: 201, where it is, and the public profile', async () => {
    const { status, headers, json } = await call('POST', '/users', john)
    expect([status, headers.get('location')]).toEqual([201, '/api/v1/users/u-1'])
    expect(json).toEqual({ id: 'u-1', username: 'johndoe', createdAt: '2026-01-01T00:00:00Z' })
    expect(headers.get('cache-control')).toBe('no-store')
    expect((await call('GET', '/users/u-1')).json).toEqual(json)
  })

  it('are not created twice: 409, with the field in the way', async () => {
    await call('POST', '/users', john)
    const again = await call('POST', '/users', john)
    expectProblem(again, 409, 'USER.EMAIL_TAKEN')
    expect(again.json.errors).toEqual([{ code: 'USER.EMAIL_TAKEN', message: 'There is one.', field: ['email'] }])
  })

  it('that do not exist are 404', async () => {
    expectProblem(await call('GET', '/users/123'), 404, 'NOT_FOUND')
  })

  it('cannot be signed in to with a wrong password: 401', async () => {
    const refused = await call('POST', '/sessions', { email: 'a@example.com', password: 'wrong' })
    expectProblem(refused, 401, 'USER.SIGN_IN_REFUSED')
    expect(refused.headers.get('www-authenticate')).toBe('Bearer')
  })

  it('that are needed but not given are asked for: 401', async () => {
    expectProblem(await call('GET', '/payment-methods'), 401, 'UNAUTHENTICATED')
    expectProblem(await call('GET', '/orders'), 401, 'UNAUTHENTICATED')
  })
})

describe('a body that cannot be used', () => {
  it.each([
    ['is no JSON', '{"email":', {}, 400, 'BAD_USER_INPUT'],
    ['is empty', '', {}, 400, 'BAD_USER_INPUT'],
    ['is no object', '[]', {}, 400, 'BAD_USER_INPUT'],
    ['is null', 'null', {}, 400, 'BAD_USER_INPUT'],
    ['lacks a field', '{"email":"a@example.com"}', {}, 400, 'BAD_USER_INPUT'],
    ['has a field of another type', '{"email":1,"username":"a"}', {}, 400, 'BAD_USER_INPUT'],
    ['has a field nobody knows', '{"email":"a@example.com","username":"a","isAdmin":true}', {}, 400, 'BAD_USER_INPUT'],
    ['is something else', '{}', { 'content-type': 'text/plain' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['is a form', 'email=a', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['is too large', JSON.stringify({ email: 'a'.repeat(200_000) }), {}, 413, 'PAYLOAD_TOO_LARGE'],
  ])('because it %s is refused, and nothing is asked of the graph', async (_, body, headers, status, code) => {
    expectProblem(await call('POST', '/users', body, headers), status, code)
    expect(users.size).toBe(0)
  })

  it('is refused with the path of every field that is wrong', async () => {
    const { json } = await call('POST', '/orders', { lines: [{ sku: 'A', quantity: 'two' }], shippingAddress: {} })
    const fields = json.errors.map(({ field }: { field: string[] }) => field.join('.'))
    expect(fields).toEqual(expect.arrayContaining(['lines.0.quantity', 'paymentMethodId', 'shippingAddress.city']))
  })
})

describe('lists', () => {
  it('refuse a parameter that is given twice', async () => {
    const twice = await call('GET', '/products?first=1&first=2')
    expectProblem(twice, 400, 'BAD_USER_INPUT')
    expect(twice.json.errors).toEqual([
      { code: 'BAD_USER_INPUT', message: 'It is given more than once.', field: ['first'] },
    ])
  })

  it('lead to their first, previous and next page by a Link header, keeping the filter', async () => {
    const { json, headers } = await call('GET', '/products?category=tea&first=1&inStock=true')
    expect(asked).toMatchObject({ first: 1, filter: { category: 'tea', inStock: true } })
    expect(json).toMatchObject({ items: [{ sku: 'first' }], totalCount: 2, nextCursor: 'a b&c', previousCursor: null })
    const filter = { category: 'tea', inStock: 'true' }
    const links = linksOf(headers)
    expect(parametersOf(links)).toEqual({
      first: { ...filter, first: '1' },
      next: { ...filter, first: '1', after: 'a b&c' },
    })
    const second = await call('GET', links['next'] ?? '')
    expect(asked).toMatchObject({ first: 1, after: 'a b&c' })
    expect([second.json.nextCursor, second.json.previousCursor]).toEqual([null, 'y'])
    expect(parametersOf(linksOf(second.headers))).toEqual({
      first: { ...filter, first: '1' },
      prev: { ...filter, last: '1', before: 'y' },
    })
    await call('GET', linksOf(second.headers)['prev'] ?? '')
    expect(asked).toMatchObject({ last: 1, before: 'y' })
    await call('GET', '/products')
    expect(asked).toMatchObject({ first: 20 })
  })

  it.each(['first=0', 'first=101', 'first=many', 'first=1.5', 'inStock=perhaps'])('refuse ?%s', async query => {
    expectProblem(await call('GET', `/products?${query}`), 400, 'BAD_USER_INPUT')
  })

  it('that are public may be kept, but not for somebody who is signed in', async () => {
    const cacheControl = async (headers: Record<string, string>) =>
      (await call('GET', '/products', undefined, headers)).headers.get('cache-control')
    expect(await cacheControl({})).toBe('public, max-age=5')
    expect(await cacheControl({ authorization: 'Bearer x' })).toBe('no-store')
  })
})

describe('answers', () => {
  it('are not sent again to who has them: 304', async () => {
    const { headers } = await call('GET', '/products/a')
    const etag = headers.get('etag') ?? ''
    const again = await call('GET', '/products/a', undefined, { 'if-none-match': `"other", W/${etag}` })
    expect([again.status, again.text]).toEqual([304, ''])
    expect((await call('GET', '/products/b', undefined, { 'if-none-match': etag })).status).toBe(200)
  })

  it('to HEAD are those to GET without a body', async () => {
    const head = await call('HEAD', '/products/a')
    expect([head.status, head.text, head.headers.get('content-type')]).toEqual([200, '', 'application/json'])
    expect((await call('HEAD', '/users/123')).status).toBe(404)
  })

  it.each([
    ['/orders/theirs', 403, 'FORBIDDEN'],
    ['/orders/none', 404, 'NOT_FOUND'],
    ['/products/down', 503, 'SERVICE_UNAVAILABLE'],
    ['/nothing', 404, 'NOT_FOUND'],
    [`/users/${'a'.repeat(101)}`, 404, 'NOT_FOUND'],
    ['/users/%E0%A4%A', 404, 'NOT_FOUND'],
  ])('to GET %s are %d', async (path, status, code) => {
    expectProblem(await call('GET', path), status, code)
  })

  it.each(['PUT', 'PATCH', 'DELETE', 'GET'])('to a method without meaning say which have one: %s', async method => {
    const refused = await call(method, '/sessions')
    expectProblem(refused, 405, 'METHOD_NOT_ALLOWED')
    expect(refused.headers.get('allow')).toBe('POST')
  })

  it('to business refusals are 409 when something is in the way', async () => {
    expectProblem(await call('POST', '/orders/o-1/cancellation', {}), 409, 'ORDER.ALREADY_SHIPPED')
  })
})

describe('orders', () => {
  it('are placed: 201 and where it is', async () => {
    const shippingAddress = { name: 'J', line1: 'Road 1', city: 'Berlin', postalCode: '10115', country: 'DE' }
    const body = { lines: [{ sku: 'A', quantity: 2 }], paymentMethodId: 'm-1', shippingAddress }
    const { status, headers, json } = await call('POST', '/orders', body)
    expect([status, headers.get('location')]).toEqual([201, '/api/v1/orders/o-1'])
    expect(json).toEqual(order)
    expect(asked).toEqual({ input: body })
  })
})

describe('every route', () => {
  it.each(routes.map(route => [route.operation, route] as const))('runs an operation that fits the graph: %s', name => {
    expect(validate(schema, parse(readOperation(`rest/${name}`).query))).toEqual([])
  })
})

describe('the OpenAPI document', () => {
  it('is one, and names every route', async () => {
    const { json, status } = await call('GET', '/openapi.json')
    expect(status).toBe(200)
    const { valid, errors } = await new Validator().validate(json)
    expect([valid, errors]).toEqual([true, undefined])
    for (const { method, path } of routes) expect(json.paths[`/api/v1${path}`]).toHaveProperty(method.toLowerCase())
    const ids = routes.map(({ operation }) => operation)
    expect(new Set(ids).size).toBe(routes.length)
  })

  it('refers only to what it holds, and says what needs a signed-in person', async () => {
    const { json, text } = await call('GET', '/openapi.json')
    const referred = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name)
    expect(referred.length).toBeGreaterThan(20)
    for (const name of referred) expect(json.components.schemas).toHaveProperty(name ?? '')
    expect(json.paths['/api/v1/orders'].get.security).toEqual([{ apiKey: [], accessToken: [] }])
    expect(json.paths['/api/v1/users'].post.security).toEqual([{ apiKey: [] }])
  })
})
