import { once } from 'node:events'
import type { Server } from 'node:http'

/** Binds a server and answers the port it got. A taken port fails with one sentence and the code `START.PORT_IN_USE`. */
export async function listen(server: Server, host: string, port: number): Promise<number> {
  try {
    server.listen({ host, port, exclusive: true })
    await once(server, 'listening')
  } catch (error) {
    throw explainListenError(error, host, port)
  }
  const address = server.address()
  return typeof address === 'object' && address ? address.port : port
}

/** Stops listening; resolves when the last connection is gone. A server that never listened is closed already. */
export async function close(server: Server): Promise<void> {
  if (!server.listening) return
  await new Promise<void>(resolve => server.close(() => resolve()))
}

function explainListenError(error: unknown, host: string, port: number): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error
  switch (error.code) {
    case 'EADDRINUSE':
      return refused(
        'START.PORT_IN_USE',
        `Port ${port} is already in use: stop the program that holds it or choose another port.`,
        error,
      )
    case 'EACCES':
      return refused('START.PORT_REFUSED', `This user may not open port ${port}: choose one above 1023.`, error)
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return refused(
        'START.PORT_REFUSED',
        `This machine has no address ${host} to listen on: choose another host.`,
        error,
      )
    default:
      return error
  }
}

const refused = (code: string, sentence: string, cause: unknown): Error =>
  Object.assign(new Error(sentence, { cause }), { code })
