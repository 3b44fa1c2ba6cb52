import type { OpenContext } from '@mercato/adapters/hosting/context-host'
import { createInventorySubgraph } from './composition.ts'

/** The inventory context in a shared process; it offers its quote to the others. */
export const openContext: OpenContext = async host => {
  const inventory = await createInventorySubgraph({ ...host.ports, gatewaySecret: host.gatewaySecret })
  host.offer('catalogue', { quote: inventory.quote })
  return inventory
}
