import { rm } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { banner } from './banner.ts'
import { readConfig } from './config.ts'
import { startMercato } from './mercato.ts'
import { isStartError, resetEmbeddedPostgres } from './postgres.ts'

const HELP = `Usage: npm start [-- --reset | --help]

Runs all of Mercato in one process: the edge, the gateway, the four contexts and a PostgreSQL of its own.

  --reset   deletes the local data first
  --help    shows this

  EDGE_PORT          port of the edge (default 8000)
  EDGE_ADMIN_PORT    port of its admin interface and metrics (default 8001)
  HOST               address to listen on (default 127.0.0.1)
  MERCATO_DATA_DIR   folder of the data (default .data)
  LOG_LEVEL          error, warn, info or debug (default warn)
`

const say = (sentence: string): void => {
  process.stderr.write(`${sentence}\n`)
}

const run = async (): Promise<void> => {
  const began = performance.now()
  const { values } = parseArgs({ options: { reset: { type: 'boolean' }, help: { type: 'boolean' } } })
  if (values.help) {
    process.stdout.write(HELP)
    return
  }
  const config = readConfig(process.env)
  if (values.reset) {
    await resetEmbeddedPostgres({ dataDir: config.dataDir, log: say })
    await rm(config.dataDir, { recursive: true, force: true })
    say(`Deleted the data in ${config.dataDir}.`)
  }
  const mercato = await startMercato(config, say)
  const seconds = (performance.now() - began) / 1000
  process.stdout.write(banner({ url: mercato.url, adminUrl: mercato.adminUrl, seconds, dataDir: config.dataDir }))

  let stopping = false
  const stop = async (signal: string): Promise<void> => {
    if (stopping) return
    stopping = true
    say(`\n${signal}: finishing what is under way …`)
    await mercato[Symbol.asyncDispose]()
    say('Stopped. Nothing was lost.')
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      stop(signal).catch(error => {
        say(error instanceof Error ? error.message : String(error))
        process.exit(1)
      })
    })
}

run().catch((error: unknown) => {
  const usage = error instanceof TypeError && 'code' in error && error.code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION'
  if (isStartError(error)) say(error.message)
  else if (usage) say(`${error.message.split('. ')[0]}. Try npm start -- --help.`)
  else say(error instanceof Error ? (error.stack ?? error.message) : String(error))
  process.exit(1)
})
