import { text } from 'node:stream/consumers'
import { listen } from '@mercato/adapters/http-server/listen'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { readDefers } from './execution/defers.ts'
import { partsOf } from './execution/testing/operation-parts.ts'
import { openSubgraphs } from './execution/testing/subgraphs.ts'
import { openPlainGateway } from './plain/testing/open-plain-gateway.ts'
import { APOLLO, collect, post, readMultipart } from './testing/in-parts.ts'
import { createNumbers } from './testing/numbers.ts'

type Given = Readonly<Record<string, unknown>>
const same = { __resolveReference: (given: Given) => given }

/** Shelves know of items only that they are there; which is a book is known elsewhere, and what shipping one costs follows from its weight. */
const openShelves = () =>
  openSubgraphs({
    shelves: {
      sdl: 'type Query { items: [Item!]! } type Item @interfaceObject @key(fields: "id") { id: ID! place: String }',
      resolvers: {
        Query: { items: () => [{ id: '1', place: 'top' }] },
        Item: { __resolveReference: (given: Given) => ({ place: 'top', ...given }) },
      },
    },
    stock: {
      sdl: 'type Book @key(fields: "id") { id: ID! weight: Int }',
      resolvers: { Book: { __resolveReference: (given: Given) => ({ ...given, weight: 3 }) } },
    },
    shipping: {
      sdl: `interface Item @key(fields: "id") { id: ID! } type Home { town: String }
        type Book implements Item @key(fields: "id") { id: ID! home: Home weight: Int @external estimate: Int @requires(fields: "weight") }`,
      resolvers: {
        Item: { __resolveReference: (given: Given) => ({ ...given, __typename: 'Book' }) },
        Book: {
          ...same,
          home: () => ({ town: 'Bologna' }),
          estimate: ({ weight }: { weight: number }) => weight * 10,
        },
      },
    },
  })

/** The planner makes the fetch that finds out what is a book wait for itself. */
const CIRCLE = '{ items { ... on Book { ... on Book @defer { home { town } } } } }'
const WHOLE = { data: { items: [{ home: { town: 'Bologna' } }] } }

const open = async () => {
  const shelves = openShelves()
  const listening = await listen(
    async (request, response) => {
      const name = (request.url ?? '').slice(1)
      const result = await shelves.fetcher(name, { kind: 'query', body: await text(request) })
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result))
    },
    { port: 0 },
  )
  const numbers = createNumbers()
  const gateway = await openPlainGateway({
    supergraph: shelves.sdl,
    addresses: Object.fromEntries(['shelves', 'stock', 'shipping'].map(name => [name, `${listening.url}/${name}`])),
    metrics: numbers.metrics,
  })
  onTestFinished(async () => {
    await gateway[Symbol.asyncDispose]()
    listening.server.closeAllConnections()
    await listening[Symbol.asyncDispose]()
  })
  const url = gateway.url.replace('/graphql', '')
  return {
    ask: (query: string, variables: Given = {}) => post({ query, variables }, APOLLO, { url }),
    counted: () => numbers.read('mercato_gateway_undeferred_operations_total'),
    told: () => gateway.logger.lines.filter(({ message }) => message.includes('@defer')),
  }
}

describe('an operation whose @defer runs the planner into a circle', () => {
  let shelves: ReturnType<typeof openShelves>
  beforeAll(() => {
    shelves = openShelves()
  })

  it('is given up by the planner, which could not end otherwise', () => {
    const { parts } = readDefers(partsOf(CIRCLE))?.activate('1', {}) ?? expect.unreachable()
    expect(() => shelves.supergraph.plan(parts, { switches: {} })).toThrow(
      /comes after itself: it would create a cycle/,
    )
  })

  it('is answered whole, and counted each time', async () => {
    const { ask, counted } = await open()
    for (let time = 1; time <= 3; time++) {
      const response = await ask(CIRCLE)
      expect(response.headers.get('content-type')).toContain('json')
      expect(await response.json()).toEqual(WHOLE)
      expect(await counted()).toEqual({ 'items circle': time })
    }
  })

  it('is told to the log once, in whatever ways it is planned and however often it is asked', async () => {
    const { ask, told, counted } = await open()
    const query = `query Shelf($home: Boolean!) { items { ... on Book { ... on Book @defer { home { town @include(if: $home) __typename } } } } }`
    for (const home of [true, false, true, false]) await (await ask(query, { home })).json()
    expect(await counted()).toEqual({ 'items circle': 4 })
    expect(told()).toEqual([
      {
        level: 'warn',
        message: 'an operation cannot be planned with its @defer and is answered whole',
        fields: { operation: 'Shelf', hash: expect.any(String), obstacle: 'circle', error: expect.any(Error) },
      },
    ])
    await (await ask(CIRCLE)).json()
    expect(told()).toHaveLength(2)
  })
})

describe('an operation whose @defer can be planned', () => {
  it('comes in parts, and is neither counted nor told', async () => {
    const { ask, counted, told } = await open()
    const response = await ask('{ items { place ... on Book @defer { estimate home { town } } } }')
    expect(await collect(readMultipart(response))).toEqual([
      { data: { items: [{ place: 'top' }] }, hasNext: true },
      { incremental: [{ path: ['items', 0], data: { estimate: 30, home: { town: 'Bologna' } } }], hasNext: false },
    ])
    expect(await counted()).toEqual({})
    expect(told()).toEqual([])
  })
})
