import type { RestAnswer, UserError } from './route.ts'

const STATUS_OF_CODE: Readonly<Record<string, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  IDEMPOTENCY_KEY_REUSED: 422,
  BAD_USER_INPUT: 400,
  BAD_REQUEST: 400,
  CURSOR_EXPIRED: 400,
  METHOD_NOT_ALLOWED: 405,
  UNSUPPORTED_MEDIA_TYPE: 415,
  QUERY_TOO_COMPLEX: 400,
  PAYLOAD_TOO_LARGE: 413,
  RATE_LIMITED: 429,
  STALE_READ: 503,
  SERVICE_UNAVAILABLE: 503,
  SHUTTING_DOWN: 503,
  TIMEOUT: 504,
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Refused',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Unavailable',
  504: 'Time-out',
}

/** Refusals that say that something is in the way, rather than that the input is wrong. */
const CONFLICTING = /(?:_TAKEN|_EXISTS|\.ALREADY_[A-Z_]+|\.CHANGED|_CHANGED|OUT_OF_STOCK|NOT_AVAILABLE)$/

/** RFC 9457. */
export const problem = (
  status: number,
  code: string,
  detail: string,
  extra: Readonly<Record<string, unknown>> = {},
): RestAnswer => ({
  status,
  headers: { 'content-type': 'application/problem+json', ...(status === 401 && { 'www-authenticate': 'Bearer' }) },
  body: { type: 'about:blank', title: TITLES[status] ?? 'Error', status, code, detail, ...extra },
})

interface GraphQLFailure {
  readonly message: string
  readonly extensions?: Readonly<Record<string, unknown>>
}

/** A coded error of the graph as a problem. */
export const problemOfError = ({ message, extensions = {} }: GraphQLFailure): RestAnswer => {
  const given = extensions['code']
  const code = typeof given === 'string' ? given : 'INTERNAL_SERVER_ERROR'
  const correlationId = extensions['correlationId']
  return problem(STATUS_OF_CODE[code] ?? 500, code, message, typeof correlationId === 'string' ? { correlationId } : {})
}

export const notSignedIn = (): RestAnswer => problem(401, 'UNAUTHENTICATED', 'Sign in first.')

/** What is refused before any route is reached, as an answer of the REST interface. */
export const problemResponse = (error: GraphQLFailure): Response => {
  const { status, headers = {}, body } = problemOfError(error)
  return Response.json(body, { status, headers: { ...headers, 'cache-control': 'no-store' } })
}

const statusOfRefusal = (code: string): number => {
  if (code === 'USER.SIGN_IN_REFUSED') return 401
  if (code === 'USER.TOO_MANY_ATTEMPTS') return 429
  if (code.endsWith('.NOT_FOUND')) return 404
  return CONFLICTING.test(code) ? 409 : 422
}

/** Business refusals as a problem: 404 for what does not exist, 409 for what is in the way, else 422. */
export const problemOfRefusals = (errors: readonly UserError[]): RestAnswer => {
  const [first] = errors
  const code = first?.code ?? 'REFUSED'
  return problem(statusOfRefusal(code), code, first?.message ?? 'Refused.', {
    errors: errors.map(({ code, message, field }) => ({ code, message, field: field ?? [] })),
  })
}
