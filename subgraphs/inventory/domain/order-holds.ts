/** What an order holds of one SKU. Once nothing is held it stays known for an hour past its expiry, so that late repeats find it closed. */
export interface Hold {
  readonly quantity: number
  readonly closed: boolean
  readonly shipments: readonly string[]
  readonly expiresAt: string
}

/** Holds by order, in buckets: a change copies one bucket and the list of buckets, however many orders a SKU has seen. */
export type OrderHolds = Readonly<Record<string, Readonly<Record<string, Hold>>>>

const REMEMBERED_MS = 3_600_000

/** The end of an order id is its random part. */
const bucketOf = (orderId: string): string => orderId.slice(-2)

export const holdOf = (holds: OrderHolds, orderId: string): Hold | undefined => holds[bucketOf(orderId)]?.[orderId]

export const withHold = (holds: OrderHolds, orderId: string, hold: Hold): OrderHolds => {
  const bucket = bucketOf(orderId)
  return { ...holds, [bucket]: { ...holds[bucket], [orderId]: hold } }
}

/** Forgets what is long over, in the order's bucket: every bucket gets its turn. */
export const forgetBeside = (holds: OrderHolds, orderId: string, now: string): OrderHolds => {
  const bucket = bucketOf(orderId)
  const isOver = ({ quantity, expiresAt }: Hold): boolean =>
    quantity === 0 && Date.parse(expiresAt) + REMEMBERED_MS < Date.parse(now)
  const kept = Object.entries(holds[bucket] ?? {}).filter(([, hold]) => !isOver(hold))
  return { ...holds, [bucket]: Object.fromEntries(kept) }
}
