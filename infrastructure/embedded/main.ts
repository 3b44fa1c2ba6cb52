import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { banner } from './banner.ts'
import { readConfig } from './config.ts'
import { contextNames, ensureSettings } from './contexts.ts'
import { ensurePortIsFree } from './port-check.ts'
import { startError } from './postgres/start-error.ts'
import { ensureDataIsFree, isStartError, resetEmbeddedPostgres } from './postgres.ts'
import { SECRETS_FILE } from './secrets.ts'

const HELP = new URL('../../scripts/help/start.txt', import.meta.url)

const say = (sentence: string): void => {
  process.stderr.write(`${sentence}\n`)
}

const run = async (): Promise<void> => {
  const { values } = parseArgs({ options: { reset: { type: 'boolean' }, help: { type: 'boolean' } } })
  if (values.help) {
    process.stdout.write(await readFile(HELP, 'utf8'))
    return
  }
  const config = readConfig(process.env)
  ensureDataIsFree(config.dataDir)
  for (const port of [config.edgePort, config.adminPort]) await ensurePortIsFree(config.host, port)
  await ensureSettings(contextNames(), process.env)
  if (values.reset) {
    await resetEmbeddedPostgres({ dataDir: config.dataDir, log: say, also: [SECRETS_FILE] })
    say(`Deleted the data in ${config.dataDir}.`)
  }
  const interrupted = interruption()
  // What refuses a start has been asked before all of Mercato is loaded.
  const { startMercato } = await import('./mercato.ts')
  const mercato = await startMercato(config, say, interrupted)
  const { url, adminUrl } = mercato
  const seconds = performance.now() / 1000
  process.stdout.write(banner({ url, adminUrl, seconds, dataDir: config.dataDir }))
  await Promise.race([once(interrupted, 'abort'), mercato.databaseEnded])
  if (!interrupted.aborted)
    throw startError(
      'START.DATABASE_FAILED',
      `PostgreSQL has ended although Mercato has not (${join(config.dataDir, 'postgres.log')} may say why): start again, nothing that was acknowledged is lost.`,
    )
  await mercato[Symbol.asyncDispose]()
  say('Stopped. Nothing was lost.')
  process.exit(0)
}

/** Aborts at the first signal to stop; further ones change nothing, for a terminal and npm may both send it. */
const interruption = (): AbortSignal => {
  const controller = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(name, () => {
      if (controller.signal.aborted) return
      say(`\n${name}: finishing what is under way …`)
      controller.abort(startError('START.INTERRUPTED', 'Stopped before it was up; the next start goes on from there.'))
    })
  return controller.signal
}

const fail = (error: unknown): never => {
  const usage = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_')
  if (isStartError(error)) say(error.message)
  else if (usage) say(`${error.message.split('. ')[0]}. Try npm start -- --help.`)
  else say(error instanceof Error ? (error.stack ?? error.message) : String(error))
  process.exit(1)
}

// Who reads us may leave first, as `tee` does on Ctrl-C: what cannot be said must not keep us from draining.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
run().catch(fail)
