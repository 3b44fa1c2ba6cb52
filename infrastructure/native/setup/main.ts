/** What the scripts of the brief do: `setup topics`, `setup databases`, `setup kong`, `setup secrets`, `setup engines`. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { kafkaSettings } from '@mercato/adapters/hosting/config'
import { readSettings } from '@mercato/adapters/settings/read-settings'
import { contextNames } from '@mercato/embedded/contexts'
import { services } from '../services.ts'
import { type Addresses, findAddresses } from './addresses.ts'
import { composeEnvironment } from './compose-environment.ts'

const HELP = fileURLToPath(new URL('../../../scripts/help/setup.txt', import.meta.url))
const COMPOSE_ENV = fileURLToPath(new URL('../../docker/.env', import.meta.url))

const say = (line: string): void => void process.stdout.write(`${line}\n`)

const found = (): Addresses => {
  const addresses = findAddresses(process.env)
  say(`Setting up ${addresses.from}.`)
  return addresses
}

/** Secrets of compose, once. */
const makeSecrets = async (): Promise<void> => {
  if (existsSync(COMPOSE_ENV)) return say(`${COMPOSE_ENV}: was there`)
  writeFileSync(COMPOSE_ENV, composeEnvironment(), { mode: 0o600, flag: 'wx' })
  say(`${COMPOSE_ENV}: made`)
}

const installEngines = async (): Promise<void> => {
  for (const [name, service] of Object.entries(services)) {
    const missing = service.missing() !== undefined
    if (missing && name === 'consul') say('consul is built from its Go module, which takes some minutes …')
    await service.install()
    say(`${name}: ${missing ? 'installed' : 'was there'}`)
  }
}

const copies = (): number | undefined => {
  const text = process.env['KAFKA_REPLICATION']
  if (!text) return undefined
  if (!/^[1-9]\d?$/.test(text)) throw new Error('KAFKA_REPLICATION is the number of copies of each topic.')
  return Number(text)
}

const commands: Readonly<Record<string, () => Promise<void>>> = {
  secrets: makeSecrets,
  engines: installEngines,
  async topics() {
    const { setUpTopics } = await import('./topics.ts')
    const kafka = readSettings(kafkaSettings, { ...process.env, KAFKA_BROKERS: found().brokers })
    await setUpTopics({ kafka, contexts: contextNames(), replicationFactor: copies(), say })
  },
  async databases() {
    const { setUpDatabases } = await import('./databases.ts')
    await setUpDatabases({ contexts: contextNames(), databaseOf: found().databaseOf, say })
  },
  async kong() {
    const { setUpKong } = await import('./kong.ts')
    const { kongFile: file, kongAdmin: adminUrl } = found()
    await setUpKong({ file, adminUrl, say })
  },
}

const [name = '', ...rest] = process.argv.slice(2)
const command = Object.hasOwn(commands, name) && rest.length === 0 ? commands[name] : undefined
if (!command) {
  process.stderr.write(readFileSync(HELP, 'utf8'))
  process.exit(2)
}
command().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
