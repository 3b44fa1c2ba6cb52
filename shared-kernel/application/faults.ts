/** Codes of faults that may reach a client; anything else is masked as INTERNAL_SERVER_ERROR. */
export type FaultCode =
  | 'BAD_USER_INPUT'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'RATE_LIMITED'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'STALE_READ'
  | 'CURSOR_EXPIRED'
  | 'SERVICE_UNAVAILABLE'
  | 'TIMEOUT'
  | 'SHUTTING_DOWN'
  | 'INTERNAL_SERVER_ERROR'

const RETRYABLE: ReadonlySet<FaultCode> = new Set([
  'CONFLICT',
  'RATE_LIMITED',
  'STALE_READ',
  'SERVICE_UNAVAILABLE',
  'TIMEOUT',
  'SHUTTING_DOWN',
])

/** A failure that is not a business refusal. `message` is shown to the client: no secrets, no host names. */
export class Fault extends Error {
  override readonly name = 'Fault'
  readonly code: FaultCode
  constructor(code: FaultCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
  }
  /** Whether the same request may succeed later unchanged. */
  get retryable(): boolean {
    return RETRYABLE.has(this.code)
  }
}

/** The stream is not at the revision the writer expected: somebody else was first. Reload and decide again. */
export class RevisionConflict extends Error {
  override readonly name = 'RevisionConflict'
  readonly code = 'REVISION_CONFLICT'
  readonly streamId: string
  readonly expected: number
  readonly actual: number
  constructor(streamId: string, expected: number, actual: number) {
    super(`stream ${streamId} is at revision ${actual}, not ${expected}`)
    this.streamId = streamId
    this.expected = expected
    this.actual = actual
  }
}

/** Used after dispose. */
export class Closed extends Error {
  override readonly name = 'Closed'
  readonly code = 'CLOSED'
  constructor(what: string) {
    super(`${what} is closed`)
  }
}

/** Errors of the kernel: their sentences name streams and codes, never data. */
const OURS: ReadonlySet<string> = new Set([
  'Fault',
  'RevisionConflict',
  'Closed',
  'UndecodableEvent',
  'SequenceGap',
  'BehindParked',
  'MissingEvents',
])

/**
 * What may be kept of a failure: its code, and the sentence of our own errors. Others may quote what they failed on (a database
 * its parameters, a mailer an address): of those the masked log line has the sentence.
 */
export const causeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown failure'
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name
  return OURS.has(error.name) ? `${code}: ${error.message}` : `${code}: the log says more about it`
}
