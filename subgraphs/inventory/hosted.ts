import type { CheckSettings, OpenContext } from '@mercato/adapters/hosting/context-host'
import { createCatalogServer, createInventorySubgraph } from './composition.ts'
import { grpcFrom } from './config.ts'

/** Where a context that has a process to itself answers gRPC when nobody said where. */
const GRPC_PORT = 50_051
/** How others find it in a directory of services. */
const GRPC_SERVICE = 'inventory-grpc'

/** Refuses malformed settings. */
export const checkSettings: CheckSettings = env => {
  grpcFrom(env)
}

/** The inventory context; it offers its quote to the others of its process and, when given a port, over gRPC. */
export const openContext: OpenContext = async host => {
  const { ports, gatewaySecret } = host
  const { host: address, port = host.alone ? GRPC_PORT : undefined } = grpcFrom(process.env)
  const inventory = await createInventorySubgraph({ ...ports, gatewaySecret })
  const { quote } = inventory
  host.offer('catalogue', { quote })
  if (port === undefined) return inventory

  await using open = new AsyncDisposableStack()
  open.use(inventory)
  const options = {
    quote,
    gatewaySecret,
    ready: () => inventory.health().ready,
    logger: ports.logger,
    now: () => ports.clock.now().getTime(),
    host: address,
    port,
  }
  const listening = open.use(await createCatalogServer(options))
  host.alone?.announce(GRPC_SERVICE, listening.port)
  const opened = open.move()
  return { ...inventory, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}
