import { freePort } from '@mercato/adapters/http-server/free-port'
import { accepts } from '../process/port.ts'

/** Gives out ports: the usual one where nobody has it, else a free one. */
export type PickPort = (usual: number) => Promise<number>

/** Usual ports, each given once. */
export const usualPorts = (): PickPort => {
  const given = new Set<number>()
  return async usual => {
    const port = given.has(usual) || (await accepts(usual)) ? await freePort() : usual
    given.add(port)
    return port
  }
}

/** Free ports only: several stacks can run side by side. */
export const freePorts: PickPort = () => freePort()
