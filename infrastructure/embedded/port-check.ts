import { once } from 'node:events'
import { createServer } from 'node:net'
import { startError } from './postgres/start-error.ts'

/** What is wrong and what helps, by the code of the operating system. */
const problem = (code: unknown, host: string, port: number): string => {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is already in use: stop the program that holds it, or set EDGE_PORT and EDGE_ADMIN_PORT to others.`
    case 'EACCES':
      return `Port ${port} on ${host} is not for this user: set EDGE_PORT and EDGE_ADMIN_PORT to ports above 1023.`
    default:
      return `Nobody can listen on ${host}, port ${port} (${code}): set HOST to an address of this machine, such as 127.0.0.1.`
  }
}

/** Fails with one sentence when the port cannot be had, before anything is written. Port 0 always can. */
export const ensurePortIsFree = async (host: string, port: number): Promise<void> => {
  const probe = createServer()
  try {
    probe.listen(port, host)
    await once(probe, 'listening')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    throw startError('START.PORT_IN_USE', problem(code, host, port), error)
  } finally {
    probe.close()
  }
}
