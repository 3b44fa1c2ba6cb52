import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'

/**
 * A port of 127.0.0.1 that nobody listens on, below those that the system gives to connections of its own: it is most likely
 * still free when the program that it is meant for gets to it, and when that program is killed and comes back.
 */
export const freePort = async (): Promise<number> => {
  for (;;) {
    const server = createServer()
    try {
      const port = randomInt(10_000, 32_000)
      await once(server.listen(port, '127.0.0.1'), 'listening')
      return port
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
    } finally {
      server.close()
    }
  }
}
