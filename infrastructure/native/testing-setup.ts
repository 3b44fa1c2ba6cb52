import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startConsul } from './consul.ts'
import { startKafka } from './kafka.ts'
import { startPostgres } from './postgres.ts'
import { startRedis } from './redis.ts'
import { installables, isInstallable, isServiceName, type ServiceName, type ToolName } from './services.ts'

const prefix = 'mercato-test-service-'

interface Running extends AsyncDisposable {
  readonly address: string
}

const start: Readonly<Record<ServiceName, (dir: string) => Promise<Running>>> = {
  async kafka(dir) {
    const server = await startKafka({ dir })
    return { address: server.brokers.join(','), [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
  },
  async consul(dir) {
    const server = await startConsul({ dir })
    return { address: server.url, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
  },
  async postgres(dir) {
    const server = await startPostgres({ dir, databases: [] })
    return { address: server.url('postgres'), [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
  },
  async redis(dir) {
    const server = await startRedis({ dir })
    return { address: server.url, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
  },
}

/**
 * vitest's global setup: a local address that installs a service (`POST /kafka`) or starts it when the first test asks for it
 * (`GET /kafka`). It stops with the run.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const running = new Map<ServiceName, Promise<Running>>()
  const installed = new Map<ServiceName | ToolName, Promise<unknown>>()
  const folders: string[] = []

  const startOnce = (name: ServiceName): Promise<Running> => {
    if (folders.length === 0) sweep()
    const dir = mkdtempSync(join(tmpdir(), prefix))
    folders.push(dir)
    writeFileSync(join(dir, 'owner.pid'), String(process.pid))
    return start[name](dir)
  }

  const installOnce = (name: ServiceName | ToolName): Promise<unknown> => {
    const installing = installed.get(name) ?? installables[name].install()
    installed.set(name, installing)
    return installing
  }
  // Some take minutes: those that this run must have are begun before the first test asks.
  for (const name of (process.env['REQUIRE_ADAPTERS'] ?? '').split(',').map(each => each.trim()))
    if (isInstallable(name)) installOnce(name).catch(() => undefined)

  const broker = createServer(async (request, response) => {
    const name = (request.url ?? '/').slice(1)
    try {
      if (request.method === 'POST' && isInstallable(name)) {
        await installOnce(name)
        response.end()
        return
      }
      if (!isServiceName(name)) throw new Error(`there is no service ${name}`)
      const starting = running.get(name) ?? startOnce(name)
      running.set(name, starting)
      response.end((await starting).address)
    } catch (error) {
      response.writeHead(500).end(error instanceof Error ? error.message : String(error))
    }
  })
  await new Promise<void>(resolve => broker.listen(0, '127.0.0.1', resolve))
  const { port } = broker.address() as AddressInfo
  project.provide('testServices', `http://127.0.0.1:${port}`)

  return async () => {
    broker.closeAllConnections()
    broker.close()
    await Promise.allSettled([...running.values()].map(async started => (await started)[Symbol.asyncDispose]()))
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  }
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Removes what runs that were killed left behind; their servers died with them. A young folder may have no owner yet. */
function sweep(): void {
  for (const name of readdirSync(tmpdir())) {
    const folder = join(tmpdir(), name)
    if (!name.startsWith(prefix) || Date.now() - statSync(folder).mtimeMs < 60_000) continue
    const owner = join(folder, 'owner.pid')
    if (!existsSync(owner) || !isAlive(Number(readFileSync(owner, 'utf8'))))
      rmSync(folder, { recursive: true, force: true })
  }
}
