import { createMemoryTracing } from '@mercato/adapters/tracing/memory'
import { describe, expect, it } from 'vitest'
import { createNumbers } from './testing/numbers.ts'
import { issueToken, openGateway } from './testing/open-gateway.ts'
import { TRANSPORTS } from './testing/transports.ts'

const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'

describe('one trace', () => {
  it('runs from the caller through the gateway into every subgraph it asks, and marks what failed', async () => {
    await using tracing = createMemoryTracing()
    await using gate = await openGateway()
    await gate.ask('query Secret { me { name orders { id } } }', { headers: { traceparent: TRACEPARENT } })
    const spans = tracing.spans()
    expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set(['0af7651916cd43dd8448eb211c80319c']))
    const named = (attribute: string, value: string) => spans.find(({ attributes }) => attributes[attribute] === value)
    const operation = spans.find(({ parentSpanId }) => parentSpanId === 'b7ad6b7169203331')
    expect(operation).toMatchObject({ name: 'query', attributes: { 'graphql.root.field': 'me' } })
    for (const subgraph of ['people', 'orders']) {
      const call = named('mercato.subgraph', subgraph)
      expect(named('mercato.context', subgraph)).toMatchObject({ name: 'query', parentSpanId: call?.spanId })
    }
    expect(JSON.stringify(spans)).not.toContain('Secret')

    tracing.reset()
    await gate.ask('{ broken }')
    const failed = tracing.spans().filter(({ failed: is }) => is)
    expect(failed.map(({ name }) => name)).toEqual(['query', 'gateway.execute', 'query'])
  })
})

describe('the numbers', () => {
  it('name operations by root field and outcome, never by what a client called them', async () => {
    const { metrics, read } = createNumbers()
    await using gate = await openGateway({ metrics })
    await gate.ask('query Named { aliased: me { name } }')
    await gate.ask('{ broken }')
    expect(await read('mercato_gateway_operations_total')).toEqual({ 'query me ok': 1, 'query broken error': 1 })
  })

  it('count streams while they live, and the upstreams that they share', async () => {
    const { metrics, read } = createNumbers()
    await using gate = await openGateway({ metrics })
    const follow = (query: string) =>
      gate.gateway.fetch(
        new Request('http://gateway/graphql', {
          method: 'POST',
          headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
          body: JSON.stringify({ query }),
        }),
      )
    const open = [
      await follow('subscription { told { cursor } }'),
      await follow('subscription { told { cursor } }'),
      await follow('subscription { forever { cursor } }'),
    ]
    expect(await read('mercato_open_sockets')).toEqual({ sse: 3 })
    expect(await read('mercato_subscriptions_active')).toEqual({ '': 3 })
    expect(await read('mercato_gateway_stream_upstreams')).toEqual({ '': 2 })
    for (const { body } of open) await body?.cancel()
    await expect.poll(() => read('mercato_open_sockets')).toEqual({ sse: 0 })
    await expect.poll(() => read('mercato_subscriptions_active')).toEqual({ '': 0 })
    await expect.poll(() => read('mercato_gateway_stream_upstreams')).toEqual({ '': 0 })
  })

  it('count an upstream out also when its subgraph ends it', async () => {
    const { metrics, read } = createNumbers()
    await using gate = await openGateway({ metrics })
    for (const query of ['subscription { secretly { cursor } }', 'subscription { renamed(upTo: 1) { cursor } }'])
      expect((await TRANSPORTS.SSE(gate, { query }, await issueToken())).errors).toBeUndefined()
    await expect.poll(() => read('mercato_gateway_stream_upstreams')).toEqual({ '': 0 })
  })

  it('count what the response cache had and had not; what may not be kept does not count', async () => {
    const { metrics, read } = createNumbers()
    await using gate = await openGateway({ metrics })
    for (const query of ['{ motto }', '{ motto }', '{ motto }', '{ me { name } }', '{ ownMotto }'])
      await gate.ask(query)
    expect(await read('mercato_gateway_response_cache_total')).toEqual({ miss: 1, hit: 2 })
  })

  it('count the supergraphs that were loaded and refused', async () => {
    const { metrics, read } = createNumbers()
    await using gate = await openGateway({ metrics })
    expect(gate.gateway.reload(`${gate.graph.supergraph}\n# again`)).toEqual({ outcome: 'loaded' })
    expect(gate.gateway.reload('type Query { a: Int }').outcome).toBe('kept')
    expect(await read('mercato_gateway_supergraph_loads_total')).toEqual({ loaded: 1, refused: 1 })
  })
})
