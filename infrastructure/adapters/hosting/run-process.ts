import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '@mercato/shared-kernel/application'
import type { Scrapable } from '../metrics/prometheus.ts'
import type { ServiceDirectory } from '../service-directory/service-directory.ts'
import { shutdownTracing } from '../tracing/shutdown.ts'
import { openProcessServer, type Served } from './process-server.ts'
import { untilItSucceeds } from './retrying.ts'

/** What a process serves once everything it needs is there. Disposing closes what was opened for it. */
export interface Running extends Served, AsyncDisposable {
  /** Takes no new work and finishes what is under way. */
  drain(): Promise<void>
  /** Other services that the process answers for, by name: their ports. */
  readonly alsoAnswers?: Readonly<Record<string, number>>
}

export interface ProcessOptions {
  /** The service, as others find it in the directory. */
  readonly name: string
  readonly host: string
  /** 0: a free one. */
  readonly port: number
  /** The host under which others reach it. */
  readonly serviceHost: string
  readonly logger: Logger
  readonly scraped: readonly Scrapable[]
  readonly directory: ServiceDirectory | undefined
  /** How long a process that is stopping still answers. */
  readonly drainMs: number
  /** Opens everything. When it fails, whatever it opened is closed, and it is called again later. */
  readonly open: () => Promise<Running>
}

const LONGEST_DRAIN_MS = 20_000
/** Of that, until the last answer has reached its client. */
const LONGEST_SENDING_MS = 10_000

/**
 * The life of a process: it listens at once, opens what it needs as soon as that can be had, is ready and registered, and on SIGTERM
 * or SIGINT is taken out, answers a little longer, finishes what is under way and exits with 0. Resolves when it serves.
 */
export const runProcess = async (options: ProcessOptions): Promise<void> => {
  const { name, host, port, serviceHost, logger, scraped, directory, drainMs, open } = options
  const server = await openProcessServer({ host, port, scraped })
  const starting = new AbortController()
  const registrations: AsyncDisposable[] = []
  let running: Running | undefined

  const drain = async (): Promise<void> => {
    server.leave()
    await Promise.all(registrations.map(each => each[Symbol.asyncDispose]()))
    if (running) await delay(drainMs)
    server.close()
    await running?.drain()
    await server.finished(LONGEST_SENDING_MS)
    await running?.[Symbol.asyncDispose]()
    await directory?.[Symbol.asyncDispose]()
    server[Symbol.dispose]()
    logger.info('stopped')
    await shutdownTracing()
  }

  let stopping = false
  const stop = (signal: string): void => {
    if (stopping) return
    stopping = true
    logger.info('stopping', { signal })
    starting.abort()
    setTimeout(() => {
      logger.error('what was under way did not end in time', { seconds: LONGEST_DRAIN_MS / 1_000 })
      process.exit(1)
    }, LONGEST_DRAIN_MS).unref()
    drain().then(
      () => process.exit(0),
      error => {
        logger.error('stopping failed', { error })
        process.exit(1)
      },
    )
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop(signal))

  running = await untilItSucceeds(open, {
    signal: starting.signal,
    onFailure(error) {
      const what = error instanceof Error ? error.message : String(error)
      server.waitFor(what)
      logger.warn('cannot start yet, trying again', { error })
    },
  })
  server.serve(running)
  if (directory)
    for (const [service, at] of Object.entries({ [name]: server.port, ...running.alsoAnswers }))
      registrations.push(directory.register(service, { host: serviceHost, port: at }))
  logger.info('serving', { url: `http://${host}:${server.port}` })
}

/** Runs a program's start; what keeps it from starting is one sentence on standard error and exit code 1. */
export const main = (start: () => Promise<void>): void => {
  start().catch((error: unknown) => {
    if (error instanceof Error && error.name === 'AbortError') return
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  })
}
