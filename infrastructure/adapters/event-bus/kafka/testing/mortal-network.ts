import { connect, type Socket } from 'node:net'
import type { ISocketFactory } from 'kafkajs'

/** A network that can be cut for good: what goes over it ends as it does when its process is killed. */
export interface MortalNetwork {
  readonly socketFactory: ISocketFactory
  readonly cut: () => void
}

export const createMortalNetwork = (): MortalNetwork => {
  const sockets = new Set<Socket>()
  let dead = false
  return {
    socketFactory({ host, port, onConnect }) {
      if (dead) throw new Error('the network is cut')
      const socket = connect({ host, port }, onConnect)
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
      return socket
    },
    cut() {
      dead = true
      for (const socket of sockets) socket.destroy(new Error('the network is cut'))
    },
  }
}
