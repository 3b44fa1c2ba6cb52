import { Fault, type FaultCode, type Logger } from '@mercato/shared-kernel/application'
import { GraphQLError, type GraphQLFormattedError } from 'graphql'

const MASKED = 'Something went wrong on our side. Quote the correlation id when you ask about it.'

/** Codes of faults; a fault of our own subgraphs arrives with one of them. */
const FAULTS: Readonly<Record<Exclude<FaultCode, 'INTERNAL_SERVER_ERROR'>, { readonly retryable: boolean }>> = {
  BAD_USER_INPUT: { retryable: false },
  UNAUTHENTICATED: { retryable: false },
  FORBIDDEN: { retryable: false },
  NOT_FOUND: { retryable: false },
  CONFLICT: { retryable: true },
  RATE_LIMITED: { retryable: true },
  IDEMPOTENCY_KEY_REUSED: { retryable: false },
  STALE_READ: { retryable: true },
  CURSOR_EXPIRED: { retryable: false },
  SERVICE_UNAVAILABLE: { retryable: true },
  TIMEOUT: { retryable: true },
  SHUTTING_DOWN: { retryable: true },
}

/** Codes that only the gateway gives. */
const REFUSALS: ReadonlySet<string> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'QUERY_TOO_COMPLEX',
  'PAYLOAD_TOO_LARGE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'BAD_REQUEST',
  'METHOD_NOT_ALLOWED',
  'UNSUPPORTED_MEDIA_TYPE',
  'CSRF_REFUSED',
])

/** yoga refuses by HTTP status alone, or with a code of its own. */
const BY_STATUS: Readonly<Record<number, string>> = {
  400: 'BAD_REQUEST',
  403: 'CSRF_REFUSED',
  405: 'METHOD_NOT_ALLOWED',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
}

const isFaultCode = (code: unknown): code is keyof typeof FAULTS =>
  typeof code === 'string' && Object.hasOwn(FAULTS, code)

interface Verdict {
  readonly code: string
  readonly message: string
  readonly retryable: boolean
}

const causeOf = (error: unknown): unknown =>
  error instanceof GraphQLError && error.originalError ? causeOf(error.originalError) : error

const judge = (error: unknown): Verdict | undefined => {
  const cause = causeOf(error)
  if (cause instanceof Fault && cause.code !== 'INTERNAL_SERVER_ERROR')
    return { code: cause.code, message: cause.message, retryable: cause.retryable }
  if (!(error instanceof GraphQLError)) return undefined
  const code = error.extensions['code']
  if (isFaultCode(code)) return { code, message: error.message, retryable: FAULTS[code].retryable }
  if ('serviceName' in error.extensions || (error.originalError && !(cause instanceof GraphQLError))) return undefined
  if (typeof code === 'string' && REFUSALS.has(code)) return { code, message: error.message, retryable: false }
  const status = error.extensions.http?.status
  const known = status === undefined ? undefined : BY_STATUS[status]
  return known ? { code: known, message: error.message, retryable: false } : undefined
}

/** A path that ends where the executor could not say which item of a list it was. */
const concrete = (path: readonly (string | number)[] | undefined): readonly (string | number)[] | undefined => {
  const at = path?.indexOf('@') ?? -1
  return at < 0 ? path : path?.slice(0, at)
}

/** An error as clients get it: what it means to HTTP is not for them. */
export const shown = (error: GraphQLError): GraphQLFormattedError => {
  const { extensions, ...rest } = error.toJSON()
  const { http: _, ...told } = extensions ?? {}
  return { ...rest, ...(Object.keys(told).length > 0 && { extensions: told }) }
}

/** `failed` is the HTTP status of an error that is masked. */
export type ErrorGate = (
  error: unknown,
  correlationId: string,
  failed?: { readonly status: number; readonly spec: boolean },
) => GraphQLError

/**
 * The one gate through which errors leave the gateway. Faults of our subgraphs and refusals of our own keep code and message; everything
 * else is masked and logged, once, with the correlation id that the client gets too. No host, no service name, no stack passes.
 */
export const createErrorGate = (logger: Logger): ErrorGate => {
  const passed = new WeakSet<GraphQLError>()
  return (error, correlationId, failed) => {
    if (error instanceof GraphQLError && passed.has(error)) return error
    const verdict = judge(error)
    const located = error instanceof GraphQLError ? error : undefined
    const fromService = located?.extensions['code'] === 'INTERNAL_SERVER_ERROR' && 'serviceName' in located.extensions
    if (!verdict && !fromService) logger.error('request failed', { correlationId, error: causeOf(error) })
    const { code, message, retryable } = verdict ?? { code: 'INTERNAL_SERVER_ERROR', message: MASKED, retryable: false }
    const http = located?.extensions.http ?? (verdict ? undefined : failed)
    const path = concrete(located?.path)
    const out = new GraphQLError(message, {
      ...(located?.nodes && { nodes: located.nodes }),
      ...(located?.source && { source: located.source }),
      ...(located?.positions && { positions: located.positions }),
      ...(path && { path }),
      // What is no GraphQL request at all gets its status whatever the client accepts.
      extensions: {
        code,
        retryable,
        correlationId,
        ...(http && { http: code === 'BAD_REQUEST' ? { ...http, spec: false } : http }),
      },
    })
    passed.add(out)
    return out
  }
}
