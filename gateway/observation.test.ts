import { createMemoryTracing } from '@mercato/adapters/tracing/memory'
import { describe, expect, it } from 'vitest'
import { openGateway } from './testing/open-gateway.ts'

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
    const counted: string[] = []
    const metrics = {
      count: (name: string, labels: Readonly<Record<string, string>> = {}) =>
        void counted.push(`${name} ${Object.values(labels).join(' ')}`),
      observe: () => undefined,
      gauge: () => undefined,
    }
    await using gate = await openGateway({ metrics })
    await gate.ask('query Named { aliased: me { name } }')
    await gate.ask('{ broken }')
    expect(counted.filter(line => line.startsWith('mercato_gateway_operations_total'))).toEqual([
      'mercato_gateway_operations_total query me ok',
      'mercato_gateway_operations_total query broken error',
    ])
  })

  it('count streams while they live', async () => {
    const gauges: Record<string, number> = {}
    const metrics = {
      count: () => undefined,
      observe: () => undefined,
      gauge(name: string, value: number) {
        gauges[name] = value
      },
    }
    await using gate = await openGateway({ metrics })
    const response = await gate.gateway.fetch(
      new Request('http://gateway/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
        body: JSON.stringify({ query: 'subscription { forever { cursor } }' }),
      }),
    )
    expect(gauges).toMatchObject({ mercato_open_sockets: 1, mercato_subscriptions_active: 1 })
    await response.body?.cancel()
    await expect.poll(() => gauges).toMatchObject({ mercato_open_sockets: 0, mercato_subscriptions_active: 0 })
  })
})
