import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { listen } from '@mercato/adapters/http-server/listen'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openLiveGraph } from './testing/live-graph.ts'

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))

const folder = async (): Promise<string> => {
  const path = await mkdtemp(join(tmpdir(), 'gateway-'))
  onTestFinished(() => rm(path, { recursive: true }))
  return path
}

const run = (...args: string[]) => {
  const child: ChildProcess = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const output of [child.stdout, child.stderr])
    output?.on('data', chunk => {
      said += chunk
    })
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  return { child, ended, said: () => said }
}

const started = async (from: string, ...args: string[]) => {
  const running = run('--supergraph', from, '--port', '0', ...args)
  await expect.poll(running.said, { timeout: 30_000 }).toContain('The gateway serves')
  const url = /on (\S+\/graphql)/.exec(running.said())?.[1] ?? ''
  const ask = async (query: string) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    })
    return response.json()
  }
  return { ...running, url, ask }
}

const ANSWER = { data: { cheapest: { price: 10 } } }

describe('npm run gateway', () => {
  it('serves a supergraph file, takes over a new one, refuses a broken one and stops when told', async () => {
    await using graph = await openLiveGraph()
    const file = join(await folder(), 'supergraph.graphql')
    await writeFile(file, graph.supergraph)
    const gateway = await started(file, '--metrics-port', '0')
    expect(await gateway.ask('{ cheapest { price } }')).toEqual(ANSWER)

    await writeFile(file, 'type Query { nothing: Int }')
    await expect.poll(gateway.said, { timeout: 10_000 }).toContain('a supergraph was refused, the old one stays')
    expect(await gateway.ask('{ cheapest { price } }')).toEqual(ANSWER)

    await writeFile(`${file}.next`, graph.without('price'))
    await rename(`${file}.next`, file)
    await expect
      .poll(async () => (await gateway.ask('{ cheapest { price } }')).errors?.[0].extensions.code, { timeout: 10_000 })
      .toBe('GRAPHQL_VALIDATION_FAILED')

    gateway.child.kill('SIGTERM')
    expect(await gateway.ended).toBe(0)
  })

  it('asks an address for a new supergraph with the ETag it was given, and bears that it is away', async () => {
    await using graph = await openLiveGraph()
    let current: { readonly text: string; readonly etag: string } | undefined = { text: graph.supergraph, etag: '"1"' }
    let unchanged = 0
    await using source = await listen(
      createServer((request, response) => {
        if (!current) return response.writeHead(502).end()
        if (request.headers['if-none-match'] === current.etag) {
          unchanged++
          return response.writeHead(304).end()
        }
        return response.writeHead(200, { etag: current.etag }).end(current.text)
      }).listeners('request')[0] as Parameters<typeof listen>[0],
      { port: 0 },
    )
    onTestFinished(() => source.server.closeAllConnections())
    const gateway = await started(source.url, '--poll', '50')
    await expect.poll(() => unchanged).toBeGreaterThan(1)
    current = undefined
    await expect.poll(gateway.said).toContain('answers with status 502')
    expect(await gateway.ask('{ cheapest { price } }')).toEqual(ANSWER)
    current = { text: graph.without('price'), etag: '"2"' }
    await expect
      .poll(async () => (await gateway.ask('{ cheapest { price } }')).errors?.[0].extensions.code, { timeout: 10_000 })
      .toBe('GRAPHQL_VALIDATION_FAILED')
    source.server.closeAllConnections()
  })

  it.each([
    [['--supergraph', '/nowhere/at/all.graphql'], 'cannot read /nowhere/at/all.graphql: there is no such file'],
    [['--supergraph', MAIN], ''],
  ])('says in one sentence why it cannot start with %j', async (args, sentence) => {
    const { ended, said } = run(...args)
    expect(await ended).toBe(1)
    expect(said()).toContain(`The gateway cannot start: ${sentence}`)
    expect(said().trim().split('\n')).toHaveLength(1)
    expect(said()).toContain('npm run gateway -- --help')
  })
})
