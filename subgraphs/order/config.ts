import { z } from 'zod'
import { defaultTimings, type SagaTimings } from '#domain/saga-timings.ts'

/** Environment variable of each timing, in milliseconds. */
const VARIABLES = {
  reservationMs: 'ORDER_RESERVATION_MS',
  stockAnswerMs: 'ORDER_STOCK_ANSWER_MS',
  authorisationAnswerMs: 'ORDER_AUTHORISATION_ANSWER_MS',
  shipWithinMs: 'ORDER_SHIP_WITHIN_MS',
  captureMarginMs: 'ORDER_CAPTURE_MARGIN_MS',
  authorisationLifetimeMs: 'ORDER_AUTHORISATION_LIFETIME_MS',
  deliverWithinMs: 'ORDER_DELIVER_WITHIN_MS',
  retryMs: 'ORDER_RETRY_MS',
  retryMaxMs: 'ORDER_RETRY_MAX_MS',
} as const satisfies Record<keyof SagaTimings, string>

const milliseconds = z.coerce
  .number<string>('must be a number of milliseconds')
  .int('must be whole milliseconds')
  .min(1, 'must be at least 1 millisecond')

/** The saga's timings from the environment; what is not set keeps its default. One sentence names every malformed setting. */
export const timingsFrom = (env: Readonly<Record<string, string | undefined>>): SagaTimings => {
  const problems: string[] = []
  const timings: { -readonly [Name in keyof SagaTimings]: SagaTimings[Name] } = { ...defaultTimings }
  for (const [name, variable] of Object.entries(VARIABLES) as [keyof SagaTimings, string][]) {
    const text = env[variable]
    if (text === undefined || text === '') continue
    const parsed = milliseconds.safeParse(text)
    if (parsed.success) timings[name] = parsed.data
    else problems.push(`${variable} ${parsed.error.issues[0]?.message ?? 'is malformed'}`)
  }
  if (problems.length > 0) throw new Error(`${problems.join('; ')}.`)
  return Object.freeze(timings)
}

const ADDRESS = /^grpcs?:\/\/(\[[0-9a-f:]+\]|[^/:\s]+):\d{1,5}\/?$/i

const variables = z.object({
  INVENTORY_GRPC_URL: z.string().regex(ADDRESS, 'must be an address such as grpc://inventory:50051').optional(),
})

/** Where the inventory context answers gRPC; `undefined` when it runs in the same process. */
export const catalogUrlFrom = (env: Readonly<Record<string, string | undefined>>): string | undefined => {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const read = variables.safeParse(given)
  if (!read.success) throw new Error(`INVENTORY_GRPC_URL ${read.error.issues[0]?.message ?? 'is malformed'}.`)
  return read.data.INVENTORY_GRPC_URL
}
