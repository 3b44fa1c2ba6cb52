import { createSubgraphServer, type SubgraphServer } from '@mercato/adapters/subgraph-server/create-subgraph-server'
import { createRecordingLogger, noMetrics } from '@mercato/adapters/testing/quiet'
import { composeSubgraphs } from '@mercato/schema/compose'
import { Fault, type RequestContext } from '@mercato/shared-kernel/application'

export const GATEWAY_SECRET = 'a secret between the gateway and its subgraphs'

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires", "@authenticated", "@requiresScopes", "@policy"])'

const people = /* GraphQL */ `
  ${link.replace('"@policy"', '"@policy", "@composeDirective"')} @link(url: "https://mercato.local/cacheControl/v0.1", import: ["@cacheControl"]) @composeDirective(name: "@cacheControl")
  directive @cacheControl(maxAge: Int, scope: CacheControlScope, inheritMaxAge: Boolean) on FIELD_DEFINITION | OBJECT | INTERFACE | UNION
  enum CacheControlScope { PUBLIC PRIVATE }
  type Query { motto: String! @cacheControl(maxAge: 60), ownMotto: String! @cacheControl(maxAge: 60, scope: PRIVATE), famous: Person @cacheControl(maxAge: 5), me: Person, person(id: ID!): Person, audit: Audit!, role: Role, echo(input: Echo): String, search(first: Int): [Found!]!, things(first: Int = 10): [Thing] }
  type Mutation { rename(id: ID!, name: String!): RenamePayload!, risky: Boolean @policy(policies: [["recent_sign_in"]]) }
  type Subscription { renamed(upTo: Int, after: String): Renamed!, secretly: Renamed! @authenticated, forever: Renamed!, told(after: String): Renamed! }
  type Renamed { cursor: String! person: Person }
  type RenamePayload { person: Person consistencyToken: String }
  type Person @key(fields: "id") { id: ID! name: String! email: String @authenticated, salary: Int! @requiresScopes(scopes: [["people:read", "money:read"], ["admin"]]) diary: String @policy(policies: [["verified_email"]]) notes: String @policy(policies: [["recent_sign_in"]]) friends(first: Int): [Person!]! }
  type Audit @requiresScopes(scopes: [["audit"]]) { lines: [String!]! }
  enum Role @authenticated { ADMIN NOBODY }
  input Echo { text: String, list: [Echo] }
  interface Thing { id: ID! label: String }
  type Open implements Thing { id: ID! label: String }
  type Guarded implements Thing { id: ID! label: String @authenticated }
  type Hidden implements Thing @requiresScopes(scopes: [["hidden"]]) { id: ID! label: String }
  union Found = Open | Hidden
`

const orders = /* GraphQL */ `
  ${link}
  type Query { orders(first: Int): [Order!]!, broken: String, refused: String, many(count: Int!): [Person!]! }
  type Order @key(fields: "id") { id: ID! total: Int! buyer: Person, weight: Int @authenticated }
  type Person @key(fields: "id") { id: ID! orders: [Order!]! lastOrder: Order, saw: String }
`

const shipping = /* GraphQL */ `
  ${link}
  type Order @key(fields: "id") { id: ID! weight: Int @external, estimate: String @requires(fields: "weight") @authenticated }
`

const PEOPLE: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  '1': { id: '1', name: 'Ada', email: 'ada@example.com', salary: 100, diary: 'dear diary' },
  '2': { id: '2', name: 'Bob', email: 'bob@example.com', salary: 200, diary: 'dull day' },
}
const ORDERS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  o1: { id: 'o1', total: 10, buyer: { id: '1' }, weight: 5 },
  o2: { id: 'o2', total: 20, buyer: { id: '2' }, weight: 7 },
}
const THINGS = [
  { __typename: 'Open', id: 'a', label: 'open' },
  { __typename: 'Guarded', id: 'b', label: 'guarded' },
  { __typename: 'Hidden', id: 'c', label: 'hidden' },
]

type Context = RequestContext

/** What the subgraphs saw, for assertions about what was fetched at all. */
export interface Seen {
  readonly queries: {
    readonly subgraph: string
    readonly query: string
    readonly idempotencyKey: string | undefined
    readonly consistency: Context['consistency']
  }[]
  /** Streams whose source has ended. */
  readonly ended: string[]
}

export interface FixtureGraph {
  readonly supergraph: string
  readonly subgraphs: Readonly<Record<string, SubgraphServer>>
  readonly seen: Seen
  /** Makes an event of the subscription `told`, whose cursors count from 1. */
  tell(name: string): void
  readonly logger: ReturnType<typeof createRecordingLogger>
}

const compose = (): string => {
  const composed = composeSubgraphs([
    { name: 'people', url: 'http://people.internal', sdl: people },
    { name: 'orders', url: 'http://orders.internal', sdl: orders },
    { name: 'shipping', url: 'http://shipping.internal', sdl: shipping },
  ])
  if (composed.outcome === 'refused') throw new Error(composed.problems.join('\n'))
  return composed.supergraph
}
let supergraph: string | undefined

