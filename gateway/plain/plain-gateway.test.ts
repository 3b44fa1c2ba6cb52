import { createServer, type RequestListener } from 'node:http'
import { listen } from '@mercato/adapters/http-server/listen'
import { createRecordingLogger, noMetrics } from '@mercato/adapters/testing/quiet'
import { serverAudits } from 'graphql-http'
import { describe, expect, it } from 'vitest'
import { BENCHMARK } from '../execution/testing/graphs.ts'
import { CALM, createWorld } from '../execution/testing/world.ts'
import { createPlainGateway } from './plain-gateway.ts'

const world = createWorld(BENCHMARK)
const subgraph = (name: string): RequestListener => {
  const answer = world.fetcher(CALM)
  return async (message, response) => {
    let body = ''
    for await (const chunk of message) body += chunk
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(await answer(name, { kind: 'query', body })))
  }
}

const open = async (replace: Readonly<Record<string, string>> = {}) => {
  const running = new AsyncDisposableStack()
  const addresses: Record<string, string> = {}
  for (const name of Object.keys(BENCHMARK)) {
    const listening = running.use(await listen(subgraph(name), { port: 0 }))
    addresses[name] = `${listening.url}/graphql`
    running.defer(() => listening.server.closeAllConnections())
  }
  const logger = createRecordingLogger()
  const gateway = running.use(
    createPlainGateway({
      supergraph: world.supergraph,
      addresses: { ...addresses, ...replace },
      logger,
      metrics: noMetrics,
      timeoutMs: 300,
    }),
  )
  const listening = running.use(await listen(gateway.request, { port: 0 }))
  running.defer(() => listening.server.closeAllConnections())
  const ask = (body: string, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${listening.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    })
  return {
    ask,
    url: `${listening.url}/graphql`,
    query: (query: string) => ask(JSON.stringify({ query })),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

describe('a plain gateway', () => {
  it('answers across subgraphs that know nothing of it', async () => {
    await using gateway = await open()
    const response = await gateway.query('{ users { id reviews { product { upc name inStock } } } }')
    const { data, errors } = await response.json()
    expect(response.status).toBe(200)
    expect(errors).toBeUndefined()
    expect(data.users[0].reviews[0].product).toMatchObject({
      upc: expect.any(String),
      name: expect.any(String),
      inStock: expect.any(Boolean),
    })
  })

  it('keeps to GraphQL over HTTP', async () => {
    await using gateway = await open()
    const audits = serverAudits({ url: gateway.url, fetchFn: fetch })
    const results = await Promise.all(audits.map(audit => audit.fn()))
    expect(results.filter(({ status }) => status !== 'ok').map(({ name }) => name)).toEqual([])
    expect(audits.length).toBeGreaterThan(60)
  })

  it('answers GET queries, and no mutations by GET', async () => {
    await using gateway = await open()
    const get = (query: string) => fetch(`${gateway.url}?query=${encodeURIComponent(query)}`)
    expect(await (await get('{ __typename }')).json()).toEqual({ data: { __typename: 'Query' } })
  })

  it.each([
    ['no JSON', '{', {}, 400],
    ['no query', '{}', {}, 400],
    ['another content type', '{}', { 'content-type': 'text/plain' }, 415],
  ])('refuses %s', async (_, body, headers, status) => {
    await using gateway = await open()
    expect((await gateway.ask(body, headers)).status).toBe(status)
  })

  it('says the status of a refusal to clients that ask for it', async () => {
    await using gateway = await open()
    const body = JSON.stringify({ query: '{ nothing }' })
    expect((await gateway.ask(body)).status).toBe(200)
    expect((await gateway.ask(body, { accept: 'application/graphql-response+json' })).status).toBe(400)
  })

  it.each([
    ['cannot be reached', 'http://127.0.0.1:1/graphql', 'SERVICE_UNAVAILABLE'],
    ['does not answer', '', 'TIMEOUT'],
  ])('loses only its part when a subgraph %s', async (_, given, code) => {
    const silent = createServer(() => undefined)
    await new Promise<void>(resolve => silent.listen(0, '127.0.0.1', resolve))
    const address = silent.address()
    const url = given || `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/graphql`
    try {
      await using gateway = await open({ inventory: url })
      const { data, errors } = await (await gateway.query('{ topProducts { upc inStock } }')).json()
      expect(data.topProducts[0]).toEqual({ upc: expect.any(String), inStock: null })
      expect(errors[0].extensions.code).toBe(code)
    } finally {
      silent.closeAllConnections()
      silent.close()
    }
  })
})
