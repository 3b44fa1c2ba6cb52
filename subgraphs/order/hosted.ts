import type { GrpcServer } from '@mercato/adapters/grpc/client'
import type { CheckSettings, ContextHost, OpenContext } from '@mercato/adapters/hosting/context-host'
import { MalformedSettings } from '@mercato/adapters/settings/read-settings'
import {
  createGrpcCatalog,
  createOrderSubgraph,
  createRemoteCatalog,
  type PaymentMethods,
  type ProductCatalog,
} from './composition.ts'
import { catalogUrlFrom, timingsFrom } from './config.ts'

interface Quoting {
  quote(lines: unknown): Promise<unknown>
}

const isQuoting = (service: unknown): service is Quoting =>
  typeof service === 'object' && service !== null && 'quote' in service && typeof service.quote === 'function'

/** The catalogue that another context of this process offers. */
const catalogueHere = ({ ports, find }: ContextHost): ProductCatalog =>
  createRemoteCatalog(async lines => {
    const service = find('catalogue')
    if (!isQuoting(service)) throw new Error('no context of this process offers a catalogue')
    return service.quote(lines)
  }, ports.clock)

/** Where the catalogue answers gRPC: where it is said to be, else wherever the directory of services finds it. */
const catalogueServer = (url: string | undefined, { alone }: ContextHost): GrpcServer | undefined => {
  if (url !== undefined) return { url }
  if (alone && !alone.directory)
    throw new MalformedSettings(['INVENTORY_GRPC_URL is required where there is no CONSUL_URL'])
  return alone?.directory && { instances: alone.directory.watch('inventory-grpc') }
}

const isPaymentMethods = (service: unknown): service is PaymentMethods =>
  typeof service === 'object' && service !== null && 'owns' in service && typeof service.owns === 'function'

/** The payment methods that another context of this process knows; where there is none, the payment itself tells. */
const paymentMethodsHere = ({ find }: ContextHost): PaymentMethods => ({
  owns: async (customerId, paymentMethodId) => {
    const service = find('payment-methods')
    return isPaymentMethods(service) ? service.owns(customerId, paymentMethodId) : true
  },
})

/** Refuses malformed settings. */
export const checkSettings: CheckSettings = env => {
  catalogUrlFrom(env)
  timingsFrom(env)
}

/** The order context; it asks the catalogue over gRPC when it is told where or has the process to itself, else the one of this process. */
export const openContext: OpenContext = async host => {
  const { ports, gatewaySecret } = host
  const { clock, logger } = ports
  await using open = new AsyncDisposableStack()
  const server = catalogueServer(catalogUrlFrom(process.env), host)
  const catalog =
    server === undefined
      ? catalogueHere(host)
      : open.use(createGrpcCatalog({ ...server, secret: gatewaySecret, clock, logger }))
  const timings = timingsFrom(process.env)
  const order = open.use(
    await createOrderSubgraph({ ...ports, gatewaySecret, catalog, timings, paymentMethods: paymentMethodsHere(host) }),
  )
  const opened = open.move()
  return { ...order, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}
