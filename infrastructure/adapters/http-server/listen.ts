import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/**
 * An HTTP server that listens. Disposing it stops accepting, closes idle connections and waits for the rest: also for the first request
 * of a connection that was just accepted, since whoever opened it believes that it is answered.
 */
export interface Listening extends AsyncDisposable {
  readonly port: number
  readonly url: string
  readonly server: Server
}

/** A connection on which nothing was asked for so long after its server stopped is taken for one that nobody uses. */
const LONGEST_SILENCE_MS = 500

/** Listens on `port` (0: a free one). Rejects with a sentence when the port cannot be had. */
export const listen = async (
  listener: RequestListener,
  options: { readonly port: number; readonly host?: string },
): Promise<Listening> => {
  const { port, host = '127.0.0.1' } = options
  const server = createServer(listener)
  const connections = new Set<Socket>()
  server.on('connection', socket => {
    connections.add(socket)
    socket.once('close', () => connections.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', cause => reject(new Error(`cannot listen on ${host}:${port}`, { cause })))
    server.listen(port, host, resolve)
  })
  const bound = (server.address() as AddressInfo).port
  return {
    port: bound,
    url: `http://${host}:${bound}`,
    server,
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>(resolve => server.close(() => resolve()))
      server.closeIdleConnections()
      const cutting = setTimeout(() => {
        for (const socket of connections) if (socket.bytesRead === 0) socket.destroy()
      }, LONGEST_SILENCE_MS)
      await closed
      clearTimeout(cutting)
    },
  }
}
