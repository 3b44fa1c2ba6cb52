import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '@mercato/adapters/http-server/free-port'
import { type ConsulAgent, createConsulAgent } from '@mercato/adapters/service-directory/consul-agent'
import { admit, RULES, writeSecured } from './consul/acl.ts'
import { findConsul } from './consul/install.ts'
import { type ServiceProcess, startServiceProcess } from './process/service-process.ts'

export interface ConsulOptions {
  /** Its log; made when it is not there. */
  readonly dir: string
  /** A free one when not given. */
  readonly port?: number
  /** It speaks TLS only, and denies everything to those without a token. */
  readonly tls?: { readonly keyFile: string; readonly certFile: string; readonly caFile: string }
}

/** A running Consul agent that keeps everything in memory. Dispose stops it. */
export interface ConsulServer extends AsyncDisposable {
  /** Of its HTTP API and its pages. */
  readonly url: string
  /** What processes of Mercato show it, where it asks for a token. */
  readonly token?: string
  /** Makes another token with these rules. */
  admit(rules: string): Promise<string>
  pid(): number
  /** `kill -9`; resolves when it is gone. */
  kill(): Promise<void>
  stop(): Promise<void>
  /** Starts it again on its ports, without a memory of what was registered. */
  restart(): Promise<void>
}

const READY_WITHIN_MS = 30_000

/** Starts Consul as a child of this process; it dies with it. Throws with the reason when it is not installed or does not start. */
export const startConsul = async (options: ConsulOptions): Promise<ConsulServer> => {
  const found = findConsul()
  if ('missing' in found) throw new Error(found.missing)
  const { dir, tls } = options
  mkdirSync(dir, { recursive: true })
  const port = options.port ?? (await freePort())
  const [serverPort, serfPort] = [await freePort(), await freePort()]
  const url = `${tls ? 'https' : 'http'}://127.0.0.1:${port}`
  const [management, token] = [randomUUID(), randomUUID()]
  const settings = join(dir, 'secured.json')
  if (tls) writeSecured(settings, tls, management)
  const args = [
    ...['agent', '-dev', '-client', '127.0.0.1', '-bind', '127.0.0.1', '-node', 'mercato'],
    ...(tls
      ? ['-http-port', '-1', '-https-port', String(port), '-config-file', settings]
      : ['-http-port', String(port)]),
    ...['-server-port', String(serverPort), '-serf-lan-port', String(serfPort)],
    ...['-serf-wan-port', '-1', '-dns-port', '-1', '-grpc-port', '-1', '-grpc-tls-port', '-1'],
    ...['-hcl', 'disable_update_check=true', '-hcl', 'leave_on_terminate=false'],
  ]

  const managed = async (work: (manager: ConsulAgent) => Promise<void>): Promise<void> => {
    const secured = tls ? { token: management, ca: readFileSync(tls.caFile, 'utf8') } : {}
    await using manager = createConsulAgent({ url, ...secured })
    await work(manager)
  }
  /** It takes registrations once it leads itself, and tokens soon after. */
  const leading = (): Promise<void> =>
    patiently(() => managed(manager => (tls ? admit(manager, token, RULES) : leads(manager))))

  const start = async (): Promise<ServiceProcess> => {
    const logFile = join(dir, 'consul.log')
    const started = startServiceProcess({ name: 'Consul', command: found.consul, args, logFile })
    try {
      await started.listening(port, READY_WITHIN_MS)
      await leading()
      return started
    } catch (error) {
      await started.end('SIGKILL')
      throw error
    }
  }

  let server = await start()
  return {
    url,
    ...(tls ? { token } : {}),
    async admit(rules) {
      const another = randomUUID()
      await managed(manager => admit(manager, another, rules))
      return another
    },
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

const leads = async (agent: ConsulAgent): Promise<void> => {
  const leader = await (await agent.call('GET', '/status/leader')).text()
  if (leader === '""') throw new Error('Consul has no leader')
}

const patiently = async (attempt: () => Promise<void>): Promise<void> => {
  const until = performance.now() + READY_WITHIN_MS
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (performance.now() > until)
        throw new Error(`Consul was not ready after ${READY_WITHIN_MS} ms`, { cause: error })
    }
    await delay(50)
  }
}
