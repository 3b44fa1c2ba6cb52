import type { GraphQLProblem, Result } from './document.ts'

/** What the gateway refused or could not do, what the edge refused (`REFUSED`, `RATE_LIMITED`), or what never arrived (`NETWORK`). */
export class ClientFailure extends Error {
  override readonly name = 'ClientFailure'
  /** `UNAUTHENTICATED`, `CURSOR_EXPIRED`, `QUERY_TOO_COMPLEX`, … */
  readonly code: string
  /** Whether the same may succeed later, unchanged. */
  readonly retryable: boolean
  /** To be quoted when asking about it. */
  readonly correlationId: string | undefined
  readonly problems: readonly GraphQLProblem[]

  constructor(
    code: string,
    message: string,
    options: {
      retryable?: boolean
      correlationId?: string
      problems?: readonly GraphQLProblem[]
      cause?: unknown
    } = {},
  ) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined)
    this.code = code
    this.retryable = options.retryable ?? false
    this.correlationId = options.correlationId
    this.problems = options.problems ?? []
  }
}

/** A connection that could not be made, or broke. */
export const lost = (cause: unknown): ClientFailure =>
  new ClientFailure('NETWORK', 'The connection to Mercato was lost.', { retryable: true, cause })

/** The first error of a result, as a failure. */
export const failureOf = ({ errors = [] }: Result): ClientFailure => {
  const { message = 'There was no answer.', extensions = {} } = errors[0] ?? {}
  const { code, retryable, correlationId } = extensions
  return new ClientFailure(typeof code === 'string' ? code : 'UNKNOWN', message, {
    retryable: retryable === true,
    ...(typeof correlationId === 'string' && { correlationId }),
    problems: errors,
  })
}
