import pg from 'pg'

export interface PoolOptions {
  /** `postgres://…`; with TLS `?sslmode=verify-full&sslrootcert=<file>`, a client certificate as `sslcert` and `sslkey`. */
  readonly url: string
  /** Shown in pg_stat_activity, so that an operator sees whose connection blocks. */
  readonly applicationName: string
  /** Most connections at a time; 10 when not given. */
  readonly max?: number
  /** Milliseconds a query may run; 6,000 when not given. */
  readonly statementTimeoutMs?: number
  /** Called when an idle connection breaks while the pool is in use. The pool replaces it; nothing else has to be done. */
  readonly onError: (error: Error) => void
}

/**
 * Opens a pool; whoever opens it ends it. A transaction left open stalls every relay of the cluster (its id holds back
 * what is safe to read), so the server ends one that idles for 10 s. A server that hangs cannot keep its time-outs: a second
 * after one, the connection is given up from here. With the wait for a connection, nothing takes longer than 10 s.
 */
export const createPool = (options: PoolOptions): pg.Pool => {
  const statementTimeoutMs = options.statementTimeoutMs ?? 6_000
  const pool = new pg.Pool({
    connectionString: options.url,
    application_name: options.applicationName,
    max: options.max ?? 10,
    connectionTimeoutMillis: 3_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    statement_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs + 1_000,
    idle_in_transaction_session_timeout: 10_000,
  })
  pool.on('error', error => {
    if (!pool.ending) options.onError(error)
  })
  return pool
}
