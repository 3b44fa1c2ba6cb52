import { createServer, type IncomingMessage } from 'node:http'
import { useServer } from 'graphql-ws/use/ws'
import { createSchema, createYoga } from 'graphql-yoga'
import { WebSocketServer } from 'ws'
import { type GraphiqlTab, renderGraphiqlPage } from '../graphiql.ts'

export const KEY = 'frontend-api-key-12345'

export const tabs: GraphiqlTab[] = [
  { name: 'Greet', query: 'query Greet($name: String!) { greet(name: $name) }', variables: { name: 'Ada' } },
  { name: 'Who am I?', query: 'query WhoAmI { whoAmI }' },
  {
    name: 'Sign in: the token is remembered',
    query: 'mutation SignIn($input: Credentials!) { signIn(input: $input) { session { accessToken } } }',
    variables: { input: { email: 'customer@mercato.local', password: '</script><b>not markup</b>' } },
  },
  { name: 'Live', query: 'subscription Count($to: Int!) { count(to: $to) { number who } }', variables: { to: 3 } },
  {
    name: 'Greet again',
    query: 'query Again($name: String!) { greet(name: $name) }',
    variables: { name: 'number {{count.number}} {{count.who}}' },
  },
  { name: 'With a header of its own', query: 'query Other { whoAmI }', headers: { Authorization: 'Bearer other' } },
]

/** A small server that asks for the key as the edge does, and answers who it thinks is asking. */
export function startGraphiql() {
  const shelves = [
    {
      label: 'Manners',
      operations: [
        {
          title: 'Farewell',
          query: 'query Farewell($name: String!) { greet(name: $name) }',
          variables: { name: 'and goodbye' },
        },
      ],
    },
  ]
  const page = renderGraphiqlPage({ endpoint: '/graphql', apiKey: KEY, tabs, shelves })
  const upgrades: { url: string | undefined; connection: unknown }[] = []
  const schema = createSchema({
    typeDefs: `
      type Query { whoAmI: String! greet(name: String!): String! }
      input Credentials { email: String! password: String! }
      type Session { accessToken: String! }
      type SignInPayload { session: Session }
      type Mutation { signIn(input: Credentials!): SignInPayload! }
      type Tick { number: Int! who: String! }
      type Subscription { count(to: Int!): Tick! }
    `,
    resolvers: {
      Query: {
        greet: (_: unknown, { name }: { name: string }) => `Hello ${name}`,
        whoAmI: (_: unknown, __: unknown, context: { request: Request }) =>
          context.request.headers.get('authorization') ?? 'nobody',
      },
      Mutation: {
        signIn: (_: unknown, { input }: { input: { email: string } }) => ({
          session: { accessToken: `token-of-${input.email}` },
        }),
      },
      Subscription: {
        count: {
          async *subscribe(
            _: unknown,
            { to }: { to: number },
            context: { connectionParams?: Record<string, unknown> },
          ) {
            if (to > 100) throw new Error('too far')
            for (let number = 1; number <= to; number++) {
              yield { count: { number, who: String(context.connectionParams?.['Authorization'] ?? 'nobody') } }
            }
          },
        },
      },
    },
  })
  const yoga = createYoga({ schema, graphiql: false, logging: false })
  const server = createServer((request, response) => {
    if (request.url === '/graphiql') {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      response.end(page)
    } else if (request.headers['x-api-key'] !== KEY) {
      response.writeHead(401, { 'content-type': 'application/json' })
      response.end('{"message":"No API key found in request"}')
    } else void yoga(request, response)
  })
  const sockets = new WebSocketServer({ noServer: true })
  useServer(
    {
      schema,
      context: ({ connectionParams }) => ({ connectionParams }),
      onConnect: ({ connectionParams, extra }) => {
        upgrades.push({ url: (extra as { request: IncomingMessage }).request.url, connection: connectionParams })
      },
    },
    sockets,
  )
  server.on('upgrade', (request, socket, head) => {
    const key = new URL(request.url ?? '', 'http://a').searchParams.get('X-API-Key')
    if (key === KEY) sockets.handleUpgrade(request, socket, head, client => sockets.emit('connection', client, request))
    else socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n')
  })
  return new Promise<{ url: string; upgrades: typeof upgrades; close(): void }>(resolve => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      resolve({
        url: `http://127.0.0.1:${port}`,
        upgrades,
        close() {
          server.close()
          server.closeAllConnections()
          for (const client of sockets.clients) client.terminate()
        },
      })
    })
  })
}