/** Three subgraphs with something of everything: entities, @requires, interfaces, unions, guarded parts, streams, failures. */
export const createFixtureGraph = (): FixtureGraph => {
  supergraph ??= compose()
  const logger = createRecordingLogger()
  const seen: Seen = { queries: [], ended: [] }
  const told: string[] = []
  const waiting = new Set<() => void>()
  const wake = (): void => {
    for (const resolve of waiting) resolve()
    waiting.clear()
  }

  const serve = (context: string, sdl: string, resolvers: Record<string, unknown>): SubgraphServer => {
    const server = createSubgraphServer<Context>({
      context,
      sdl,
      resolvers,
      gatewaySecret: GATEWAY_SECRET,
      logger,
      metrics: noMetrics,
      extend: base => {
        last = base
        return base
      },
    })
    let last: Context | undefined
    return {
      drain: () => server.drain(),
      async fetch(request) {
        const { query } = JSON.parse(await request.clone().text()) as { query: string }
        const response = await server.fetch(request)
        seen.queries.push({
          subgraph: context,
          query,
          idempotencyKey: last?.idempotencyKey,
          consistency: last?.consistency ?? {},
        })
        return response
      },
    }
  }

  const subgraphs = {
    people: serve('people', people, {
      Query: {
        motto: () => 'Festina lente',
        ownMotto: () => 'Nobody else’s',
        famous: () => PEOPLE['1'],
        me: (_: unknown, __: unknown, { viewer }: Context) => PEOPLE[viewer.user?.id ?? ''] ?? PEOPLE['1'],
        person: (_: unknown, { id }: { id: string }) => PEOPLE[id],
        audit: () => ({ lines: ['a secret line'] }),
        role: () => 'ADMIN',
        echo: (_: unknown, { input }: { input: unknown }) => JSON.stringify(input),
        search: () => THINGS.filter(({ __typename }) => __typename !== 'Guarded'),
        things: () => THINGS,
      },
      Mutation: {
        rename(_: unknown, { id, name }: { id: string; name: string }, { wrote }: Context) {
          wrote[`people.Person-${id}`] = 7
          return {
            person: { ...PEOPLE[id], name },
            consistencyToken: Buffer.from(JSON.stringify([[`people.Person-${id}`, 7]])).toString('base64url'),
          }
        },
        risky: () => true,
      },
      Subscription: {
        renamed: {
          async *subscribe(_: unknown, { upTo = 3, after }: { upTo?: number; after?: string }, { signal }: Context) {
            for (let i = Number(after ?? 0) + 1; i <= upTo && !signal.aborted; i++)
              yield { renamed: { cursor: `${i}`, person: { ...PEOPLE['1'], name: `Ada ${i}` } } }
          },
        },
        told: {
          async *subscribe(_: unknown, { after }: { after?: string }, { signal }: Context) {
            let next = after === undefined ? told.length : Number(after)
            const woken = () => new Promise<void>(resolve => waiting.add(resolve))
            signal.addEventListener('abort', wake)
            for (; !signal.aborted; await woken())
              for (; next < told.length && !signal.aborted; next++)
                yield { told: { cursor: `${next + 1}`, person: { ...PEOPLE['1'], name: told[next] } } }
            seen.ended.push('told')
          },
        },
        secretly: {
          async *subscribe() {
            yield { secretly: { cursor: '1', person: PEOPLE['1'] } }
          },
        },
        forever: {
          async *subscribe(_: unknown, __: unknown, { signal }: Context) {
            yield { forever: { cursor: '1', person: PEOPLE['1'] } }
            await new Promise(resolve => {
              if (signal.aborted) resolve(undefined)
              signal.addEventListener('abort', resolve)
            })
            seen.ended.push('forever')
          },
        },
      },
      Person: {
        __resolveReference: ({ id }: { id: string }) => PEOPLE[id],
        friends: () => Object.values(PEOPLE),
        notes: () => 'none',
      },
      Thing: { __resolveType: ({ __typename }: { __typename: string }) => __typename },
      Found: { __resolveType: ({ __typename }: { __typename: string }) => __typename },
    }),
    orders: serve('orders', orders, {
      Query: {
        orders: () => Object.values(ORDERS),
        broken: () => {
          throw new Error('connect ECONNREFUSED 10.1.2.3:5432 password=hunter2')
        },
        refused: () => {
          throw new Fault('CONFLICT', 'Somebody was first.')
        },
        many: (_: unknown, { count }: { count: number }) =>
          Array.from({ length: count }, (_unused, i) => ({ id: `${(i % 2) + 1}` })),
      },
      Person: {
        orders: ({ id }: { id: string }) =>
          Object.values(ORDERS).filter(({ buyer }) => (buyer as { id: string }).id === id),
        lastOrder: ({ id }: { id: string }) => ORDERS[`o${id}`],
        saw: (_: unknown, __: unknown, { consistency }: Context) => JSON.stringify(consistency),
      },
      Order: { __resolveReference: ({ id }: { id: string }) => ORDERS[id] },
    }),
    shipping: serve('shipping', shipping, {
      Order: {
        __resolveReference: (reference: unknown) => reference,
        estimate: ({ weight }: { weight: number }) => `${weight} days`,
      },
    }),
  }
  const tell = (name: string): void => {
    told.push(name)
    wake()
  }
  return { supergraph, subgraphs, seen, tell, logger }
}
