import type { SubgraphTransport } from '@mercato/adapters/subgraph-transport/subgraph-transport'
import { readBytes } from './body.ts'
import type { Page } from './http.ts'
import { correlationIdFrom } from './identity/request-ids.ts'
import { refusal } from './refusal.ts'

/** Whose reports go where: everything below the path, to the subgraph that can tell a genuine one. */
const RECEIVERS: Readonly<Record<string, string>> = { '/webhooks/payments/*': 'payment' }

/** Bytes a report may have. */
const MOST = 64_000

/** Headers that say something about us, or that only we may set. */
const KEPT_BACK = /^(?:host|connection|content-length|transfer-encoding|cookie|authorization|x-(?!correlation-id$).*)$/i

const forward = async (request: Request, name: string, transport: SubgraphTransport): Promise<Response> => {
  if (request.method !== 'POST') throw refusal('METHOD_NOT_ALLOWED', 'Reports are sent with POST.', { status: 405 })
  const body = await readBytes(request, MOST)
  if (!body) throw refusal('PAYLOAD_TOO_LARGE', `A report may have ${MOST} bytes.`, { status: 413 })
  const headers = new Headers([...request.headers].filter(([header]) => !KEPT_BACK.test(header)))
  headers.set('x-correlation-id', correlationIdFrom(request.headers.get('x-correlation-id')))
  const { pathname } = new URL(request.url)
  const answer = await transport.fetch(
    new Request(`http://${name}${pathname}`, { method: 'POST', headers, body, signal: request.signal }),
  )
  const out = { 'content-type': answer.headers.get('content-type') ?? 'application/json', 'cache-control': 'no-store' }
  return new Response(answer.body, { status: answer.status, headers: out })
}

/**
 * Hands what other services report over to the subgraph that knows them, byte by byte, since their signature is over the bytes. No
 * user and no session is behind such a call; the way is that of every call of a subgraph, embedded and remote alike.
 */
export const webhooks = (transports: Readonly<Record<string, SubgraphTransport>>): Readonly<Record<string, Page>> =>
  Object.fromEntries(
    Object.entries(RECEIVERS).flatMap(([path, name]): [string, Page][] => {
      const transport = transports[name]
      return transport ? [[path, request => forward(request, name, transport)]] : []
    }),
  )
