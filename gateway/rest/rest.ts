import { createHash } from 'node:crypto'
import { readOperation } from '@mercato/schema/stored-operations'
import type { z } from 'zod'
import type { ExecuteAs } from '../http.ts'
import { DOCUMENT_POLICY } from './invoice/document.ts'
import { openApiOf } from './openapi.ts'
import { problem, problemOfError, problemOfRefusals } from './problem.ts'
import type { RestAnswer, RestInput, Route, UserError } from './route.ts'
import { routesFor } from './routes.ts'
import { DEMO_SELLER, type Seller } from './seller.ts'

export { sellerFrom } from '../settings.ts'
export { routesFor } from './routes.ts'
export { DEMO_SELLER, type Seller } from './seller.ts'

export interface Rest {
  /** Answers a request below /api/v1; `execute` runs operations as its caller, bounded and authorised like any other. */
  fetch(request: Request, execute: ExecuteAs): Promise<Response>
}

const MAX_BODY = 100_000
const JSON_ANSWER = { 'content-type': 'application/json' }
const PAGE = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': DOCUMENT_POLICY }

interface Compiled {
  readonly route: Route
  readonly pattern: RegExp
  readonly document: string
}

const compile = (route: Route): Compiled => ({
  route,
  pattern: new RegExp(`^/api/v1${route.path.replace(/\{(\w+)\}/g, '(?<$1>[^/]{1,100})')}/?$`),
  document: readOperation(`rest/${route.operation}`).query,
})

const invalid = (where: string, error: z.ZodError): RestAnswer => {
  const errors = error.issues.map(({ path, message }) => ({ code: 'BAD_USER_INPUT', message, field: path.map(String) }))
  return problem(400, 'BAD_USER_INPUT', `The ${where} is not as documented.`, { errors })
}

const readJson = async (request: Request): Promise<unknown> => {
  if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? ''))
    return problem(415, 'UNSUPPORTED_MEDIA_TYPE', 'Send application/json.')
  const text = await request.text()
  if (text.length > MAX_BODY) return problem(413, 'PAYLOAD_TOO_LARGE', 'The body is too large.')
  try {
    return { json: JSON.parse(text) }
  } catch {
    return problem(400, 'BAD_USER_INPUT', 'The body is not JSON.')
  }
}

const isAnswer = (value: unknown): value is RestAnswer =>
  typeof value === 'object' && value !== null && 'status' in value

const inputOf = async ({ route, pattern }: Compiled, request: Request, url: URL): Promise<RestInput | RestAnswer> => {
  const params: Record<string, string> = {}
  for (const [name, text] of Object.entries(pattern.exec(url.pathname)?.groups ?? {})) {
    try {
      params[name] = decodeURIComponent(text)
    } catch {
      return problem(404, 'NOT_FOUND', 'There is no such thing.')
    }
  }
  const repeated = [...url.searchParams.keys()].find((name, index, names) => names.indexOf(name) < index)
  if (repeated !== undefined) {
    const errors = [{ code: 'BAD_USER_INPUT', message: 'It is given more than once.', field: [repeated] }]
    return problem(400, 'BAD_USER_INPUT', 'A query parameter is given more than once.', { errors })
  }
  const query = route.query?.safeParse(Object.fromEntries(url.searchParams))
  if (query && !query.success) return invalid('query string', query.error)
  const names = Object.keys(route.headers?.shape ?? {})
  const sent = Object.fromEntries(names.map(name => [name, request.headers.get(name) ?? undefined]))
  const headers = route.headers?.safeParse(sent)
  if (headers && !headers.success) return invalid('header', headers.error)
  const given = { params, query: query?.data ?? {}, headers: sent }
  if (!route.body) return { ...given, body: {} }
  const read = await readJson(request)
  if (isAnswer(read)) return read
  const body = route.body.safeParse((read as { readonly json: unknown }).json)
  return body.success ? { ...given, body: body.data } : invalid('body', body.error)
}

const refusalsIn = (data: Readonly<Record<string, unknown>>): readonly UserError[] =>
  Object.values(data).flatMap(value =>
    typeof value === 'object' && value !== null && 'userErrors' in value
      ? (value.userErrors as readonly UserError[])
      : [],
  )

/** REST over the graph: each route runs its stored operation as the same caller, so that rules and permissions live once. */
export const createRest = (seller: Seller = DEMO_SELLER): Rest => {
  const routes = routesFor(seller)
  const compiled = routes.map(compile)
  const openApi = openApiOf(routes)

  const run = async (
    { route, document }: Compiled,
    input: RestInput,
    execute: ExecuteAs,
    url: URL,
  ): Promise<RestAnswer> => {
    const { data, errors } = await execute({ query: document, variables: route.variables(input) })
    if (errors?.[0]) return problemOfError(errors[0])
    const refusals = refusalsIn(data ?? {})
    if (refusals.length > 0) return problemOfRefusals(refusals)
    return route.answer(data, input, url) ?? problem(404, 'NOT_FOUND', 'There is no such thing.')
  }

  const respond = (request: Request, answer: RestAnswer, maxAge?: number): Response => {
    const { status, headers = {}, body, document } = answer
    const text = document ?? (body === undefined ? null : JSON.stringify(body))
    const out = new Headers({ ...(document === undefined ? JSON_ANSWER : PAGE), ...headers })
    const isPublic = maxAge !== undefined && status === 200 && !request.headers.has('authorization')
    out.set('cache-control', isPublic ? `public, max-age=${maxAge}` : 'no-store')
    if (text === null) out.delete('content-type')
    if (request.method === 'HEAD') return new Response(null, { status, headers: out })
    if (status !== 200 || request.method !== 'GET' || text === null) return new Response(text, { status, headers: out })
    const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`
    out.set('etag', etag)
    const known = request.headers
      .get('if-none-match')
      ?.split(',')
      .some(each => each.trim().replace(/^W\//, '') === etag)
    return known ? new Response(null, { status: 304, headers: out }) : new Response(text, { status, headers: out })
  }

  return {
    async fetch(request, execute) {
      const url = new URL(request.url)
      if (url.pathname === '/api/v1/openapi.json') return respond(request, { status: 200, body: openApi }, 60)
      const here = compiled.filter(({ pattern }) => pattern.test(url.pathname))
      const method = request.method === 'HEAD' ? 'GET' : request.method
      const target = here.find(({ route }) => route.method === method)
      if (!target) {
        if (here.length === 0) return respond(request, problem(404, 'NOT_FOUND', 'There is no such resource.'))
        const allow = here.flatMap(({ route }) => (route.method === 'GET' ? ['GET', 'HEAD'] : route.method)).join(', ')
        const refusal = problem(405, 'METHOD_NOT_ALLOWED', `Only ${allow} here.`)
        return respond(request, { ...refusal, headers: { ...refusal.headers, allow } })
      }
      const input = await inputOf(target, request, url)
      if (isAnswer(input)) return respond(request, input)
      return respond(request, await run(target, input, execute, url), target.route.maxAge)
    },
  }
}
