import { connect } from 'node:net'
import type { ISocketFactory } from 'kafkajs'

/** Numbers of Kafka's requests, which stand behind the four bytes of their length. */
const REQUESTS = { FindCoordinator: 10 } as const

/** A network that breaks when an answer is on its way: what was asked for has happened, and who asked does not know. */
export interface LossyNetwork {
  readonly socketFactory: ISocketFactory
  /** Loses the answer to the next request of this kind, and its connection with it; resolves at that moment. */
  readonly loseAnswerTo: (request: keyof typeof REQUESTS) => Promise<void>
}

export const createLossyNetwork = (): LossyNetwork => {
  let wanted: number | undefined
  let tell = (): void => undefined
  return {
    socketFactory({ host, port, onConnect }) {
      const socket = connect({ host, port }, onConnect)
      let losing = false
      const write = socket.write.bind(socket)
      socket.write = (bytes: Uint8Array | string, ...rest: never[]) => {
        const request = Buffer.from(bytes as Uint8Array)
        if (wanted !== undefined && request.readInt16BE(4) === wanted) {
          wanted = undefined
          losing = true
        }
        return write(bytes, ...rest)
      }
      // First of its listeners: whoever reads hears of the end instead of the answer.
      socket.prependListener('data', () => {
        if (!losing) return
        losing = false
        tell()
        socket.removeAllListeners('data')
        socket.destroy(new Error('the network lost an answer'))
      })
      return socket
    },
    loseAnswerTo(request) {
      wanted = REQUESTS[request]
      return new Promise(resolve => {
        tell = resolve
      })
    },
  }
}
