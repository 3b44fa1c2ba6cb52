import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { parseKongConfig } from './config/load.ts'
import type { KongConfig } from './config/model.ts'
import type { TargetHealth } from './health-checks.ts'
import type { EdgeMetrics } from './metrics.ts'
import { readBody } from './request-body.ts'

export interface AdminOptions {
  readonly metrics: EdgeMetrics
  /** Metrics of what else runs in this process, in Prometheus' text format. */
  readonly alsoScrape?: () => Promise<string>
  config(): KongConfig
  healthOf(upstream: string, target: string): TargetHealth
  /** Exchanges and WebSockets under way. */
  connections(): number
  /** Puts a configuration into service. */
  replace(config: KongConfig): Promise<void>
}

interface Answer {
  readonly status: number
  readonly type?: string
  readonly body: unknown
}

type Resource = (request: IncomingMessage) => Answer | Promise<Answer>

const MAX_CONFIG = 4 * 2 ** 20

/** The part of Kong's admin API that a declarative deployment uses. It shows no keys. */
export function createAdmin(options: AdminOptions): Server {
  const resources = new Map<string, Resource>([
    ['GET /status', () => status(options)],
    ['GET /metrics', () => scrape(options)],
    ['GET /services', () => list(options.config().services)],
    ['GET /routes', () => list(options.config().routes)],
    ['GET /plugins', () => list(plugins(options.config()))],
    ['GET /consumers', () => list(options.config().consumers)],
    ['POST /config', request => replaceConfig(request, options)],
  ])
  return createServer({ requestTimeout: 30_000, headersTimeout: 10_000 }, (request, response) => {
    const resource = resources.get(`${request.method} ${request.url?.split('?')[0]}`)
    void answer(request, resource).then(result => write(response, result))
  })
}

async function answer(request: IncomingMessage, resource: Resource | undefined): Promise<Answer> {
  if (isForeignPage(request))
    return { status: 403, body: { message: 'Pages of other origins may not use the admin API' } }
  if (!resource) return { status: 404, body: { message: 'Not found' } }
  try {
    return await resource(request)
  } catch (error) {
    return refusal(error)
  }
}

/** A browser says where a request comes from; the admin API has no other guard against a page the developer visits. */
function isForeignPage({ headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true
  return headers.origin !== undefined && headers.origin !== `http://${headers.host}`
}

function refusal(error: unknown): Answer {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'START.KONG_CONFIG') {
    return { status: 500, body: { message: 'An unexpected error occurred' } }
  }
  return { status: 400, body: { name: 'invalid declarative configuration', code: 14, message: error.message } }
}

function status({ config, connections }: AdminOptions): Answer {
  return { status: 200, body: { server: { connections_active: connections() }, configuration_hash: config().hash } }
}

async function scrape({ metrics, alsoScrape, config, healthOf, connections }: AdminOptions): Promise<Answer> {
  metrics.connections.set({ state: 'active', subsystem: 'http' }, connections())
  metrics.targetHealth.reset()
  for (const upstream of config().upstreams) {
    for (const { target } of upstream.targets) {
      metrics.targetHealth.set(
        {
          ...{ upstream: upstream.name, target, address: target },
          ...{ state: healthOf(upstream.name, target), subsystem: 'http' },
        },
        1,
      )
    }
  }
  const parts = [await metrics.registry.metrics(), ...(alsoScrape ? [await alsoScrape()] : [])]
  return { status: 200, type: metrics.registry.contentType, body: parts.join('\n') }
}

const list = (data: readonly unknown[]): Answer => ({ status: 200, body: { data, next: null } })

const plugins = ({ plugins }: KongConfig) =>
  plugins.map(({ id, entry, scope }) => ({
    id,
    name: entry.name,
    enabled: entry.enabled,
    config: entry.config.value,
    ...scope,
  }))

async function replaceConfig(request: IncomingMessage, options: AdminOptions): Promise<Answer> {
  const body = await readBody(request, MAX_CONFIG)
  if (body === 'too large') return { status: 413, body: { message: 'The configuration is too large' } }
  const config = parseKongConfig(
    await configText(body, request.headers['content-type'] ?? ''),
    'the posted configuration',
  )
  await options.replace(config)
  return { status: 201, body: { configuration_hash: config.hash } }
}

/** The file itself, or, as Kong also takes it, the field `config` of a JSON object or a form. */
async function configText(body: Buffer, type: string): Promise<string> {
  if (/^multipart\/form-data|^application\/x-www-form-urlencoded/i.test(type)) {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
    const field = form.get('config')
    return typeof field === 'string' ? field : ((await field?.text()) ?? '')
  }
  const text = body.toString('utf8')
  if (!/^application\/json/i.test(type)) return text
  const parsed: unknown = JSON.parse(text)
  const inner = typeof parsed === 'object' && parsed !== null && 'config' in parsed ? parsed.config : undefined
  return typeof inner === 'string' ? inner : text
}

function write(response: ServerResponse, { status: code, type, body }: Answer): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  response.writeHead(code, {
    'content-type': type ?? 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  })
  response.end(text)
}
