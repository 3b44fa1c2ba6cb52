import type { OpenContext } from '@mercato/adapters/hosting/context-host'
import { createOrderSubgraph, createRemoteCatalog } from './composition.ts'
import { timingsFrom } from './config.ts'

interface Quoting {
  quote(lines: unknown): Promise<unknown>
}

const isQuoting = (service: unknown): service is Quoting =>
  typeof service === 'object' && service !== null && 'quote' in service && typeof service.quote === 'function'

/** The order context in a shared process; it asks the catalogue that another context of the process offers. */
export const openContext: OpenContext = async ({ ports, gatewaySecret, find }) => {
  const quote = async (lines: unknown): Promise<unknown> => {
    const service = find('catalogue')
    if (!isQuoting(service)) throw new Error('no context of this process offers a catalogue')
    return service.quote(lines)
  }
  const timings = timingsFrom(process.env)
  return createOrderSubgraph({ ...ports, gatewaySecret, catalog: createRemoteCatalog(quote, ports.clock), timings })
}
