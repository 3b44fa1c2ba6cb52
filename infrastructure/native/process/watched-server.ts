import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A point in a conversation: before the server gets what a client sends, or after it has answered that. */
export type Moment = 'before' | 'after'

/** Connections to a server through us: we see what goes by, and can end a client at an exact point. */
export interface WatchedServer extends AsyncDisposable {
  readonly port: number
  /**
   * Calls back once, while nothing goes on: when a client sends this text, `before` it reaches the server, or `after` the
   * server's answer came and before the client has it. The connection is cut.
   */
  stopAt(text: string, moment: Moment, then: () => void): void
}

interface Stop {
  readonly text: string
  readonly moment: Moment
  readonly then: () => void
}

/** Stands before a server that listens on this machine. Clients must not speak TLS. */
export const watchServer = async (target: number): Promise<WatchedServer> => {
  const open = new Set<Socket>()
  let armed: Stop | undefined
  const server = createServer(client => {
    const upstream = connect(target, '127.0.0.1')
    let answered: Stop | undefined
    let tail = ''
    const cut = (): void => {
      for (const socket of [client, upstream]) {
        open.delete(socket)
        socket.destroy()
      }
    }
    const stop = ({ then }: Stop): void => {
      then()
      cut()
    }
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket.on('error', cut).on('close', cut)
    }
    client.on('data', (bytes: Buffer) => {
      const sent = tail + bytes.toString('latin1')
      tail = sent.slice(-256)
      if (armed && sent.includes(armed.text)) {
        const point = armed
        armed = undefined
        tail = ''
        if (point.moment === 'before') return stop(point)
        answered = point
      }
      upstream.write(bytes)
    })
    upstream.on('data', (bytes: Buffer) => (answered ? stop(answered) : client.write(bytes)))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    stopAt(text, moment, then) {
      armed = { text, moment, then }
    },
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy()
      server.close()
    },
  }
}
