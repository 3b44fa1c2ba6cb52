import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { freePort } from '@mercato/adapters/http-server/free-port'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { findCluster } from './postgres/cluster.ts'
import {
  API_KEY,
  callGraphQL,
  type LaunchOptions,
  launchMercato,
  type MercatoProcess,
  signIn,
  temporaryData,
} from './testing-process.ts'

const data = temporaryData()
let mercato: MercatoProcess

beforeAll(async () => {
  mercato = await (await launchMercato(data.path)).ready
}, 120_000)
afterAll(async () => {
  await mercato[Symbol.asyncDispose]()
  await data[Symbol.asyncDispose]()
}, 60_000)

const ADDRESS = { name: 'K', line1: 'Road 1', city: 'Berlin', postalCode: '10115', country: 'DE' }

const place = async (token: string, provider: string): Promise<string> => {
  const method = await callGraphQL(
    mercato.url,
    'mutation M($input: AddPaymentMethodInput!) { addPaymentMethod(input: $input) { paymentMethod { id } userErrors { code } } }',
    { input: { token: provider, label: provider } },
    { token },
  )
  const products = await callGraphQL(
    mercato.url,
    'query P { products(first: 1, filter: { inStock: true }) { edges { node { sku } } } }',
  )
  const { data, errors } = await callGraphQL(
    mercato.url,
    'mutation O($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } userErrors { code message } } }',
    {
      input: {
        lines: [{ sku: products.data.products.edges[0].node.sku, quantity: 1 }],
        paymentMethodId: method.data.addPaymentMethod.paymentMethod.id,
        shippingAddress: ADDRESS,
      },
    },
    { token },
  )
  expect(errors).toBeUndefined()
  expect(data.placeOrder.userErrors).toEqual([])
  return data.placeOrder.order.id
}
const statusOf = async (token: string, id: string): Promise<string> =>
  (await callGraphQL(mercato.url, 'query S($id: ID!) { order(id: $id) { status } }', { id }, { token })).data.order
    .status

/** How often the edge let a report of a payment provider through, by the status it was answered with. */
const reportsAnswered = async (): Promise<string[]> => {
  const metrics = await (await fetch(`${mercato.adminUrl}/metrics`)).text()
  return metrics
    .split('\n')
    .filter(line => line.startsWith('kong_http_requests_total') && line.includes('route="payment-webhooks"'))
    .map(line => /code="(\d+)"/.exec(line)?.[1] ?? '')
}

describe('the very first thing after a fresh start', () => {
  const body = { email: 'programmed@example.com', username: 'programmed' }
  const post = () =>
    fetch(`${mercato.url}/api/v1/users`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': API_KEY },
      body: JSON.stringify(body),
    })

  /** The calls of the README's shell block that has curl in it, here. */
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  const [block = ''] = /(?<=```sh\n)curl[^`]+/.exec(readme) ?? []
  const calls = block.split(/\n(?=curl)/)
  const run = (call: string) => {
    const here = call.replaceAll('http://localhost:8000', mercato.url).replace('curl', 'curl -s -i')
    return spawnSync('sh', ['-c', here], { encoding: 'utf8' }).stdout
  }

  it.skipIf(spawnSync('curl', ['--version']).status !== 0)(
    'may be the curl calls of the README as they are written, twice (needs curl)',
    () => {
      expect(calls).toHaveLength(2)
      expect(calls.map(call => run(call).split('\r\n')[0])).toEqual(['HTTP/1.1 201 Created', 'HTTP/1.1 200 OK'])
      expect(calls.map(call => run(call).split('\r\n')[0])).toEqual(['HTTP/1.1 409 Conflict', 'HTTP/1.1 200 OK'])
    },
  )

  it('may be the same calls from a program, twice', async () => {
    const created = await post()
    expect(created.status).toBe(201)
    const user = (await created.json()) as { id: string; username: string }
    expect(user).toMatchObject({ username: 'programmed' })
    const read = await fetch(new URL(created.headers.get('location') ?? '', mercato.url), {
      headers: { 'x-api-key': API_KEY },
    })
    expect([read.status, await read.json()]).toEqual([200, user])
    const again = await post()
    expect([again.status, again.headers.get('content-type')]).toEqual([409, 'application/problem+json'])
    const unknown = await fetch(`${mercato.url}/api/v1/users/123`, { headers: { 'x-api-key': API_KEY } })
    expect([unknown.status, ((await unknown.json()) as { code: string }).code]).toEqual([404, 'NOT_FOUND'])
  })

  it('ends with one screen that says where everything is', () => {
    for (const needed of [
      '/graphiql',
      API_KEY,
      'customer@mercato.local',
      'correct horse battery staple',
      'npm run journey',
    ])
      expect(mercato.output()).toContain(needed)
  })
})

