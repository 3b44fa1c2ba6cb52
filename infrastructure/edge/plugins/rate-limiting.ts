import * as z from 'zod'
import { type Exchange, refuse } from '../exchange.ts'
import { definePlugin } from '../plugin.ts'

const SECONDS = { second: 1, minute: 60, hour: 3600, day: 86_400, month: 2_592_000, year: 31_536_000 } as const
type Period = keyof typeof SECONDS
const PERIODS: readonly Period[] = ['second', 'minute', 'hour', 'day', 'month', 'year']

const limit = z.number().gt(0).optional()

const config = z
  .strictObject({
    second: limit,
    minute: limit,
    hour: limit,
    day: limit,
    month: limit,
    year: limit,
    limit_by: z.enum(['consumer', 'credential', 'ip']).default('consumer'),
    policy: z.literal('local').default('local'),
    fault_tolerant: z.boolean().default(true),
    hide_client_headers: z.boolean().default(false),
    error_code: z.number().default(429),
    error_message: z.string().default('API rate limit exceeded'),
  })
  .refine(limits => PERIODS.some(period => limits[period] !== undefined), `needs at least one of ${PERIODS.join(', ')}`)
  .refine(limits => {
    const ordered = PERIODS.flatMap(period => limits[period] ?? [])
    return ordered.every((value, index) => index === 0 || value >= (ordered[index - 1] ?? 0))
  }, 'the limit of a longer period must not be lower than that of a shorter one')

type Config = z.output<typeof config>

interface Usage {
  readonly period: Period
  readonly limit: number
  readonly remaining: number
  /** Seconds until the window ends. */
  readonly reset: number
  readonly key: string
  readonly end: number
}

/** Fixed windows on the calendar, counted per consumer (or address, where nobody is recognised). */
export const rateLimiting = definePlugin({
  name: 'rate-limiting',
  priority: 910,
  onConsumer: true,
  config,
  create: (config, { counters }, scope) => {
    const prefix = `${scope.service ?? ''}|${scope.route ?? ''}`
    return exchange => ({
      access() {
        const who = identify(config, exchange)
        const usages = PERIODS.flatMap((period): Usage[] => {
          const allowed = config[period]
          if (allowed === undefined) return []
          const { start, end } = windowAt(exchange.at, period)
          const key = `${prefix}|${who}|${period}|${start}`
          const reset = Math.max(1, SECONDS[period] - Math.floor((exchange.at - start) / 1000))
          return [{ period, limit: allowed, remaining: allowed - counters.get(key), reset, key, end }]
        })
        const spent = usages.findLast(usage => usage.remaining <= 0)
        const seen = usages.map(usage => ({
          ...usage,
          remaining: Math.max(0, spent === undefined || spent === usage ? usage.remaining - 1 : usage.remaining),
        }))
        const tightest = seen.reduce((one, other) => (other.remaining <= one.remaining ? other : one))
        const headers = config.hide_client_headers ? {} : quotaHeaders(seen, tightest)
        if (spent) {
          return refuse(config.error_code, config.error_message, {
            headers: config.hide_client_headers ? {} : { ...headers, 'retry-after': tightest.reset },
          })
        }
        for (const { key, end } of usages) counters.increment(key, end)
        for (const [name, value] of Object.entries(headers)) exchange.response.setHeader(name, value)
        return undefined
      },
    })
  },
})

function identify(config: Config, exchange: Exchange): string {
  switch (config.limit_by) {
    case 'consumer':
      return exchange.consumer?.id ?? exchange.credentialId ?? exchange.clientIp
    case 'credential':
      return exchange.credentialId ?? exchange.clientIp
    case 'ip':
      return exchange.clientIp
  }
}

function windowAt(at: number, period: Period): { start: number; end: number } {
  const date = new Date(at)
  if (period === 'month') {
    return {
      start: Date.UTC(date.getUTCFullYear(), date.getUTCMonth()),
      end: Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1),
    }
  }
  if (period === 'year') {
    return { start: Date.UTC(date.getUTCFullYear(), 0), end: Date.UTC(date.getUTCFullYear() + 1, 0) }
  }
  const length = SECONDS[period] * 1000
  const start = Math.floor(at / length) * length
  return { start, end: start + length }
}

const quotaHeaders = (seen: readonly Usage[], tightest: Usage): Record<string, number> => ({
  'RateLimit-Limit': tightest.limit,
  'RateLimit-Remaining': tightest.remaining,
  'RateLimit-Reset': tightest.reset,
  ...Object.fromEntries(
    seen.flatMap(({ period, limit, remaining }) => {
      const name = period.charAt(0).toUpperCase() + period.slice(1)
      return [
        [`X-RateLimit-Limit-${name}`, limit],
        [`X-RateLimit-Remaining-${name}`, remaining],
      ]
    }),
  ),
})
