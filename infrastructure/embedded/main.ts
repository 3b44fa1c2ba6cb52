import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { banner } from './banner.ts'
import { readConfig } from './config.ts'
import { contextNames, ensureSettings } from './contexts.ts'
import { startMercato } from './mercato.ts'
import { isStartError, resetEmbeddedPostgres } from './postgres.ts'
import { SECRETS_FILE } from './secrets.ts'

const HELP = new URL('../../scripts/help/start.txt', import.meta.url)

const say = (sentence: string): void => {
  process.stderr.write(`${sentence}\n`)
}

const run = async (): Promise<void> => {
  const began = performance.now()
  const { values } = parseArgs({ options: { reset: { type: 'boolean' }, help: { type: 'boolean' } } })
  if (values.help) {
    process.stdout.write(await readFile(HELP, 'utf8'))
    return
  }
  const config = readConfig(process.env)
  await ensureSettings(contextNames(), process.env)
  if (values.reset) {
    await resetEmbeddedPostgres({ dataDir: config.dataDir, log: say, also: [SECRETS_FILE] })
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
