import type { ContextPorts, RecordedEvent } from '@mercato/shared-kernel/application'

interface Stock {
  onHand: number
  reserved: number
}

interface Money {
  authorised: number
  captured: number
  refunded: number
}

/** Stock and money as the logs tell it, summed up without any code of the contexts, and checked with every event. */
export interface Books {
  /** Reads along with whatever a context appends. */
  wrap(context: string, ports: ContextPorts): ContextPorts
  /** Books one event of inventory or payment, in the order of its stream. */
  read(recorded: RecordedEvent): void
  /** What was wrong at any moment; none is right. */
  readonly violations: readonly string[]
  /** Events that were checked. */
  readonly checked: number
  stockOf(sku: string): Stock
  moneyOf(orderId: string): Money
}

type Data = Readonly<Record<string, unknown>>

const amountIn = (data: Data): number => (data['amount'] as { readonly amount: number }).amount

export const createBooks = (): Books => {
  const stock = new Map<string, Stock>()
  const money = new Map<string, Money>()
  const read = new Map<string, number>()
  const violations: string[] = []
  let checked = 0

  const stockOf = (sku: string): Stock => {
    const known = stock.get(sku) ?? { onHand: 0, reserved: 0 }
    stock.set(sku, known)
    return known
  }
  const moneyOf = (orderId: string): Money => {
    const known = money.get(orderId) ?? { authorised: 0, captured: 0, refunded: 0 }
    money.set(orderId, known)
    return known
  }

  const book = (type: string, data: Data): void => {
    const pieces = Number(data['quantity'])
    const item = () => stockOf(String(data['sku']))
    const payment = () => moneyOf(String(data['orderId']))
    if (type === 'StockReceived') item().onHand += pieces
    if (type === 'StockReserved') item().reserved += pieces
    if (type === 'StockReleased') item().reserved -= pieces
    if (type === 'StockRestocked') item().onHand += pieces
    if (type === 'StockShipped') {
      item().reserved -= pieces
      item().onHand -= pieces
    }
    if (type === 'PaymentAuthorised') payment().authorised += amountIn(data)
    if (type === 'PaymentCaptured') payment().captured += amountIn(data)
    if (type === 'PaymentRefunded') payment().refunded += amountIn(data)
  }

  const check = ({ type, data, streamId }: RecordedEvent): void => {
    const about = data as Data
    book(type, about)
    checked++
    const { onHand, reserved } = stockOf(String(about['sku']))
    if (reserved < 0 || reserved > onHand) violations.push(`${streamId} ${type}: ${reserved} reserved of ${onHand}`)
    const told = about['balance'] as Stock | undefined
    if (told && (told.onHand !== onHand || told.reserved !== reserved))
      violations.push(`${streamId} ${type}: says ${JSON.stringify(told)}, the ledger ${onHand} and ${reserved}`)
    const { authorised, captured, refunded } = moneyOf(String(about['orderId']))
    if (refunded < 0 || refunded > captured || captured > authorised)
      violations.push(`${streamId} ${type}: refunded ${refunded}, captured ${captured}, authorised ${authorised}`)
  }

  return {
    wrap(context, ports) {
      if (context !== 'inventory' && context !== 'payment') return ports
      const append: typeof ports.store.append = async (streamId, expectedRevision, events) => {
        const result = await ports.store.append(streamId, expectedRevision, events)
        const from = (read.get(streamId) ?? -1) + 1
        read.set(streamId, Math.max(result.revision, from - 1))
        for (const recorded of await ports.store.readStream(streamId, { from, to: result.revision })) check(recorded)
        return result
      }
      return { ...ports, store: { ...ports.store, append } }
    },
    read: check,
    violations,
    get checked() {
      return checked
    },
    stockOf,
    moneyOf,
  }
}