describe('the sandbox of payments', () => {
  it('reports over HTTP through the edge, as a provider in the world would', async () => {
    const token = await signIn(mercato.url, 'customer')
    const order = await place(token, 'tok_late')
    await expect.poll(() => statusOf(token, order), { timeout: 60_000 }).toBe('CONFIRMED')
    await expect.poll(reportsAnswered, { timeout: 60_000 }).toEqual(['204'])
  })
})

describe('a second start on the same data', () => {
  it('is refused in one sentence while the first runs', async () => {
    // Also where the ports would be refused: that the data are in use says more.
    for (const env of [{}, { EDGE_PORT: new URL(mercato.url).port }]) {
      const { exited } = await launchMercato(data.path, { env })
      const { code, output } = await exited
      expect(code).toBe(1)
      expect(output.trim().split('\n')).toHaveLength(1)
      expect(output).toContain('already runs')
    }
  })
})

describe('a start that cannot be', () => {
  it.each([
    ['EDGE_PORT', 'eighty'],
    ['EDGE_PORT', '70000'],
    ['LOG_LEVEL', 'chatty'],
    ['ACCESS_TOKEN_SECONDS', '5'],
    ['ORDER_RETRY_MS', 'soon'],
    ['HOST', '203.0.113.1'],
    ['NODE_ENV', 'production'],
  ])('with %s=%s says so in one sentence and writes nothing', async (name, value) => {
    const other = temporaryData()
    const { exited } = await launchMercato(other.path, { env: { [name]: value } })
    const { code, output } = await exited
    expect(code).toBe(1)
    expect(output.trim().split('\n')).toHaveLength(1)
    expect(output).toContain(name)
    expect(existsSync(other.path)).toBe(false)
    await other[Symbol.asyncDispose]()
  })

  it('on data that are no folder says so in one sentence and leaves what is there', async () => {
    await using other = temporaryData()
    writeFileSync(other.path, 'precious')
    for (const dataDir of [other.path, join(other.path, 'deeper')]) {
      const { exited } = await launchMercato(dataDir)
      const output = `${dataDir} is not a folder: remove what is there or set MERCATO_DATA_DIR to another folder.\n`
      expect(await exited).toEqual({ code: 1, output })
    }
    expect(readFileSync(other.path, 'utf8')).toBe('precious')
    rmSync(other.path)
  })

  it('with one port for two things says so in one sentence and writes nothing', async () => {
    await using other = temporaryData()
    const port = String(await freePort())
    const { exited } = await launchMercato(other.path, { env: { EDGE_PORT: port, EDGE_ADMIN_PORT: port } })
    const { code, output } = await exited
    expect(code).toBe(1)
    expect(output.trim().split('\n')).toHaveLength(1)
    expect(output).toContain('two different ports')
    expect(existsSync(other.path)).toBe(false)
  })

  it('on a taken port says so in one sentence and writes nothing', async () => {
    const other = temporaryData()
    const port = await freePort()
    const squatter = createServer().listen(port, '127.0.0.1')
    try {
      const { exited } = await launchMercato(other.path, { env: { EDGE_PORT: String(port) } })
      const { code, output } = await exited
      expect(code).toBe(1)
      expect(output.trim().split('\n')).toHaveLength(1)
      expect(output).toContain(String(port))
      expect(existsSync(other.path)).toBe(false)
    } finally {
      squatter.close()
      await other[Symbol.asyncDispose]()
    }
  }, 60_000)
})

