import { createPostgresEventStore } from '@mercato/adapters/event-store/postgres'
import { createPool } from '@mercato/adapters/postgres/pool'
import { LOG_START, type RecordedEvent } from '@mercato/shared-kernel/application'
import { createBooks } from './testing-books.ts'
import type { Seen } from './testing-fleet-load.ts'

type Data = Readonly<Record<string, unknown>>

/** Everything in the log of a context: what is `known` of it, to which the rest is added. */
export const readWholeLog = async (url: string, known: RecordedEvent[] = []): Promise<readonly RecordedEvent[]> => {
  const pool = createPool({ url, applicationName: 'history', onError: () => undefined })
  await using store = createPostgresEventStore({ pool, logger: console })
  try {
    for (let position = known.at(-1)?.position ?? LOG_START, atEnd = false; !atEnd; ) {
      const page = await store.readLog(position, 2_000)
      known.push(...page.events)
      ;({ next: position, atEnd } = page)
    }
  } finally {
    await pool.end()
  }
  return known
}

export interface Logs {
  readonly inventory: readonly RecordedEvent[]
  readonly order: readonly RecordedEvent[]
  readonly payment: readonly RecordedEvent[]
}

/** Orders that neither ended nor rest with a payment that is secured. */
export const unsettledOrders = (log: readonly RecordedEvent[]): readonly string[] => {
  const settled = ['OrderConfirmed', 'OrderRejected', 'OrderCancelled', 'OrderDelivered']
  const byOrder = Map.groupBy(
    log.filter(({ streamId }) => streamId.startsWith('order.Order-')),
    ({ streamId }) => streamId,
  )
  return [...byOrder]
    .filter(([, events]) => !events.some(({ type }) => settled.includes(type)))
    .map(([stream]) => stream)
}

const balancesOf = (log: readonly RecordedEvent[], sku: string): readonly string[] =>
  log
    .filter(({ data }) => (data as Data)['sku'] === sku && (data as Data)['balance'] !== undefined)
    .map(({ data }) => {
      const { onHand, reserved } = (data as Data)['balance'] as { readonly onHand: number; readonly reserved: number }
      return `${onHand}/${reserved}`
    })

/** The first place where two sequences part, as a sentence; nothing when they are the same. */
const parting = (what: string, seen: readonly string[], logged: readonly string[]): readonly string[] => {
  const at = Array.from({ length: Math.max(seen.length, logged.length) }).findIndex((_, n) => seen[n] !== logged[n])
  return at < 0
    ? []
    : [
        `${what}: event ${at} of ${logged.length} was seen as ${seen[at] ?? 'nothing'}, logged as ${logged[at] ?? 'nothing'}`,
      ]
}

/** Everything that is not as promised, between what clients saw and what the logs hold; and the invariants of stock and money. */
export const faultsIn = (seen: Seen, logs: Logs, skus: readonly string[]): readonly string[] => {
  const books = createBooks()
  for (const event of [...logs.inventory, ...logs.payment]) books.read(event)

  const live = skus.flatMap(sku => {
    const logged = balancesOf(logs.inventory, sku)
    return seen.stock.flatMap((watcher, place) =>
      parting(
        `watcher ${place} of ${sku}`,
        (watcher.get(sku) ?? []).map(([a, b]) => `${a}/${b}`),
        logged,
      ),
    )
  })
  const deliveries = skus.flatMap(sku => {
    const logged = logs.inventory.filter(
      ({ type, data }) => type === 'StockReceived' && (data as Data)['sku'] === sku,
    ).length
    const acknowledged = seen.received.get(sku) ?? 0
    // One that failed at the client may have been written: its answer got lost. Not more than those.
    const lost = seen.failures.filter(each => each.startsWith('receiveStock')).length
    return logged < acknowledged || logged > acknowledged + lost
      ? [`${sku}: ${acknowledged} deliveries acknowledged, ${logged} logged`]
      : []
  })
  const events = Map.groupBy(
    logs.order.filter(({ streamId }) => streamId.startsWith('order.Order-')),
    ({ streamId }) => streamId.slice('order.Order-'.length),
  )
  const orders = seen.placed.flatMap(id => {
    const logged = events.get(id)?.map(({ type }) => type)
    return logged ? parting(`order ${id}`, seen.orders.get(id) ?? [], logged) : [`order ${id} is not in the log`]
  })
  const twice = seen.placed.length - new Set(seen.placed).size
  return [
    ...books.violations,
    ...live,
    ...deliveries,
    ...orders,
    ...(twice > 0 ? [`${twice} orders were acknowledged twice`] : []),
  ]
}
