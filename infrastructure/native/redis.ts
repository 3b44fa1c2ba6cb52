import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '@mercato/adapters/http-server/free-port'
import { type ServiceProcess, startServiceProcess } from './process/service-process.ts'
import { findRedis } from './redis/install.ts'

export interface RedisOptions {
  /** Data and log of the server; made when it is not there, kept afterwards. */
  readonly dir: string
  /** A free one when not given. */
  readonly port?: number
  /** Asked of every client. */
  readonly password?: string
  /** Speaks TLS, and only TLS, with this key and certificate (PEM files). */
  readonly tls?: { readonly keyFile: string; readonly certFile: string; readonly caFile: string }
  /** Whether data outlives the server: every write is then in its append-only file, synced each second. */
  readonly durable?: boolean
}

/** A running Redis. Dispose stops it. */
export interface RedisServer extends AsyncDisposable {
  /** `redis://…` or `rediss://…`, with the password. */
  readonly url: string
  pid(): number
  /** `kill -9`; resolves when it is gone. */
  kill(): Promise<void>
  /** Stops it in order. */
  stop(): Promise<void>
  /** Starts it again on its port and what it kept, after {@link kill} or {@link stop} or instead of them. */
  restart(): Promise<void>
}

const READY_WITHIN_MS = 10_000

/** Starts Redis as a child of this process; it dies with it. Throws with the reason when it is not installed or does not start. */
export const startRedis = async (options: RedisOptions): Promise<RedisServer> => {
  const found = findRedis()
  if ('missing' in found) throw new Error(found.missing)
  const { dir, password, tls, durable = false } = options
  const port = options.port ?? (await freePort())
  mkdirSync(dir, { recursive: true })
  const args = [
    ...(tls ? ['--port', '0', '--tls-port', String(port), '--tls-auth-clients', 'no'] : ['--port', String(port)]),
    ...(tls ? ['--tls-key-file', tls.keyFile, '--tls-cert-file', tls.certFile, '--tls-ca-cert-file', tls.caFile] : []),
    ...(password === undefined ? [] : ['--requirepass', password]),
    ...['--bind', '127.0.0.1', '--dir', dir, '--save', '', '--appendonly', durable ? 'yes' : 'no'],
  ]

  const start = async (): Promise<ServiceProcess> => {
    const logFile = join(dir, 'redis.log')
    const started = startServiceProcess({ name: 'Redis', command: found.server, args, logFile })
    try {
      await started.listening(port, READY_WITHIN_MS)
      return started
    } catch (error) {
      await started.end('SIGKILL')
      throw error
    }
  }

  let server = await start()
  const url = new URL(`${tls ? 'rediss' : 'redis'}://127.0.0.1:${port}`)
  url.password = password ?? ''
  return {
    url: url.href,
    pid: () => server.pid,
    kill: () => server.end('SIGKILL'),
    stop: () => server.end('SIGTERM'),
    async restart() {
      await server.end('SIGTERM')
      server = await start()
    },
    [Symbol.asyncDispose]: () => server.end('SIGTERM'),
  }
}
