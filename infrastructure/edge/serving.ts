import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { type Exchange, type Reply, type Response, refuse } from './exchange.ts'
import { setForwardedHeaders } from './forwarded.ts'
import { codeOf, explain, handOver, proxy } from './forwarding.ts'
import { inboundHeaders } from './headers.ts'
import type { Log } from './log.ts'
import { select } from './plan.ts'
import type { PluginRun } from './plugin.ts'
import { beforeHead, send } from './responding.ts'
import { type Match, targetPath } from './router.ts'
import type { Runtime } from './runtime.ts'
import { handOverSocket, openTunnel, type RawConnection } from './tunnel.ts'
import { parseTarget } from './uri.ts'

export interface Serving {
  readonly runtime: Runtime
  readonly now: () => number
  readonly log: Log
  /** New requests are refused while true. */
  readonly draining: boolean
  /** Present when the client asks for a WebSocket. */
  readonly connection?: RawConnection
  /** The client waits for `100 Continue` before it sends its body. */
  readonly expectsContinue?: boolean
}

const shuttingDown = refuse(503, 'The edge is shutting down', {
  code: 'SHUTTING_DOWN',
  headers: { connection: 'close', 'retry-after': 1 },
})

/** Leads one request through routing, plugins and target. Never rejects: every failure becomes an answer and a log line. */
export async function serve(request: IncomingMessage, response: Response, serving: Serving): Promise<void> {
  const { runtime, log } = serving
  const asked = parseTarget(request.url ?? '') ?? { path: '', query: '' }
  const headers = inboundHeaders(request.rawHeaders)
  // The router sees the upgrade although it does not travel on as an ordinary header.
  const visible = request.headers.upgrade ? new Map(headers).set('upgrade', [request.headers.upgrade]) : headers
  const method = request.method ?? 'GET'
  const found = runtime.match({ method, path: asked.path, host: headers.get('host')?.[0] ?? '', headers: visible })
  const exchange: Exchange = {
    id: randomUUID().replaceAll('-', ''),
    request,
    response,
    clientIp: (request.socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
    upgrade: serving.connection !== undefined,
    at: serving.now(),
    headers,
    target: { path: found ? targetPath(found.match, found.service.path, asked.path) : asked.path, query: asked.query },
    route: found?.match.route,
    service: found?.service,
    timing: { arrived: performance.now() },
  }
  const runs: PluginRun[] = []
  attach(exchange, runs, serving)
  try {
    const reply =
      (await runPlugins(exchange, runs, runtime, initialReply(exchange, serving))) ??
      (found && (await forward(exchange, found.match, asked.path, serving)))
    if (reply) send(exchange, reply)
  } catch (error) {
    if (response.destroyed || request.socket.destroyed) return
    log('error', 'the edge failed to serve a request', { requestId: exchange.id, cause: codeOf(error), error })
    send(exchange, refuse(500, 'An unexpected error occurred'))
    if (!response.writableEnded) response.destroy()
  }
}

/** What is refused before any plugin is asked. Two Host headers could mean one route here and another one inside. */
function initialReply({ headers, route }: Exchange, { draining }: Serving): Reply | undefined {
  if (draining) return shuttingDown
  if ((headers.get('host')?.length ?? 0) > 1) return refuse(400, 'Duplicate Host header')
  return route ? undefined : refuse(404, 'no Route matched with those values')
}

/** Header filters run when the head is about to be written, log steps when everything is over. */
function attach(exchange: Exchange, runs: readonly PluginRun[], { log, connection }: Serving): void {
  const { request, response } = exchange
  response.setMaxListeners(30)
  beforeHead(response, () => {
    exchange.timing.answered = performance.now()
    response.setHeader('X-Kong-Request-Id', exchange.id)
    for (const run of runs) run.headerFilter?.()
  })
  response.on('error', error =>
    log('debug', 'a response was cut off', { requestId: exchange.id, cause: codeOf(error) }),
  )
  const finished = connection ? connection.socket : response
  finished.once('close', () => {
    for (const run of runs) run.log?.()
    log('debug', 'served', {
      requestId: exchange.id,
      method: request.method,
      path: exchange.target.path,
      status: response.statusCode,
      consumer: exchange.consumer?.username,
      milliseconds: Math.round(performance.now() - exchange.timing.arrived),
    })
  })
}

/** As in Kong, a reply stops the access phase but the plugins after it still take part in the later phases. */
async function runPlugins(
  exchange: Exchange,
  runs: PluginRun[],
  runtime: Runtime,
  initial: Reply | undefined,
): Promise<Reply | undefined> {
  const plan = exchange.route ? runtime.plans.forRoute(exchange.route) : runtime.plans.unmatched
  let reply = initial
  for (const candidates of plan) {
    const run = select(candidates, exchange)
    if (!run) continue
    runs.push(run)
    reply ??= await run.access?.()
  }
  return reply
}

async function forward(
  exchange: Exchange,
  match: Match,
  originalPath: string,
  serving: Serving,
): Promise<Reply | undefined> {
  const { runtime, connection, log } = serving
  const { service, headers, response, body } = exchange
  if (!service) return undefined
  const peers = runtime.balancer.peers(service)
  const first = peers[0]
  if (!first) return explain(undefined)
  if (serving.expectsContinue) response.writeContinue()
  if (body) headers.set('content-length', [String(body.length)])
  headers.delete('expect')
  setForwardedHeaders(exchange, match, first, originalPath)
  exchange.timing.forwarded = performance.now()
  const local = runtime.inProcess(service, first)
  if (connection && local) {
    handOverSocket(exchange, connection, local)
    return undefined
  }
  if (connection) return openTunnel(exchange, connection, service, peers, log)
  return local ? handOver(exchange, local, service) : proxy(exchange, service, peers, runtime.pools, log)
}
