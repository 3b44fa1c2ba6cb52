import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { ClientFailure, createMercatoClient, type MercatoClient } from '@mercato/client'
import {
  AddPaymentMethod,
  AddToCart,
  Checkout,
  CreateProduct,
  MyOrdersChanged,
  PublishProduct,
  ReceiveStock,
  StockLevelsChanged,
} from '@mercato/client/operations'
import { DEMO_API_KEY } from '@mercato/embedded/demo'

const PASSWORD = 'correct horse battery staple'
const ADDRESS = { name: 'Ada', line1: 'Market Street 7', city: 'Berlin', postalCode: '10115', country: 'DE' }
const PRICE = { amount: '10.00', currency: 'EUR' } as const

/** What clients were told, to be held against the logs. */
export interface Seen {
  /** SKU → what its live stock showed, event by event, for each watcher. */
  readonly stock: ReadonlyMap<string, readonly (readonly [onHand: number, reserved: number])[]>[]
  /** Order → types of its events, as its customer saw them live. */
  readonly orders: ReadonlyMap<string, readonly string[]>
  /** Deliveries that were acknowledged, by SKU. */
  readonly received: ReadonlyMap<string, number>
  /** Orders that were acknowledged. */
  readonly placed: readonly string[]
  /** What failed although it was tried again, as the client names it. */
  readonly failures: readonly string[]
  /** How long each acknowledged or refused mutation took, in milliseconds, repeats included. */
  readonly took: readonly number[]
}

export interface Load extends AsyncDisposable {
  readonly seen: Seen
  readonly skus: readonly string[]
  /** Holds the traffic; resolves when what was under way has ended. Watchers go on. */
  pause(): Promise<void>
  /** Lets it go on. */
  resume(): void
}

/**
 * Traffic through the edge: deliveries of goods, customers who order, and watchers of both, one of whom moves between the gateways
 * with its cursor every two seconds. It retries as the front ends' client does.
 */
