import { createClient } from 'graphql-ws'
import { describe, expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { openLiveGraph } from './testing/live-graph.ts'
import { openPlainGateway } from './testing/open-plain-gateway.ts'

const open = async () => {
  const graph = await openLiveGraph()
  const gateway = await openPlainGateway({ supergraph: graph.supergraph, forward: ['X-Tenant'] })
  onTestFinished(async () => {
    await gateway[Symbol.asyncDispose]()
    await graph[Symbol.asyncDispose]()
  })
  /** Who asks, as the subgraph sees it, over a socket that was opened with these headers and parameters. */
  const overSocket = async (connectionParams: Readonly<Record<string, unknown>>, headers = {}) => {
    class WithHeaders extends WebSocket {
      constructor(url: string, protocols?: string | string[]) {
        super(url, protocols, { headers })
      }
    }
    const url = gateway.url.replace('http:', 'ws:')
    const client = createClient({ url, webSocketImpl: WithHeaders, retryAttempts: 0, connectionParams })
    try {
      const { value } = await client.iterate({ query: '{ whoAsks }' }).next()
      return value
    } finally {
      await client.dispose()
    }
  }
  return { graph, gateway, overSocket }
}
const tenant = (whoAsks: string | null) => ({ data: { whoAsks } })

describe('headers of a client', () => {
  it('go to subgraphs only when they are on the list', async () => {
    const { graph, gateway } = await open()
    const headers = { 'x-tenant': 'acme', 'x-other': 'secret' }
    expect(await gateway.query('{ whoAsks }', headers)).toEqual(tenant('acme'))
    expect(graph.asked[0]?.headers.get('x-other')).toBeNull()
  })

  it('may come with the upgrade to a WebSocket', async () => {
    const { overSocket } = await open()
    expect(await overSocket({}, { 'x-tenant': 'acme' })).toEqual(tenant('acme'))
  })

  it.each([
    ['under their name', { 'X-Tenant': 'acme' }],
    ['in lower case', { 'x-tenant': 'acme' }],
    ['under headers', { headers: { 'X-Tenant': 'acme' } }],
  ])('may come with connection_init, %s, since browsers send none with a WebSocket', async (_, params) => {
    const { graph, overSocket } = await open()
    expect(await overSocket({ ...params, 'x-other': 'secret', Authorization: 'x' })).toEqual(tenant('acme'))
    expect(graph.asked[0]?.headers.get('x-other')).toBeNull()
    expect(graph.asked[0]?.headers.get('authorization')).toBeNull()
  })

  it('of connection_init win over those of the upgrade', async () => {
    const { overSocket } = await open()
    expect(await overSocket({ 'x-tenant': 'mine' }, { 'x-tenant': 'of the proxy' })).toEqual(tenant('mine'))
  })

  it.each([['acme\r\nx-admin: 1'], [7], [['a']], [{}]])('are left out when they are no header: %j', async value => {
    const { graph, overSocket } = await open()
    expect(await overSocket({ 'x-tenant': value })).toEqual(tenant(null))
    expect(graph.asked[0]?.headers.get('x-admin')).toBeNull()
  })
})
