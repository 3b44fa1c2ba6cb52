import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '@mercato/adapters/http-server/free-port'
import { findConsul } from './consul/install.ts'
import { type ServiceProcess, startServiceProcess } from './process/service-process.ts'

export interface ConsulOptions {
  /** Its log; made when it is not there. */
  readonly dir: string
  /** A free one when not given. */
  readonly port?: number
}

/** A running Consul agent that keeps everything in memory. Dispose stops it. */
export interface ConsulServer extends AsyncDisposable {
  /** Of its HTTP API and its pages. */
  readonly url: string
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
  const { dir } = options
  mkdirSync(dir, { recursive: true })
  const port = options.port ?? (await freePort())
  const [serverPort, serfPort] = [await freePort(), await freePort()]
  const url = `http://127.0.0.1:${port}`
  const args = [
    ...['agent', '-dev', '-client', '127.0.0.1', '-bind', '127.0.0.1', '-node', 'mercato'],
    ...['-http-port', String(port), '-server-port', String(serverPort), '-serf-lan-port', String(serfPort)],
    ...['-serf-wan-port', '-1', '-dns-port', '-1', '-grpc-port', '-1', '-grpc-tls-port', '-1'],
    ...['-hcl', 'disable_update_check=true', '-hcl', 'leave_on_terminate=false'],
  ]

  const start = async (): Promise<ServiceProcess> => {
    const logFile = join(dir, 'consul.log')
    const started = startServiceProcess({ name: 'Consul', command: found.consul, args, logFile })
    try {
      await started.listening(port, READY_WITHIN_MS)
      await leading(url)
      return started
    } catch (error) {
      await started.end('SIGKILL')
      throw error
    }
  }

  let server = await start()
  return {
    url,
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

/** It takes registrations once it leads itself. */
const leading = async (url: string): Promise<void> => {
  const until = performance.now() + READY_WITHIN_MS
  while (performance.now() < until) {
    const leader = await fetch(`${url}/v1/status/leader`).then(response => response.text())
    if (leader !== '""') return
    await delay(50)
  }
  throw new Error(`Consul did not become its own leader within ${READY_WITHIN_MS} ms`)
}
