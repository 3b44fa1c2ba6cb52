import { once } from 'node:events'
import { createServer } from 'node:net'
import { startError } from './postgres/start-error.ts'

/** Fails with one sentence when the port cannot be had, before anything is written. Port 0 always can. */
export const ensurePortIsFree = async (host: string, port: number): Promise<void> => {
  const probe = createServer()
  try {
    probe.listen(port, host)
    await once(probe, 'listening')
  } catch (error) {
    const reason =
      error instanceof Error && 'code' in error && error.code === 'EADDRINUSE' ? 'is already in use' : 'cannot be used'
    throw startError(
      'START.PORT_IN_USE',
      `Port ${port} on ${host} ${reason}: stop the program that holds it, or set EDGE_PORT and EDGE_ADMIN_PORT to others.`,
      error,
    )
  } finally {
    probe.close()
  }
}
