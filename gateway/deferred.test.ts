import { createHash } from 'node:crypto'
import type { SubgraphTransport } from '@mercato/adapters/subgraph-transport/subgraph-transport'
import { describe, expect, it, onTestFinished } from 'vitest'
import { APOLLO, type Asked, collect, IN_PARTS, post, readMultipart, WAYS } from './testing/in-parts.ts'
import { createNumbers } from './testing/numbers.ts'
import { issueToken, openGateway } from './testing/open-gateway.ts'

const open = async (options: Parameters<typeof openGateway>[0] = {}) => {
  const gate = await openGateway(options)
  onTestFinished(() => gate[Symbol.asyncDispose]())
  const { http: url } = await gate.listen()
  return { gate, url }
}

/** A subgraph that does not answer, and says whether it is still waited for. */
const silent = () => {
  const requests: Request[] = []
  const transport: SubgraphTransport = {
    fetch(request) {
      requests.push(request)
      return new Promise((_, reject) => request.signal.addEventListener('abort', () => reject(request.signal.reason)))
    },
    [Symbol.asyncDispose]: async () => undefined,
  }
  return { requests, transport }
}

const QUERY =
  'query ($later: Boolean! = true) { me { name ... @defer(if: $later, label: "later") { orders { id total } } } }'
const ORDERS = [{ id: 'o1', total: 10 }]
const IN_ORDER = [
  { data: { me: { name: 'Ada' } }, hasNext: true },
  { incremental: [{ label: 'later', path: ['me'], data: { orders: ORDERS } }], hasNext: false },
]

