import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { listen } from '@mercato/adapters/http-server/listen'
import { createRecordingLogger, noMetrics } from '@mercato/adapters/testing/quiet'
import { createEdge, loadKongConfig, parseKongConfig } from '@mercato/edge/edge'
import { createPlainGateway } from '@mercato/gateway/plain'
import { composeSubgraphs } from '@mercato/schema/compose'
import { describe, expect, it, onTestFinished } from 'vitest'

const API_KEY = 'frontend-api-key-12345'
const PART = '\r\ncontent-type: application/json; charset=utf-8\r\n\r\n'

/** A gateway over one subgraph that answers `now` at once and `later` when it is released. */
const openGateway = async () => {
  const held = Promise.withResolvers<void>()
  const subgraph = await listen(
    async (request, response) => {
      const slow = (await text(request)).includes('later')
      if (slow) await held.promise
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ data: slow ? { later: 1 } : { now: 7 } }))
    },
    { port: 0 },
  )
  const composed = composeSubgraphs([
    { name: 'quick', url: `${subgraph.url}/quick`, sdl: 'type Query { now: Int }' },
    { name: 'slow', url: `${subgraph.url}/slow`, sdl: 'type Query { later: Int }' },
  ])
  if (composed.outcome === 'refused') throw new Error(composed.problems.join('\n'))
  const gateway = createPlainGateway({
    supergraph: composed.supergraph,
    logger: createRecordingLogger(),
    metrics: noMetrics,
  })
  onTestFinished(async () => {
    held.resolve()
    await gateway[Symbol.asyncDispose]()
    subgraph.server.closeAllConnections()
    await subgraph[Symbol.asyncDispose]()
  })
  return { gateway, release: () => held.resolve() }
}

const openEdge = async (place: 'in its process' | 'over HTTP') => {
  const { gateway, release } = await openGateway()
  if (place === 'in its process') {
    const config = await loadKongConfig(join(import.meta.dirname, '../kong/kong.yml'))
    const edge = createEdge({ config, targets: { gateway }, log: () => {} })
    onTestFinished(() => edge[Symbol.asyncDispose]())
    return { port: (await edge.listen({ host: '127.0.0.1', port: 0 })).port, release }
  }
  const far = await listen(gateway.request, { port: 0 })
  const { port } = new URL(far.url)
  const config = parseKongConfig(
    `_format_version: "3.0"\nservices: [{ name: far, host: 127.0.0.1, port: ${port}, routes: [{ name: a, paths: [/] }] }]`,
    'the test',
  )
  const edge = createEdge({ config, targets: {}, log: () => {} })
  onTestFinished(async () => {
    await edge[Symbol.asyncDispose]()
    far.server.closeAllConnections()
    await far[Symbol.asyncDispose]()
  })
  return { port: (await edge.listen({ host: '127.0.0.1', port: 0 })).port, release }
}

describe.each(['in its process', 'over HTTP'] as const)(
  'an answer in parts through an edge with the gateway %s',
  place => {
    it('comes part by part while the rest is not made yet, and to its last boundary', async () => {
      const { port, release } = await openEdge(place)
      const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-api-key': API_KEY,
          accept: 'multipart/mixed;deferSpec=20220824,application/json',
        },
        body: '{"query":"{ now ... @defer { later } }"}',
      })
      expect(response.headers.get('content-type')).toBe('multipart/mixed; boundary="graphql"; deferSpec=20220824')
      const first = `\r\n--graphql${PART}{"data":{"now":7},"hasNext":true}\r\n--graphql`
      let received = ''
      const chunks = (response.body ?? expect.unreachable())
        .pipeThrough(new TextDecoderStream())
        [Symbol.asyncIterator]()
      const read = async (): Promise<boolean> => {
        const { value, done } = await chunks.next()
        received += value ?? ''
        return !done
      }
      while (received.length < first.length) await read()
      expect(received).toBe(first)
      release()
      while (await read());
      const last = `${PART}{"incremental":[{"path":[],"data":{"later":1}}],"hasNext":false}\r\n--graphql--\r\n`
      expect(received).toBe(first + last)
    })
  },
)
