import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { Transform } from 'node:stream'

export interface LyingProxy extends AsyncDisposable {
  readonly url: string
}

/** Stands before the edge and says `lie` wherever the edge says `truth`; both have the same length, so nothing else changes. */
export const startLyingProxy = async (edge: string, truth: string, lie: string): Promise<LyingProxy> => {
  if (truth.length !== lie.length) throw new TypeError('a lie must be as long as the truth')
  const sockets = new Set<Socket>()
  const server = createServer(client => {
    const behind = connect(Number(new URL(edge).port), '127.0.0.1')
    for (const socket of [client, behind]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
    }
    const lying = new Transform({
      transform: (chunk: Buffer, _encoding, done) =>
        done(null, Buffer.from(chunk.toString('latin1').replaceAll(truth, lie), 'latin1')),
    })
    client.pipe(behind).pipe(lying).pipe(client)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.close()
      for (const socket of sockets) socket.destroy()
      await once(server, 'close')
    },
  }
}
