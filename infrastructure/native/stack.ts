import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { contextNames } from '@mercato/embedded/contexts'
import { DEMO_API_KEY } from '@mercato/embedded/demo'
import { lockDataFolder } from '@mercato/embedded/postgres/data-lock'
import { loadSecrets, makeSecrets } from '@mercato/embedded/secrets'
import { type Engines, startEngines } from './stack/engines.ts'
import { envFolder, writeEnvFile } from './stack/env-file.ts'
import { type NodeProcess, startNodeProcess } from './stack/node-process.ts'
import type { PickPort } from './stack/ports.ts'
import { planPrograms } from './stack/programs.ts'
import { type Secured, securedSettings } from './stack/secured.ts'
import { STACK_FILE, writeStackFile } from './stack/stack-file.ts'

export interface StackOptions {
  /** Data, logs, secrets and the edge's configuration; made when it is not there, kept afterwards. */
  readonly folder: string
  readonly pick: PickPort
  /** Processes of each context; 1 when absent. */
  readonly instances?: number
  /** Gateways; 2 when absent. */
  readonly gateways?: number
  /** Settings of every process besides the stack's own. */
  readonly env?: Readonly<Record<string, string>>
  /** All engines are reached over TLS with a password, Consul with a token; absent, without TLS. */
  readonly secured?: Secured
  /** What a person at the terminal should know. */
  readonly say: (sentence: string) => void
}

/** The whole fleet on this machine, every part of it a process of its own. Disposing drains it from the edge down. */
export interface Stack extends AsyncDisposable {
  /** Where clients go: the edge. */
  readonly url: string
  readonly adminUrl: string
  readonly engines: Engines
  readonly contexts: readonly NodeProcess[]
  readonly gateways: readonly NodeProcess[]
  readonly edge: NodeProcess
  readonly folder: string
  /** Folder with the settings of each context's process, for `npm run rebuild -- --env-file`. */
  readonly settings: string
  /** Folder of the logs, one file a process. */
  readonly logs: string
}

/** Starts the fleet; resolves when everything is ready. All processes start at once: none relies on another being there first. */
export const startStack = async (options: StackOptions): Promise<Stack> => {
  const { pick, instances = 1, gateways = 2, secured, say } = options
  const folder = resolve(options.folder)
  const logs = join(folder, 'logs')
  mkdirSync(logs, { recursive: true })
  await using open = new AsyncDisposableStack()
  open.use(lockDataFolder(folder))
  await makeSecrets(folder)
  const secrets = await loadSecrets(folder)
  const names = contextNames()
  say('Starting PostgreSQL, Redis, Kafka and Consul …')
  const engines = await startEngines({ folder, databases: names, secured, pick, say, open })
  const env = { ...(secured ? securedSettings(secured, engines) : {}), ...options.env }
  const programs = await planPrograms({
    ...{ contexts: names, instances, gateways, folder, engines, secrets, pick, env },
    apiKey: DEMO_API_KEY,
  })
  for (const program of programs.contexts) writeEnvFile(folder, program)
  say('Starting contexts, gateways and the edge …')
  // Disposed in the opposite order: first the edge, then the gateways, then the contexts, each kind at once.
  const start = async (kind: readonly Parameters<typeof startNodeProcess>[0][]): Promise<readonly NodeProcess[]> =>
    open.adopt(kind.map(startNodeProcess), async started => {
      await Promise.all(started.map(each => each.stop()))
    })
  const contexts = await start(programs.contexts)
  const gatewayProcesses = await start(programs.gateways)
  const [edge] = await start([programs.edge])
  if (!edge) throw new TypeError('there is no edge')
  await Promise.all([...contexts, ...gatewayProcesses, edge].map(each => each.ready()))
  writeStackFile(join(folder, STACK_FILE), {
    DATABASE_URL: engines.postgres.url(''),
    REDIS_URL: engines.redis.url,
    KAFKA_BROKERS: engines.kafka.brokers.join(','),
    CONSUL_URL: engines.consul.url,
    EDGE_URL: programs.edgeUrl,
    KONG_ADMIN_URL: programs.adminUrl,
    KONG_FILE: programs.kongFile,
  })
  const all = open.move()
  return {
    folder,
    url: programs.edgeUrl,
    adminUrl: programs.adminUrl,
    engines,
    contexts,
    gateways: gatewayProcesses,
    edge,
    settings: envFolder(folder),
    logs,
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  }
}
