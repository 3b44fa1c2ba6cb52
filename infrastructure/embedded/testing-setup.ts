import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { type EmbeddedPostgres, isStartError, resetEmbeddedPostgres, startEmbeddedPostgres } from './postgres.ts'

const prefix = 'mercato-test-postgres-'
const log = () => undefined

/** vitest's global setup: a local address that starts PostgreSQL when the first test asks, and creates databases. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let starting: Promise<EmbeddedPostgres> | undefined
  let dataDir: string | undefined
  const start = async () => {
    await sweep()
    dataDir = mkdtempSync(join(tmpdir(), prefix))
    chmodSync(dataDir, 0o711)
    return startEmbeddedPostgres({ dataDir, databases: [], log, durable: false, settings: { max_connections: '300' } })
  }

  const broker = createServer(async (request, response) => {
    try {
      starting ??= start()
      const postgres = await starting
      const name = (request.url ?? '/').slice(1)
      if (name !== '') await postgres.createDatabase(name)
      response.end(postgres.url(name || 'postgres'))
    } catch (error) {
      response.writeHead(500).end(error instanceof Error ? error.message : String(error))
    }
  })
  await new Promise<void>(resolve => broker.listen(0, '127.0.0.1', resolve))
  const { port } = broker.address() as AddressInfo
  project.provide('testPostgresBroker', `http://127.0.0.1:${port}`)

  return async () => {
    broker.closeAllConnections()
    broker.close()
    await (await starting)?.[Symbol.asyncDispose]()
    if (dataDir !== undefined) rmSync(dataDir, { recursive: true, force: true })
  }
}

/** Runs that were killed left their server and its data behind; a young folder may belong to a run that is starting. */
async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(prefix)) continue
    const folder = join(tmpdir(), name)
    if (Date.now() - statSync(folder).mtimeMs < 60_000) continue
    try {
      await resetEmbeddedPostgres({ dataDir: folder, log })
      rmSync(folder, { recursive: true, force: true })
    } catch (error) {
      if (!isStartError(error)) throw error
    }
  }
}
