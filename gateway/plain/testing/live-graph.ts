import { buildSubgraphSchema } from '@apollo/subgraph'
import { type Listening, listen } from '@mercato/adapters/http-server/listen'
import { composeSubgraphs } from '@mercato/schema/compose'
import { parse } from 'graphql'
import { useServer } from 'graphql-ws/use/ws'
import { createYoga } from 'graphql-yoga'
import { WebSocketServer } from 'ws'

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires"])'

const CLOCK = `${LINK}
  type Query { now: Int slow: Int item(id: ID!): Item whoAsks: String }
  type Mutation { bump: Int touch(id: ID!): Item }
  type Subscription { ticked(upTo: Int!): Tick }
  type Tick { n: Int! item: Item }
  type Item @key(fields: "id") { id: ID! label: String }`
const PRICES = `${LINK}
  type Query { cheapest: Item }
  type Item @key(fields: "id") { id: ID! price: Int }`

const build = (sdl: string, resolvers: Readonly<Record<string, unknown>>) =>
  buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }])

export interface LiveGraph extends AsyncDisposable {
  readonly supergraph: string
  /** The same without `Item.price`, or without `Tick`: what is asked of it is gone. */
  without(what: 'price' | 'ticked'): string
  readonly clockUrl: string
  readonly pricesUrl: string
  readonly socketUrl: string
  /** Requests that subgraphs got, in order. */
  readonly asked: { readonly subgraph: string; readonly headers: Headers }[]
  /** Lets the next event of every stream go out. */
  tick(): void
  /** Lets those go who wait for `slow`. */
  release(): void
  readonly streams: number
}

/** Two subgraphs of other makes on loopback: yoga over HTTP and SSE, graphql-ws on the same port. Events come when they are told to. */
export const openLiveGraph = async (): Promise<LiveGraph> => {
  const asked: LiveGraph['asked'] = []
  let waiting: (() => void)[] = []
  let held: (() => void)[] = []
  let streams = 0
  const item = (id: string) => ({ id, label: `item ${id}` })
  let bumps = 0

  const clockSchema = build(CLOCK, {
    Query: {
      now: () => 7,
      slow: () => new Promise<number>(resolve => held.push(() => resolve(1))),
      item: (_: unknown, { id }: { id: string }) => item(id),
      whoAsks: (_: unknown, __: unknown, { request }: { request: Request }) => request.headers.get('x-tenant'),
    },
    Mutation: { bump: () => ++bumps, touch: (_: unknown, { id }: { id: string }) => item(id) },
    Subscription: {
      ticked: {
        async *subscribe(_: unknown, { upTo }: { upTo: number }) {
          streams++
          try {
            for (let n = 1; n <= upTo; n++) {
              await new Promise<void>(resolve => waiting.push(resolve))
              yield { ticked: { n, item: item(`${n}`) } }
            }
          } finally {
            streams--
          }
        },
      },
    },
    Item: { __resolveReference: ({ id }: { id: string }) => item(id) },
  })
  const pricesSchema = build(PRICES, {
    Query: { cheapest: () => ({ id: '1', price: 10 }) },
    Item: { __resolveReference: ({ id }: { id: string }) => ({ id, price: Number(id) * 10 }) },
  })
  const serve = (subgraph: string, schema: typeof clockSchema): Promise<Listening> => {
    const yoga = createYoga({ schema, logging: false, maskedErrors: false, graphiql: false })
    return listen(
      (request, response) => {
        asked.push({ subgraph, headers: new Headers(request.headers as Record<string, string>) })
        yoga(request, response)
      },
      { port: 0 },
    )
  }
  const clock = await serve('clock', clockSchema)
  const prices = await serve('prices', pricesSchema)
  const sockets = new WebSocketServer({ server: clock.server, path: '/graphql' })
  const protocol = useServer({ schema: clockSchema }, sockets)

  const clockUrl = `${clock.url}/graphql`
  const pricesUrl = `${prices.url}/graphql`
  const compose = (clockSdl: string, pricesSdl: string): string => {
    const composed = composeSubgraphs([
      { name: 'clock', url: clockUrl, sdl: clockSdl },
      { name: 'prices', url: pricesUrl, sdl: pricesSdl },
    ])
    if (composed.outcome === 'refused') throw new Error(composed.problems.join('\n'))
    return composed.supergraph
  }
  return {
    supergraph: compose(CLOCK, PRICES),
    without: what =>
      what === 'price'
        ? compose(CLOCK, PRICES.replace(' price: Int', ''))
        : compose(CLOCK.replace(/type Subscription.*\n/, ''), PRICES),
    clockUrl,
    pricesUrl,
    socketUrl: clockUrl.replace('http:', 'ws:'),
    asked,
    tick() {
      const now = waiting
      waiting = []
      for (const go of now) go()
    },
    release() {
      const now = held
      held = []
      for (const go of now) go()
    },
    get streams() {
      return streams
    },
    async [Symbol.asyncDispose]() {
      await protocol.dispose()
      for (const { server } of [clock, prices]) server.closeAllConnections()
      await Promise.all([clock[Symbol.asyncDispose](), prices[Symbol.asyncDispose]()])
    },
  }
}