describe.each(WAYS)('an operation with @defer over %s', way => {
  const ask = async (url: string, asked: Asked, token?: string) =>
    collect(IN_PARTS[way](asked, { url, ...(token && { token }) }))

  it('is answered at once, and what is deferred follows', async () => {
    const { url } = await open()
    expect(await ask(url, { query: QUERY })).toEqual(IN_ORDER)
  })

  it('comes in parts while a subgraph is still silent, and keeps to the deadline of the request', async () => {
    const orders = silent()
    const { url } = await open({ replace: { orders: orders.transport }, timing: { deadlineMs: 700 } })
    const payloads = IN_PARTS[way]({ query: QUERY }, { url })
    expect((await payloads.next()).value).toEqual(IN_ORDER[0])
    expect(orders.requests.map(({ signal }) => signal.aborted)).toEqual([false])
    const { value } = await payloads.next()
    expect(value).toMatchObject({ hasNext: false })
    expect(value.incremental[0].data).toBeNull()
    expect(value.incremental[0].errors[0].extensions).toMatchObject({ code: 'TIMEOUT', retryable: true })
    expect((await payloads.next()).done).toBe(true)
  })

  it('shows in no part what is denied', async () => {
    const { url, gate } = await open()
    const query = `{ me { name ... @defer(label: "mail") { email } ... @defer(label: "pay") { name salary }
      orders { id ... @defer(label: "estimate") { estimate } } } }`
    const payloads = await ask(url, { query })
    const patches = payloads.flatMap(({ incremental = [] }) => incremental)
    const patch = (label: string) => patches.find((one: { label: string }) => one.label === label)
    const denied = (path: unknown[]) => [
      expect.objectContaining({ path, extensions: expect.objectContaining({ code: 'UNAUTHENTICATED' }) }),
    ]
    expect(payloads[0].data).toEqual({ me: { name: 'Ada', orders: [{ id: 'o1' }] } })
    expect(patch('mail')).toEqual({
      label: 'mail',
      path: ['me'],
      data: { email: null },
      errors: denied(['me', 'email']),
    })
    // Nobody may be without a salary: the null takes this part along, and no other.
    expect(patch('pay')).toEqual({ label: 'pay', path: ['me'], data: null, errors: denied(['me', 'salary']) })
    expect(patch('estimate')).toEqual({
      label: 'estimate',
      path: ['me', 'orders', 0],
      data: { estimate: null },
      errors: denied(['me', 'orders', 0, 'estimate']),
    })
    expect(gate.graph.seen.queries.some(({ query: sent }) => /email|salary|estimate|weight/.test(sent))).toBe(false)
  })

  it('shows it to those who may see it', async () => {
    const { url } = await open()
    const query = '{ me { name ... @defer { email orders { estimate } } } }'
    const payloads = await ask(url, { query }, await issueToken())
    expect(payloads.at(-1).incremental).toEqual([
      { path: ['me'], data: { email: 'ada@example.com', orders: [{ estimate: '5 days' }] } },
    ])
  })

  it('has nothing that follows an object which a denial took along', async () => {
    const { url } = await open()
    const payloads = await ask(url, { query: '{ me { salary ... @defer { orders { id } } } motto }' })
    expect(payloads).toHaveLength(1)
    expect(payloads[0].data).toEqual({ me: null, motto: 'Festina lente' })
  })

  it('is found again by its hash', async () => {
    const { url } = await open()
    const sha256Hash = createHash('sha256').update(QUERY).digest('hex')
    const extensions = { persistedQuery: { version: 1, sha256Hash } }
    await ask(url, { query: QUERY, extensions })
    expect(await ask(url, { query: '', extensions })).toEqual(IN_ORDER)
  })

  it('is counted once, with how it ended', async () => {
    const { metrics, read } = createNumbers()
    const { url } = await open({ metrics })
    await ask(url, { query: QUERY })
    await ask(url, { query: '{ me { id ... @defer { name salary } } }' })
    await expect.poll(() => read('mercato_gateway_operations_total')).toEqual({ 'query me ok': 1, 'query me error': 1 })
  })

  it('ends with its client: what is deferred is not worked for any more', async () => {
    const orders = silent()
    const { url } = await open({ replace: { orders: orders.transport } })
    const client = new AbortController()
    const payloads = IN_PARTS[way]({ query: QUERY }, { url, signal: client.signal })
    expect((await payloads.next()).value).toEqual(IN_ORDER[0])
    await expect.poll(() => orders.requests.length).toBe(1)
    const left = way === 'WebSocket' ? payloads.return(undefined) : payloads.next().catch(() => undefined)
    client.abort()
    await expect.poll(() => orders.requests[0]?.signal.aborted, { timeout: 5_000 }).toBe(true)
    await left
  })

  it.each([
    ['too many of them', `{ me { ${'... @defer { name } '.repeat(21)} } }`, 'QUERY_TOO_COMPLEX'],
    [
      'too many once fragments are written out',
      `{ me { ${[0, 1, 2, 3, 4].map(n => `f${n}: friends { ...A }`).join(' ')} } } fragment A on Person { ${'...B '.repeat(5)} } fragment B on Person { ... @defer { name } }`,
      'QUERY_TOO_COMPLEX',
    ],
    [
      'a label twice',
      '{ me { ... @defer(label: "a") { name } ... @defer(label: "a") { id } } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'a label from a variable',
      'query ($l: String) { me { ... @defer(label: $l) { name } } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['fields of a mutation itself', 'mutation { ... @defer { risky } }', 'GRAPHQL_VALIDATION_FAILED'],
    [
      'fields of a mutation behind a fragment',
      'mutation { ...M } fragment M on Mutation { ... @defer { risky } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['a subscription', 'subscription { renamed { person { ... @defer { name } } } }', 'GRAPHQL_VALIDATION_FAILED'],
    [
      'a subscription behind a fragment',
      'subscription { renamed { person { ...P } } } fragment P on Person { ... @defer { name } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['a field', '{ me @defer { name } }', 'GRAPHQL_VALIDATION_FAILED'],
  ])('is refused before anything is planned when it defers %s', async (_, query, code) => {
    const { url, gate } = await open()
    const refused = await ask(url, { query }).catch((errors: unknown) => [{ errors }])
    expect(refused[0].errors[0].extensions.code).toBe(code)
    expect(gate.graph.seen.queries).toEqual([])
  })
})

describe('a client that takes no parts', () => {
  it.each([
    'application/json',
    'application/graphql-response+json',
    '*/*',
    'multipart/mixed;deferSpec=20300101, application/json',
    'multipart/mixed;incrementalSpec=v0.2, application/json',
    'multipart/mixed;q=0, application/json',
  ])('and accepts %s gets everything in one answer', async accept => {
    const { url } = await open()
    const response = await post({ query: QUERY }, accept, { url })
    expect(response.headers.get('content-type')).toContain('json')
    expect(await response.json()).toEqual({ data: { me: { name: 'Ada', orders: ORDERS } } })
  })

  it('is what one becomes for whom @defer is off', async () => {
    const { url } = await open()
    const response = await post({ query: QUERY, variables: { later: false } }, APOLLO, { url })
    expect(response.headers.get('content-type')).toContain('json')
    expect(await response.json()).toEqual({ data: { me: { name: 'Ada', orders: ORDERS } } })
  })

  it('gets lists whole, too', async () => {
    const { url } = await open()
    const response = await post({ query: '{ orders { id ... @defer { total } } }' }, 'application/json', { url })
    expect(await response.json()).toEqual({
      data: {
        orders: [
          { id: 'o1', total: 10 },
          { id: 'o2', total: 20 },
        ],
      },
    })
  })
})

describe('an answer in parts', () => {
  it('is multipart/mixed of the incremental delivery that Apollo speaks', async () => {
    const { url } = await open()
    const response = await post({ query: QUERY }, APOLLO, { url })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('multipart/mixed; boundary="graphql"; deferSpec=20220824')
    expect(await response.text()).toBe(
      [
        '\r\n--graphql\r\ncontent-type: application/json; charset=utf-8\r\n\r\n',
        JSON.stringify(IN_ORDER[0]),
        '\r\n--graphql\r\ncontent-type: application/json; charset=utf-8\r\n\r\n',
        JSON.stringify(IN_ORDER[1]),
        '\r\n--graphql--\r\n',
      ].join(''),
    )
  })

  it('of a mutation says in its first part what was written, and signs the token wherever it comes', async () => {
    const { url } = await open()
    const query = 'mutation { rename(id: "1", name: "Eve") { person { name } ... @defer { consistencyToken } } }'
    const response = await post({ query }, APOLLO, { url })
    expect(response.headers.getSetCookie()).toHaveLength(1)
    const [first, last] = await collect(readMultipart(response))
    expect(first.extensions.consistencyToken).toEqual(expect.any(String))
    const [{ path, data }] = last.incremental
    expect(path).toEqual(['rename'])
    expect(data.consistencyToken).not.toBe(Buffer.from('[["people.Person-1",7]]').toString('base64url'))
    expect(data.consistencyToken).toContain('.')
  })

  it('is not kept for others, whose answers are', async () => {
    const { url, gate } = await open()
    const query = '{ famous { id ... @defer { name } } }'
    const inParts = await post({ query }, APOLLO, { url })
    expect(inParts.headers.get('cache-control')).toBe('no-cache')
    await inParts.text()
    const whole = await post({ query }, 'application/json', { url })
    expect(whole.headers.get('cache-control')).toBe('public, max-age=5')
    expect(await whole.json()).toEqual({ data: { famous: { id: '1', name: 'Ada' } } })
    const before = gate.graph.seen.queries.length
    await (await post({ query }, APOLLO, { url })).text()
    expect(gate.graph.seen.queries.length).toBeGreaterThan(before)
  })

  it('is let go to its end by a drain', async () => {
    const { url, gate } = await open()
    const payloads = readMultipart(await post({ query: QUERY }, APOLLO, { url }))
    const drained = gate.gateway.drain()
    expect(await collect(payloads)).toEqual(IN_ORDER)
    await drained
  })
})

describe('the schema that clients see', () => {
  it('declares @defer', async () => {
    const { gate } = await open({ development: true })
    const { body } = await gate.ask('{ __schema { directives { name locations args { name } } } }')
    expect(body.data.__schema.directives).toContainEqual({
      name: 'defer',
      locations: ['FRAGMENT_SPREAD', 'INLINE_FRAGMENT'],
      args: [{ name: 'label' }, { name: 'if' }],
    })
  })
})
