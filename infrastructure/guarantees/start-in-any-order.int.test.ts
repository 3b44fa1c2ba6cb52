import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { freePort } from '@mercato/adapters/http-server/free-port'
import { startPostgres } from '@mercato/native/postgres'
import { describeAdapters, serviceFolder, testKafka, testRedis } from '@mercato/native/testing'
import { afterEach, describe, expect, it } from 'vitest'

const main = (context: string): string => fileURLToPath(new URL(`../../subgraphs/${context}/main.ts`, import.meta.url))
const SECRETS = {
  GATEWAY_SECRET: 'g'.repeat(32),
  CONTEXT_SECRET: 'c'.repeat(32),
  DATA_KEY: Buffer.alloc(32, 7).toString('base64'),
}
const SOON = { timeout: 30_000, interval: 50 }

const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

const launch = (context: string, env: Readonly<Record<string, string>>) => {
  const child = spawn(process.execPath, [main(context)], {
    env: { PATH: process.env['PATH'], LOG_LEVEL: 'info', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (output += chunk))
  const exited = new Promise<number | null>(resolve => child.once('exit', code => resolve(code)))
  return { child, exited, output: () => output }
}

describe('the process of a context', () => {
  it('says in one sentence everything that it was not told, its own settings among them', async () => {
    const { exited, output } = launch('order', { DATABASE_URL: 'sqlite:secret', ORDER_RETRY_MS: 'soon' })
    expect(await exited).toBe(1)
    const sentence = output()
    for (const name of ['DATABASE_URL', 'REDIS_URL', 'KAFKA_BROKERS', 'GATEWAY_SECRET', 'DATA_KEY', 'ORDER_RETRY_MS'])
      expect(sentence).toContain(name)
    expect(sentence).not.toContain('sqlite:secret')
    expect(sentence.trim().split('\n')).toHaveLength(1)
  })
})

await describeAdapters(['postgres', 'kafka', 'redis'], () => {
  describe('the process of a context that is there before its database', () => {
    it('lives, is not ready and says why; it is ready once the database is there, and ends when told to', async () => {
      const [http, database] = [await freePort(), await freePort()]
      const dir = serviceFolder()
      // Made and stopped: its password has to be known beforehand.
      const made = await startPostgres({ dir, port: database, databases: ['inventory'] })
      const url = made.url('inventory')
      await made.stop()
      const { child, exited, output } = launch('inventory', {
        ...SECRETS,
        HTTP_PORT: String(http),
        GRPC_PORT: '0',
        DATABASE_URL: url,
        REDIS_URL: `${await testRedis()}`,
        KAFKA_BROKERS: (await testKafka()).join(','),
      })
      const health = async (path: string) => {
        const answer = await fetch(`http://127.0.0.1:${http}/health/${path}`).catch(() => undefined)
        return answer && { status: answer.status, body: (await answer.json()) as { waitsFor?: string | null } }
      }
      await expect.poll(async () => (await health('ready'))?.body.waitsFor ?? '', SOON).toContain('ECONNREFUSED')
      expect([(await health('live'))?.status, (await health('ready'))?.status]).toEqual([200, 503])
      await using _postgres = await startPostgres({ dir, port: database, databases: ['inventory'] })
      await expect.poll(async () => (await health('ready'))?.status, SOON).toBe(200)
      child.kill('SIGTERM')
      expect(await exited).toBe(0)
      expect(output()).not.toContain('"level":"error"')
    })
  })
})
