import type { ServerResponse } from 'node:http'
import * as z from 'zod'
import { headerOf } from '../exchange.ts'
import { definePlugin } from '../plugin.ts'

const config = z
  .strictObject({
    origins: z
      .array(
        z.string().regex(/^(\*|https?:\/\/[A-Za-z0-9.:-]+)$/, 'must be "*" or an origin such as https://shop.example'),
      )
      .min(1)
      .optional(),
    methods: z
      .array(z.enum(['HEAD', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT']))
      .default(['GET', 'HEAD', 'PUT', 'PATCH', 'POST', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT']),
    headers: z.array(z.string()).optional(),
    exposed_headers: z.array(z.string()).optional(),
    max_age: z.number().optional(),
    credentials: z.boolean().default(false),
    preflight_continue: z.literal(false).default(false),
  })
  .prefault({})

type Config = z.output<typeof config>

/** Answers preflights itself, before any authentication, and adds the headers that let a page read other answers. */
export const cors = definePlugin({
  name: 'cors',
  priority: 2000,
  onConsumer: false,
  config,
  create: config => exchange => {
    const { request, response } = exchange
    const origin = headerOf(exchange, 'origin')
    let answered = false
    return {
      access() {
        if (request.method !== 'OPTIONS' || !origin || !headerOf(exchange, 'access-control-request-method'))
          return undefined
        answered = true
        allowOrigin(config, response, origin)
        const asked = headerOf(exchange, 'access-control-request-headers')
        const headers = config.headers?.length ? config.headers.join(',') : asked
        return {
          kind: 'content',
          status: 200,
          headers: {
            'access-control-allow-methods': config.methods.join(','),
            ...(headers !== undefined && { 'access-control-allow-headers': headers }),
            ...(config.max_age !== undefined && { 'access-control-max-age': config.max_age }),
          },
        }
      },
      headerFilter() {
        if (answered) return
        allowOrigin(config, response, origin)
        if (config.exposed_headers?.length) {
          response.setHeader('access-control-expose-headers', config.exposed_headers.join(','))
        }
      },
    }
  },
})

function allowOrigin(config: Config, response: ServerResponse, origin: string | undefined): void {
  const anyone = !config.origins || config.origins.includes('*')
  if (!anyone || config.credentials) varyOnOrigin(response)
  const allowed = allowedOrigin(config, anyone, origin)
  if (allowed === undefined) {
    response.removeHeader('access-control-allow-origin')
    response.removeHeader('access-control-allow-credentials')
    return
  }
  response.setHeader('access-control-allow-origin', allowed)
  if (config.credentials && allowed !== '*') response.setHeader('access-control-allow-credentials', 'true')
}

/** With credentials the wildcard is not allowed by the standard, so the client's own origin stands in for it. */
function allowedOrigin(config: Config, anyone: boolean, origin: string | undefined): string | undefined {
  if (anyone) return config.credentials && origin ? origin : '*'
  if (config.origins?.length === 1) return config.origins[0]
  return origin !== undefined && config.origins?.some(entry => sameOrigin(entry, origin)) ? origin : undefined
}

const sameOrigin = (one: string, other: string): boolean =>
  one === other || (URL.canParse(one) && URL.canParse(other) && new URL(one).origin === new URL(other).origin)

function varyOnOrigin(response: ServerResponse): void {
  const vary = String(response.getHeader('vary') ?? '')
  if (!/(^|,)\s*(origin|\*)\s*(,|$)/i.test(vary)) response.setHeader('vary', vary ? `${vary}, Origin` : 'Origin')
}