export const startLoad = async (options: {
  readonly edge: string
  readonly gateways: readonly string[]
  readonly skus: number
}): Promise<Load> => {
  const { edge, gateways } = options
  const open = new Set<Disposable>()
  const clientAt = async (url: string, who: string): Promise<MercatoClient> => {
    const client = createMercatoClient({ url: `${url}/graphql`, apiKey: DEMO_API_KEY })
    open.add(client)
    await client.signIn(`${who}@mercato.local`, PASSWORD)
    return client
  }
  const merchandiser = await clientAt(edge, 'merchandiser')
  const customer = await clientAt(edge, 'customer')
  // One after the other: who signs in many times at once looks like somebody who guesses.
  const atEdge = await clientAt(edge, 'merchandiser')
  const atGateways: MercatoClient[] = []
  for (const url of gateways) atGateways.push(await clientAt(url, 'merchandiser'))
  const tag = randomUUID().slice(0, 8).toUpperCase()
  const skus = Array.from({ length: options.skus }, (_, n) => `FLEET-${tag}-${n}`)
  for (const sku of skus) {
    const draft = { sku, name: sku, description: 'For a test.', category: 'test', weightGrams: 100, price: PRICE }
    const { data } = await merchandiser.mutate(CreateProduct, { input: draft })
    await merchandiser.mutate(PublishProduct, { input: { id: data.createProduct.product?.id ?? '' } })
  }
  const { data: card } = await customer.mutate(AddPaymentMethod, { input: { token: 'tok_approved', label: 'card' } })
  const paymentMethodId = card.addPaymentMethod.paymentMethod?.id ?? ''

  /** Resolves when the stream is told of whatever happens from now on. */
  const live = () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    return { promise, onState: (state: string) => state === 'live' && resolve() }
  }
  const begun = [live(), live(), live()] as const
  const closing = new AbortController()
  const failures: string[] = []
  const took: number[] = []
  const received = new Map(skus.map(sku => [sku, 0]))
  const placed: string[] = []
  const stock: Map<string, (readonly [number, number])[]>[] = [new Map(), new Map()]
  const orders = new Map<string, string[]>()

  const attempt = async <Result>(what: string, run: () => Promise<Result>): Promise<Result | undefined> => {
    const started = performance.now()
    try {
      return await run()
    } catch (error) {
      if (!(error instanceof ClientFailure)) throw error
      failures.push(`${what}: ${error.code}`)
      return undefined
    } finally {
      took.push(performance.now() - started)
    }
  }

  /** Whoever follows live, from any gateway. */
  const watchStock = async (place: number, clients: readonly MercatoClient[], everyMs: number): Promise<void> => {
    const seen = stock[place] ?? new Map()
    let after: string | undefined
    for (let turn = 0; !closing.signal.aborted; turn++) {
      const client = clients[turn % clients.length]
      if (!client) return
      const move = new AbortController()
      // Whoever has no cursor yet would miss what happens on the way.
      const moving = everyMs > 0 ? setInterval(() => after !== undefined && move.abort(), everyMs) : undefined
      const stream = client.subscribe(
        StockLevelsChanged,
        { skus },
        {
          signal: AbortSignal.any([closing.signal, move.signal]),
          onState: begun[place === 0 ? 0 : 1].onState,
          ...(after ? { after } : {}),
        },
      )
      for await (const { data, cursor } of stream) {
        const { sku, onHand, reserved } = data.stockChanged.stock
        seen.set(sku, [...(seen.get(sku) ?? []), [onHand ?? -1, reserved ?? -1] as const])
        after = cursor
      }
      clearInterval(moving)
    }
  }
  const watchOrders = async (): Promise<void> => {
    for await (const { data } of customer.subscribe(
      MyOrdersChanged,
      {},
      {
        signal: closing.signal,
        onState: begun[2].onState,
      },
    )) {
      const { type, order } = data.myOrdersChanged
      orders.set(order.id, [...(orders.get(order.id) ?? []), type])
    }
  }
  const watching = [watchStock(0, [atEdge], 0), watchStock(1, atGateways, 2_000), watchOrders()]
  const broken = Promise.all(watching)
  broken.catch(error => failures.push(`a watcher: ${error instanceof ClientFailure ? `${error.code} ` : ''}${error}`))

  const deliver = async (sku: string, ending: AbortSignal): Promise<void> => {
    while (!ending.aborted) {
      const answer = await attempt('receiveStock', () =>
        merchandiser.mutate(ReceiveStock, { input: { sku, quantity: 1, reference: 'fleet' } }),
      )
      const payload = answer?.data.receiveStock
      if (payload?.userErrors.length === 0) received.set(sku, (received.get(sku) ?? 0) + 1)
      await delay(100)
    }
  }
  const order = async (ending: AbortSignal): Promise<void> => {
    for (let n = 0; !ending.aborted; n++) {
      const sku = skus[n % skus.length] ?? ''
      const filled = await attempt('addToCart', () => customer.mutate(AddToCart, { input: { sku, quantity: 1 } }))
      if (filled?.data.addToCart.userErrors.length === 0) {
        const answer = await attempt('checkout', () =>
          customer.mutate(Checkout, { input: { paymentMethodId, shippingAddress: ADDRESS } }),
        )
        const id = answer?.data.checkout.order?.id
        if (id !== undefined) placed.push(id)
      }
      await delay(150)
    }
  }
  await Promise.race([Promise.all(begun.map(({ promise }) => promise)), broken])
  let ending = new AbortController()
  let traffic: Promise<unknown> = Promise.resolve()
  const resume = (): void => {
    ending = new AbortController()
    const { signal } = ending
    traffic = Promise.all([...skus.map(sku => deliver(sku, signal)), order(signal)])
    traffic.catch(error => failures.push(`the load: ${error}`))
  }
  resume()

  return {
    seen: { stock, orders, received, placed, failures, took },
    skus,
    async pause() {
      ending.abort()
      await traffic
    },
    resume,
    async [Symbol.asyncDispose]() {
      ending.abort()
      closing.abort()
      await Promise.allSettled([traffic, broken])
      for (const each of open) each[Symbol.dispose]()
    },
  }
}
