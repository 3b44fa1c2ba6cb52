import { createServer } from 'node:http'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { graphql, parse } from 'graphql'
import { RESOLVERS, SUBGRAPHS } from './graph.ts'

/**
 * The four subgraphs in one process, on four ports. What was asked before is answered from memory, byte by byte, so that the subgraphs
 * are not what is measured. Says its ports, then the number of requests whenever it is asked for it over IPC.
 */
type Resolvers = NonNullable<
  Extract<Extract<Parameters<typeof buildSubgraphSchema>[0], unknown[]>[number], { typeDefs: unknown }>['resolvers']
>

let requests = 0
/** Kept until it is asked for: what one request of a client made the gateway ask. */
let recorded: { subgraph: string; body: string }[] | undefined

const listen = (name: string, sdl: string): Promise<number> => {
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: RESOLVERS[name] as unknown as Resolvers }])
  const known = new Map<string, Buffer>()
  const server = createServer((message, response) => {
    const chunks: Buffer[] = []
    message.on('data', (chunk: Buffer) => chunks.push(chunk))
    message.on('end', async () => {
      requests++
      const text = Buffer.concat(chunks).toString()
      recorded?.push({ subgraph: name, body: text })
      let body = known.get(text)
      if (!body) {
        const { query, variables, operationName } = JSON.parse(text)
        const result = await graphql({ schema, source: query, variableValues: variables, operationName })
        body = Buffer.from(JSON.stringify(result))
        known.set(text, body)
      }
      response.writeHead(200, ['content-type', 'application/json', 'content-length', `${body.length}`]).end(body)
    })
  })
  server.keepAliveTimeout = 120_000
  return new Promise(resolve =>
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    }),
  )
}

const ports = Object.fromEntries(
  await Promise.all(Object.entries(SUBGRAPHS).map(async ([name, sdl]) => [name, await listen(name, sdl)] as const)),
)
process.on('message', (message: unknown) => {
  if (message === 'record') recorded = []
  process.send?.({ requests, recorded: message === 'recorded' ? recorded : undefined })
  if (message === 'recorded') recorded = undefined
})
process.on('disconnect', () => process.exit(0))
process.send?.({ ports })
