import { createServer } from 'node:net'
import { expect, it } from 'vitest'
import { createFetchListener } from '../http-server/fetch-listener.ts'
import { listen } from '../http-server/listen.ts'
import { createHttpTransport } from './http.ts'
import { createInProcessTransport } from './in-process.ts'
import { subgraphTransportContract } from './subgraph-transport.contract.ts'

subgraphTransportContract('in-process', async (handler, limits) => {
  const transport = createInProcessTransport({ name: 'fixture', fetch: handler }, limits)
  return { transport, close: async () => transport[Symbol.asyncDispose]() }
})

subgraphTransportContract('HTTP', async (handler, limits) => {
  const listening = await listen(createFetchListener(handler), { port: 0 })
  const transport = createHttpTransport({ name: 'fixture', origin: listening.url, ...limits })
  return {
    transport,
    close: async () => {
      await transport[Symbol.asyncDispose]()
      listening.server.closeAllConnections()
      await listening[Symbol.asyncDispose]()
    },
  }
})

it('an HTTP transport says when the subgraph cannot have seen the request', async () => {
  const closed = createServer()
  const port = await new Promise<number>(resolve =>
    closed.listen(0, '127.0.0.1', () => resolve((closed.address() as { port: number }).port)),
  )
  await new Promise(resolve => closed.close(resolve))
  await using refused = createHttpTransport({ name: 'fixture', origin: `http://127.0.0.1:${port}` })
  await expect(refused.fetch(new Request('http://x/graphql'))).rejects.toMatchObject({
    code: 'SERVICE_UNAVAILABLE',
    reached: false,
  })

  const cutting = createServer(socket => socket.once('data', () => socket.destroy()))
  const cutPort = await new Promise<number>(resolve =>
    cutting.listen(0, '127.0.0.1', () => resolve((cutting.address() as { port: number }).port)),
  )
  await using cut = createHttpTransport({ name: 'fixture', origin: `http://127.0.0.1:${cutPort}` })
  await expect(cut.fetch(new Request('http://x/graphql'))).rejects.toMatchObject({
    code: 'SERVICE_UNAVAILABLE',
    reached: true,
  })
  cutting.close()
})
