import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
let copy: string

/** A second workspace: our sources and our installed packages, so that nothing of ours is written to. */
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'mercato-new-context-'))
  chmodSync(copy, 0o755)
  const kept = (path: string) => !/\/(node_modules|\.git|\.data|\.cache)$/.test(path)
  cpSync(root, copy, { recursive: true, filter: kept, verbatimSymlinks: true })
  for (const folder of ['.', ...globSync('{*,subgraphs/*,infrastructure/*}', { cwd: root })]) {
    const modules = join(folder, 'node_modules')
    if (existsSync(join(root, modules))) spawnSync('cp', ['-a', join(root, modules), join(copy, modules)])
  }
})
afterAll(() => rmSync(copy, { recursive: true, force: true }))

const command = (...args: string[]) =>
  spawnSync(process.execPath, ['scripts/start.mjs', ...args], { cwd: copy, encoding: 'utf8' })

describe('a name that cannot be', () => {
  test.each([
    ['', 'Name one context'],
    ['Gift-Card', 'Name one context'],
    ['order', 'subgraphs/order exists already'],
    ['product', 'The graph has a type Product already'],
  ])('(%j) is refused and nothing is written', (name, sentence) => {
    const { stderr, status } = command('new:context', name)
    expect({ stderr, status }).toEqual({ stderr: expect.stringContaining(sentence), status: 2 })
    expect(existsSync(join(copy, 'subgraphs', 'product'))).toBe(false)
  })
})

describe('a new context', () => {
  beforeAll(() => {
    expect(command('new:context', 'loyalty')).toMatchObject({ status: 0, stderr: '' })
  })

  test('is part of the supergraph and publishes its contract', () => {
    expect(readFileSync(join(copy, 'schema', 'supergraph.graphql'), 'utf8')).toContain(
      'LOYALTY @join__graph(name: "loyalty"',
    )
    expect(existsSync(join(copy, 'schema', 'events', 'loyalty.LoyaltyOpened.v1.json'))).toBe(true)
  })

  test('passes the checks: format, lint, types, layers, generated files', () => {
    const { stdout, status } = command('check')
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining('All checks passed.') })
  })

  test('passes its own tests', () => {
    const { stdout, status } = command('test', 'subgraphs/loyalty')
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringMatching(/3 passed/) })
  })

  test('is served by npm start, through the edge and the gateway', async () => {
    const env = { ...process.env, EDGE_PORT: '0', EDGE_ADMIN_PORT: '0', MERCATO_DATA_DIR: join(copy, '.data') }
    const mercato = spawn(process.execPath, ['scripts/start.mjs', 'start'], {
      cwd: copy,
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const ended = new Promise<number | null>(resolve => mercato.once('exit', resolve))
    try {
      const url = await urlOf(mercato)
      const credentials = { email: 'customer@mercato.local', password: 'correct horse battery staple' }
      const { signIn } = await ask(
        url,
        'mutation ($input: SignInInput!) { signIn(input: $input) { session { accessToken } } }',
        credentials,
      )
      const { openLoyalty } = await ask(
        url,
        'mutation ($input: OpenLoyaltyInput!) { openLoyalty(input: $input) { loyalty { id name owner { id } } userErrors { code } consistencyToken } }',
        { name: 'First' },
        { authorization: `Bearer ${signIn.session.accessToken}` },
      )
      expect(openLoyalty).toMatchObject({ loyalty: { name: 'First' }, userErrors: [] })
      const { loyalties } = await ask(url, '{ loyalties: loyaltys { nodes { id } } }', undefined, {
        'x-consistency-token': openLoyalty.consistencyToken,
      })
      expect(loyalties.nodes).toEqual([{ id: openLoyalty.loyalty.id }])
    } finally {
      mercato.kill('SIGTERM')
      await ended
    }
    expect(mercato.exitCode).toBe(0)
  })
})

async function urlOf({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('npm start has no output.')
  for await (const line of createInterface({ input: stdout })) {
    const [, url] = /GraphQL\s+(http:\S+)\/graphql/.exec(line) ?? []
    if (url !== undefined) return url
  }
  throw new Error('npm start ended before it served.')
}

// biome-ignore lint/suspicious/noExplicitAny: answers are asserted on, field by field
async function ask(url: string, query: string, input: unknown, headers: Record<string, string> = {}): Promise<any> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': 'frontend-api-key-12345', ...headers },
    body: JSON.stringify({ query, variables: { input } }),
  })
  const { data, errors } = (await response.json()) as { data?: unknown; errors?: unknown }
  expect(errors).toBeUndefined()
  return data
}
