import { Fault } from '@mercato/shared-kernel/application'
import { DrizzleQueryError } from 'drizzle-orm'
import { DatabaseError } from 'pg'

/** Unique index or primary key violated. */
export const UNIQUE_VIOLATION = '23505'

/** Classes of SQLSTATE after which the same call may succeed later: connection, resources, operator intervention. */
const TRANSIENT_CLASSES = ['08', '53', '57', '58']
/** Serialization failure, deadlock, lock not available. */
const TRANSIENT_CODES = ['40001', '40P01', '55P03']
/** What node and pg say when there is no connection to speak SQL over. */
const CONNECTION_LOST =
  /ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ENOENT|connection terminated|timeout exceeded when trying to connect|query read timeout|client has encountered a connection error|client was closed/i

const isTransient = (error: Error): boolean => {
  if (error instanceof DatabaseError) {
    const code = error.code ?? ''
    return TRANSIENT_CODES.includes(code) || TRANSIENT_CLASSES.includes(code.slice(0, 2))
  }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return CONNECTION_LOST.test(`${code} ${error.message}`)
}

/**
 * What an adapter throws for a failed query: `SERVICE_UNAVAILABLE` when the database is away or busy, else the error itself.
 * drizzle's wrapper is taken off, since its message quotes the parameters (personal data).
 */
export const fromPostgres = (thrown: unknown): unknown => {
  const error = thrown instanceof DrizzleQueryError ? thrown.cause : thrown
  if (error instanceof AggregateError && error.errors.every(one => one instanceof Error && isTransient(one)))
    return new Fault('SERVICE_UNAVAILABLE', 'the database does not answer', error)
  if (error instanceof Error && isTransient(error))
    return new Fault('SERVICE_UNAVAILABLE', 'the database does not answer', error)
  return error ?? new Error('a query failed without a cause')
}

/** Whether a query failed because a row with that key is already there. */
export const isUniqueViolation = (thrown: unknown): boolean => {
  const error = thrown instanceof DrizzleQueryError ? thrown.cause : thrown
  return error instanceof DatabaseError && error.code === UNIQUE_VIOLATION
}
