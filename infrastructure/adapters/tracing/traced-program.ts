/** What register.int.test.ts runs in a process of its own: one request to itself and one query, within a span. */
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { currentTraceparent, withSpan } from '@mercato/shared-kernel/application'
import pg from 'pg'
import { shutdownTracing } from './shutdown.ts'

const { http } = await import('./traced-request.ts')
const loaded = Object.keys(createRequire(import.meta.url).cache).some(path => path.includes('opentelemetry+sdk'))

const server = createServer((request, response) => response.end(request.headers['traceparent'] ?? 'none'))
await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
const { port } = server.address() as AddressInfo
const client = new pg.Client({ connectionString: process.argv[2] })
await client.connect()

const seen = await withSpan('PlaceOrder', { attributes: { email: 'cnry@shop.example' } }, async () => {
  await client.query("select $1::text as x, 'cnry@shop.example' as y", ['cnry-parameter'])
  return {
    traceparent: currentTraceparent() ?? 'none',
    received: await http(`http://127.0.0.1:${port}/graphql?X-API-Key=cnry-key`),
  }
})

await client.end()
server.close()
await shutdownTracing()
console.log(JSON.stringify({ ...seen, loaded }))
