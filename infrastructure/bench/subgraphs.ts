import { createServer } from 'node:http'
import { SUBGRAPHS } from './graph.ts'
import { createMemo } from './memo.ts'

/**
 * The four subgraphs in one process, on four ports. Says its ports, then the number of requests whenever it is asked for it over IPC.
 */
let requests = 0
/** Kept until it is asked for: what one request of a client made the gateway ask. */
let recorded: { subgraph: string; body: string }[] | undefined

const listen = (name: string): Promise<number> => {
  const answerTo = createMemo(name)
  const server = createServer((message, response) => {
    const chunks: Buffer[] = []
    message.on('data', (chunk: Buffer) => chunks.push(chunk))
    message.on('end', async () => {
      requests++
      const text = Buffer.concat(chunks).toString()
      recorded?.push({ subgraph: name, body: text })
      const body = await answerTo(text)
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
  await Promise.all(Object.keys(SUBGRAPHS).map(async name => [name, await listen(name)] as const)),
)
process.on('message', (message: unknown) => {
  if (message === 'record') recorded = []
  process.send?.({ requests, recorded: message === 'recorded' ? recorded : undefined })
  if (message === 'recorded') recorded = undefined
})
process.on('disconnect', () => process.exit(0))
process.send?.({ ports })
