import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createFetchListener } from '@mercato/adapters/http-server/fetch-listener'
import { type Listening, listen } from '@mercato/adapters/http-server/listen'
import { afterEach, expect, it } from 'vitest'
import WebSocket from 'ws'
import { createFixtureGraph, GATEWAY_SECRET } from './testing/fixture-graph.ts'
import { issueToken, PUBLIC_JWK } from './testing/open-gateway.ts'

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))
const open: AsyncDisposable[] = []
const children: ChildProcess[] = []
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const each of open.splice(0)) await each[Symbol.asyncDispose]()
})

const serve = async (fetch: (request: Request) => Promise<Response>): Promise<Listening> => {
  const listening = await listen(createFetchListener(fetch), { port: 0 })
  open.push({
    async [Symbol.asyncDispose]() {
      listening.server.closeAllConnections()
      await listening[Symbol.asyncDispose]()
    },
  })
  return listening
}

const launch = (env: Readonly<Record<string, string>>) => {
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env['PATH'] ?? '', GATEWAY_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (output += chunk))
  const exited = new Promise<number | null>(resolve => child.once('exit', code => resolve(code)))
  return { child, exited, output: () => output }
}

it('a gateway of its own reaches its subgraphs over HTTP, and drains on SIGTERM', async () => {
  const graph = createFixtureGraph()
  const env: Record<string, string> = {
    GATEWAY_SECRET,
    SESSION_SECRET: 's'.repeat(32),
    SUPERGRAPH_FILE: join(mkdtempSync(join(tmpdir(), 'gateway-')), 'supergraph.graphql'),
  }
  writeFileSync(env['SUPERGRAPH_FILE'] ?? '', graph.supergraph)
  for (const [name, subgraph] of Object.entries(graph.subgraphs))
    env[`SUBGRAPH_${name.toUpperCase()}_URL`] = `${(await serve(subgraph.fetch)).url}/graphql`
  env['JWKS_URL'] = `${(await serve(async () => Response.json({ keys: [PUBLIC_JWK] }))).url}/jwks.json`

  const gateway = launch(env)
  await expect.poll(() => /http:\/\/127\.0\.0\.1:\d+/.exec(gateway.output())?.[0], { timeout: 20_000 }).toBeTruthy()
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(gateway.output())?.[0] ?? ''

  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await issueToken()}` },
    body: JSON.stringify({ query: '{ person(id: "1") { name email orders { total estimate } } }' }),
  })
  expect(await answer.json()).toEqual({
    data: { person: { name: 'Ada', email: 'ada@example.com', orders: [{ total: 10, estimate: '5 days' }] } },
  })

  const stream = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query: 'subscription { renamed(upTo: 1) { cursor person { name orders { total } } } }' }),
  })
  expect(await stream.text()).toContain(
    '{"data":{"renamed":{"cursor":"1","person":{"name":"Ada 1","orders":[{"total":10}]}}}}',
  )
  expect(await (await fetch(`${url}/metrics`)).text()).toContain('mercato_gateway_operations_total')

  const socket = new WebSocket(url.replace('http', 'ws').concat('/graphql'), 'graphql-transport-ws')
  const closed = new Promise(resolve => socket.once('close', resolve))
  await new Promise(resolve => socket.once('open', resolve))
  gateway.child.kill('SIGTERM')
  expect(await closed).toBe(1001)
  expect(await gateway.exited).toBe(0)
})

it('a gateway with wrong settings says so in one sentence and does not start', async () => {
  const { exited, output } = launch({ GATEWAY_SECRET: 'short' })
  expect(await exited).toBe(1)
  expect(output()).toBe(
    'The configuration cannot be used: GATEWAY_SECRET must have at least 32 characters; SESSION_SECRET is required.\n',
  )
})
