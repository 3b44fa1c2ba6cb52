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
