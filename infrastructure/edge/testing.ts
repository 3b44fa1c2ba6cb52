import { createServer, request as httpRequest, type IncomingMessage, type RequestListener } from 'node:http'
import { connect, type Socket } from 'node:net'
import { createEdge, type EdgeOptions, type InProcessTarget, parseKongConfig } from './edge.ts'
import { listen } from './listening.ts'

/** What the echo target saw of a request. */
export interface Seen {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly raw: readonly string[]
  readonly body: string
}

/** A target that answers with what it was asked. */
export const echo: RequestListener = (request, response) => {
  collect(request).then(body => {
    const { method, url, headers, rawHeaders: raw } = request
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ method, url, headers, raw, body }))
  })
}

export const inProcess = (
  request: RequestListener,
  upgrade: InProcessTarget['upgrade'] = (_, socket) => socket.destroy(),
) => ({
  request,
  upgrade,
})

export interface StartOptions extends Partial<Omit<EdgeOptions, 'config'>> {
  /** YAML below `_format_version`; services with host `app` reach `target`. */
  readonly config: string
  readonly target?: RequestListener
}

/** An edge on free ports with one target in this process. */
export async function startEdge({ config, target = echo, ...options }: StartOptions) {
  const logged: { level: string; message: string; fields: unknown }[] = []
  const edge = createEdge({
    config: parseKongConfig(`_format_version: "3.0"\n${config}`, 'the test'),
    targets: { app: inProcess(target) },
    log: (level, message, fields) => logged.push({ level, message, fields }),
    ...options,
  })
  const bound = await edge.listen({ host: '127.0.0.1', port: 0, adminPort: 0 })
  return {
    edge,
    logged,
    port: bound.port,
    url: `http://127.0.0.1:${bound.port}`,
    admin: `http://127.0.0.1:${bound.adminPort}`,
    [Symbol.asyncDispose]: () => edge[Symbol.asyncDispose](),
  }
}

/** A server on a free port, as a remote target. */
export async function startRemote(handler: RequestListener) {
  const server = createServer(handler)
  const port = await listen(server, '127.0.0.1', 0)
  return {
    server,
    port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

export interface Answer {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly text: string
  json(): unknown
}

export interface Ask {
  readonly method?: string
  /** Pairs, so that a name can be sent twice. */
  readonly headers?: readonly (readonly [string, string])[]
  readonly body?: string | Buffer
  /** Send the body in chunks, without a declared length. */
  readonly chunked?: boolean
}

/** A request as it is, without what fetch adds, refuses or corrects. */
export function ask(url: string, { method = 'GET', headers = [], body, chunked = false }: Ask = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const target = new URL(url)
    const length = body === undefined || chunked ? [] : ['content-length', String(Buffer.byteLength(body))]
    const host = headers.some(([name]) => name.toLowerCase() === 'host') ? [] : ['host', target.host]
    const request = httpRequest({
      host: target.hostname,
      port: target.port,
      // Not target.pathname: URL would resolve the dot segments that a hostile client sends.
      path: url.slice(target.origin.length) || '/',
      method,
      headers: [...host, ...length, ...(chunked ? ['transfer-encoding', 'chunked'] : []), ...headers.flat()],
      agent: false,
    })
    request.once('error', reject)
    request.once('response', response => {
      collect(response).then(text => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json: () => JSON.parse(text) })
      }, reject)
    })
    request.end(body)
  })
}

export const seen = (answer: Answer): Seen => answer.json() as Seen

export async function collect(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

/** A bare connection, for requests that no client library would send; `until` waits for text in what has come back. */
export async function dial(port: number) {
  const socket: Socket = connect(port, '127.0.0.1')
  let received = ''
  socket.setEncoding('latin1').on('data', chunk => {
    received += chunk
  })
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  const closed = new Promise<void>(resolve => socket.once('close', () => resolve()))
  return {
    socket,
    closed,
    received: () => received,
    until: (text: string) =>
      new Promise<string>((resolve, reject) => {
        const look = () => received.includes(text) && resolve(received)
        socket.on('data', look)
        socket.once('close', () => reject(new Error(`closed before ${JSON.stringify(text)} came, after: ${received}`)))
        look()
      }),
  }
}
