import { createHash } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import * as z from 'zod'
import { captureBody } from '../body-capture.ts'
import { type Exchange, headerOf, type Reply, refuse } from '../exchange.ts'
import { isHopByHop } from '../headers.ts'
import { definePlugin, type PluginRun } from '../plugin.ts'
import type { CachedResponse } from '../response-cache.ts'
import { cacheDirectives, contentTypeMatches, freshSeconds } from './cache-control.ts'

const flag = z.boolean().default(true)

const config = z.strictObject({
  strategy: z.literal('memory'),
  memory: z.strictObject({ dictionary_name: z.string().default('kong_db_cache') }).prefault({}),
  request_method: z.array(z.enum(['GET', 'HEAD'])).default(['GET', 'HEAD']),
  response_code: z.array(z.int().min(100).max(900)).min(1).default([200, 301, 404]),
  content_type: z.array(z.string()).default(['text/plain', 'application/json']),
  cache_ttl: z.int().gt(0).default(300),
  cache_control: z.boolean().default(false),
  storage_ttl: z.int().gt(0).optional(),
  vary_headers: z.array(z.string()).default(['Accept-Encoding']),
  vary_query_params: z.array(z.string()).optional(),
  response_headers: z.strictObject({ age: flag, 'X-Cache-Status': flag, 'X-Cache-Key': flag }).prefault({}),
})

type Config = z.output<typeof config>

/** Keeps answers per consumer, route, method, address and the headers it varies on. */
export const proxyCache = definePlugin({
  name: 'proxy-cache',
  priority: 100,
  onConsumer: true,
  config,
  create:
    (config, { cache, now }) =>
    exchange => {
      const { response } = exchange
      const asked = cacheDirectives(headerOf(exchange, 'cache-control'))
      let status: 'Bypass' | 'Hit' | 'Miss' | 'Refresh' | undefined
      let key = ''
      let store: ((body: Buffer) => void) | undefined
      let capture: { cancel(): void } | undefined

      const run: PluginRun = {
        access() {
          const refusesCache = config.cache_control && (asked['no-store'] || asked['no-cache'])
          if (
            exchange.upgrade ||
            refusesCache ||
            !config.request_method.some(method => method === exchange.request.method)
          ) {
            status = 'Bypass'
            return undefined
          }
          key = cacheKey(config, exchange)
          const cached = cache.get(key)
          if (cached && isAcceptable(config, asked, cached, now())) {
            status = 'Hit'
            return serve(config, cached, now())
          }
          if (!cached && config.cache_control && asked['only-if-cached']) return refuse(504, 'Gateway Timeout')
          status = cached ? 'Refresh' : 'Miss'
          capture = captureBody(response, cache.maxBody, body => store?.(body))
          return undefined
        },
        headerFilter() {
          if (status === 'Miss' || status === 'Refresh') {
            const ttl = storableFor(config, response, now())
            if (ttl > 0) {
              const head = { status: response.statusCode, headers: keptHeaders(response), storedAt: now(), ttl }
              store = body => cache.set(key, { ...head, body }, (config.storage_ttl ?? ttl) * 1000)
            } else {
              status = 'Bypass'
              capture?.cancel()
            }
          }
          if (status && config.response_headers['X-Cache-Status']) response.setHeader('X-Cache-Status', status)
          if (key && config.response_headers['X-Cache-Key']) response.setHeader('X-Cache-Key', key)
        },
      }
      return run
    },
})

function cacheKey(config: Config, exchange: Exchange): string {
  const parameters = new URLSearchParams(exchange.target.query)
  const names = config.vary_query_params?.length ? config.vary_query_params : [...new Set(parameters.keys())].sort()
  const query = names.map(name => [name, parameters.getAll(name).sort()])
  const headers = config.vary_headers.map(name => [name, exchange.headers.get(name.toLowerCase()) ?? []])
  const who = [exchange.consumer?.id, exchange.route?.id ?? 'default']
  return createHash('sha256')
    .update(JSON.stringify([who, exchange.request.method, exchange.target.path, query, headers]))
    .digest('hex')
}

function isAcceptable(
  config: Config,
  asked: ReturnType<typeof cacheDirectives>,
  cached: CachedResponse,
  now: number,
): boolean {
  const age = (now - cached.storedAt) / 1000
  if (!config.cache_control) return age <= config.cache_ttl
  const { 'max-age': maxAge, 'max-stale': maxStale, 'min-fresh': minFresh } = asked
  if (typeof maxAge === 'number' && age > maxAge) return false
  if (typeof minFresh === 'number' && cached.ttl - age < minFresh) return false
  const stale = age - cached.ttl
  return stale <= 0 || maxStale === true || (typeof maxStale === 'number' && stale <= maxStale)
}

/** Seconds for which the answer may be kept; 0 when it may not. */
function storableFor(config: Config, response: ServerResponse, now: number): number {
  const type = response.getHeader('content-type')
  if (!config.response_code.includes(response.statusCode)) return 0
  if (typeof type !== 'string' || !contentTypeMatches(type, config.content_type)) return 0
  if (!config.cache_control) return config.cache_ttl
  const header = text(response.getHeader('cache-control'))
  const directives = cacheDirectives(header)
  if (!directives['public'] || directives['private'] || directives['no-store'] || directives['no-cache']) return 0
  return freshSeconds(header, text(response.getHeader('expires')), now)
}

const text = (value: number | string | readonly string[] | undefined): string | undefined =>
  value === undefined ? undefined : [value].flat().join(', ')

/** All headers but those of this one exchange: connection, quota, and what another plugin sets afresh each time. */
function keptHeaders(response: ServerResponse): CachedResponse['headers'] {
  return Object.fromEntries(
    Object.entries(response.getHeaders()).flatMap(([name, value]) =>
      value === undefined ||
      isHopByHop(name) ||
      /^(x-)?ratelimit-|^(content-length|set-cookie|x-kong-request-id|date)$/.test(name)
        ? []
        : [[name, typeof value === 'number' ? String(value) : value]],
    ),
  )
}

function serve(config: Config, cached: CachedResponse, now: number): Reply {
  const age = Math.floor((now - cached.storedAt) / 1000)
  return {
    kind: 'content',
    status: cached.status,
    headers: { ...cached.headers, ...(config.response_headers.age && { age }) },
    body: cached.body,
  }
}
