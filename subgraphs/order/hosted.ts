import type { CheckSettings, ContextHost, OpenContext } from '@mercato/adapters/hosting/context-host'
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

/** The order context; it asks the catalogue over gRPC when it is told where, else the one of this process. */
export const openContext: OpenContext = async host => {
  const { ports, gatewaySecret } = host
  const { clock, logger } = ports
  await using open = new AsyncDisposableStack()
  const url = catalogUrlFrom(process.env)
  const catalog =
    url === undefined ? catalogueHere(host) : open.use(createGrpcCatalog({ url, secret: gatewaySecret, clock, logger }))
  const timings = timingsFrom(process.env)
  const order = open.use(
    await createOrderSubgraph({ ...ports, gatewaySecret, catalog, timings, paymentMethods: paymentMethodsHere(host) }),
  )
  const opened = open.move()
  return { ...order, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}