describe('kill -9 in the middle of orders', () => {
  it('loses nothing: after the next start the saga goes on, and nothing is taken twice', async () => {
    const token = await signIn(mercato.url, 'customer')
    const orders = await Promise.all(
      ['tok_slow', 'tok_slow', 'tok_approved', 'tok_timeout_after_authorise'].map(each => place(token, each)),
    )
    await mercato.kill()

    mercato = await (await launchMercato(data.path)).ready
    const fresh = await signIn(mercato.url, 'customer')
    for (const id of orders)
      await vi.waitFor(async () => expect(await statusOf(fresh, id)).toBe('CONFIRMED'), {
        timeout: 30_000,
        interval: 200,
      })
    const support = await signIn(mercato.url, 'support')
    for (const id of orders) {
      const { data } = await callGraphQL(
        mercato.url,
        'query P($id: ID!) { payment(id: $id) { status amount { amount } captured { amount } } }',
        { id },
        { token: support },
      )
      expect(data.payment).toMatchObject({ status: 'AUTHORISED', captured: { amount: '0.00' } })
    }
  }, 120_000)

  it('keeps access tokens, revoked ones too, accounts and catalogue across restarts, and stops cleanly', async () => {
    const token = await signIn(mercato.url, 'customer')
    const revoked = await signIn(mercato.url, 'support')
    const signOut = 'mutation { signOut(input: {}) { userErrors { code } } }'
    await callGraphQL(mercato.url, signOut, {}, { token: revoked })
    expect(await mercato.stop('SIGINT')).toBe(0)
    expect(mercato.output()).toContain('Stopped')
    mercato = await (await launchMercato(data.path)).ready
    if (existsSync('/proc/self/stat')) expect(cpuSecondsOf(mercato.pid)).toBeLessThan(5)
    const { data: answer } = await callGraphQL(
      mercato.url,
      '{ me { email } products(first: 1) { totalCount } }',
      {},
      { token },
    )
    expect(answer).toMatchObject({ me: { email: 'customer@mercato.local' }, products: { totalCount: 40 } })
    const refused = await callGraphQL(mercato.url, '{ me { email } }', {}, { token: revoked })
    expect(refused.errors?.[0]?.extensions?.['code']).toBe('UNAUTHENTICATED')
  }, 120_000)
})

describe('a data folder', () => {
  it('without its secrets is refused, not silently made anew', async () => {
    mercato.stopReading()
    expect([await mercato.stop(), databaseOf(data.path)]).toEqual([0, undefined])
    const file = join(data.path, 'secrets.json')
    const secrets = readFileSync(file)
    rmSync(file)
    const { exited } = await launchMercato(data.path)
    const { code, output } = await exited
    expect([code, output]).toEqual([1, expect.stringContaining('secrets.json')])
    writeFileSync(file, secrets, { mode: 0o600 })
  }, 120_000)
})

describe('a start', () => {
  it('that is interrupted closes what it has opened', async () => {
    const { mercato: starting, exited } = await launchMercato(data.path)
    await vi.waitUntil(() => databaseOf(data.path), { timeout: 60_000 })
    await starting.stop('SIGHUP')
    const { code, output } = await exited
    expect([code, output]).toEqual([1, expect.stringContaining('Stopped before it was up')])
    expect(databaseOf(data.path)).toBeUndefined()
  }, 120_000)

  it('as people start it needs no network, and ends with its database', async () => {
    const { ready, exited } = await launchMercato(data.path, withoutNetwork(['npm', 'start']))
    mercato = await ready
    process.kill(Number(databaseOf(data.path)), 'SIGKILL')
    expect(await exited).toEqual({ code: 1, output: expect.stringMatching(/PostgreSQL has ended.*start again/) })
  }, 120_000)
})

/** The process of the database that runs on a data folder. */
function databaseOf(dataDir: string): string | undefined {
  const file = join(findCluster(dataDir)?.folder ?? dataDir, 'pgdata', 'postmaster.pid')
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n')[0] : undefined
}

/** Work, unlike time, does not depend on who else uses the machine. Fields 14 and 15 count hundredths of a second. */
function cpuSecondsOf(pid: number): number {
  const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
    .slice(11)
  return (Number(user) + Number(system)) / 100
}

/** In a network of its own where the system lets us make one; anyway with every way out leading to a closed door. */
function withoutNetwork(command: readonly [string, ...string[]]): LaunchOptions {
  const alone = ['unshare', '--net', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'] as const
  const isolates = spawnSync(alone[0], [...alone.slice(1), 'true']).status === 0
  const closed = 'http://127.0.0.1:1'
  return {
    command: isolates ? [...alone, ...command] : command,
    env: { npm_config_registry: closed, http_proxy: closed, https_proxy: closed },
  }
}
