import { execFile } from 'node:child_process'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { testPostgres } from '@mercato/embedded/testing'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url))
const Answer = z.object({ traceparent: z.string(), received: z.string(), loaded: z.boolean() })

/** Runs the traced program in a process of its own. */
const run = async (environment: Readonly<Record<string, string>>) => {
  const url = (await testPostgres()).url('postgres')
  const { OTEL_EXPORTER_OTLP_ENDPOINT: _, ...inherited } = process.env
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--import', path('./register.ts'), path('./traced-program.ts'), url],
    { env: { ...inherited, ...environment } },
  )
  return { ...Answer.parse(JSON.parse(stdout)), stderr }
}

const Attribute = z.object({ key: z.string(), value: z.record(z.string(), z.unknown()) })
const Span = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  attributes: z.array(Attribute),
})
const Export = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: z.array(Attribute) }),
      scopeSpans: z.array(z.object({ spans: z.array(Span) })),
    }),
  ),
})

/** An OTLP endpoint that keeps what it gets. */
const collector = async () => {
  const bodies: unknown[] = []
  const server = createServer(async (request: IncomingMessage, response) => {
    bodies.push(await json(request))
    response.setHeader('content-type', 'application/json').end('{}')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    endpoint: `http://127.0.0.1:${port}`,
    text: () => JSON.stringify(bodies),
    spans: () =>
      bodies.flatMap(body =>
        Export.parse(body).resourceSpans.flatMap(resource => resource.scopeSpans.flatMap(scope => scope.spans)),
      ),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

describe('tracing by --import', () => {
  it('sends one trace of own spans, queries and requests to the endpoint, through ES modules', async () => {
    await using receiver = await collector()
    const { traceparent, received, stderr } = await run({
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint,
      OTEL_SERVICE_NAME: 'order',
    })
    expect(stderr).toBe('')
    const spans = receiver.spans()
    const [own] = spans.filter(span => span.name === 'PlaceOrder')
    expect(traceparent).toBe(`00-${own?.traceId}-${own?.spanId}-01`)
    const [query] = spans.filter(span => span.name.startsWith('pg.query:SELECT'))
    expect(query).toMatchObject({ traceId: own?.traceId, parentSpanId: own?.spanId })
    const [call] = spans.filter(span => span.name === 'GET' && span.parentSpanId === own?.spanId)
    expect(received).toBe(`00-${own?.traceId}-${call?.spanId}-01`)
    const [served] = spans.filter(span => span.parentSpanId === call?.spanId)
    expect(served?.traceId).toBe(own?.traceId)
    expect(receiver.text()).toContain('{"key":"service.name","value":{"stringValue":"order"}}')
  })

  it('lets no secret or personal data into spans', async () => {
    await using receiver = await collector()
    await run({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint })
    expect(receiver.spans().length).toBeGreaterThanOrEqual(4)
    expect(receiver.text()).toContain('[masked]')
    expect(receiver.text()).not.toContain('cnry')
  })

  it('loads nothing and traces nothing without an endpoint', async () => {
    const { traceparent, received, loaded } = await run({})
    expect({ traceparent, received, loaded }).toEqual({ traceparent: 'none', received: 'none', loaded: false })
    await using receiver = await collector()
    expect((await run({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint })).loaded).toBe(true)
  })
})
