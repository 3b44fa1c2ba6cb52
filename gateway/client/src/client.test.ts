import { noMetrics } from '@mercato/adapters/testing/quiet'
import { describe, expect, it } from 'vitest'
import { openGateway } from '../../testing/open-gateway.ts'
import { createMercatoClient } from './client.ts'
import type { Document } from './document.ts'

interface Renamed {
  readonly renamed: { readonly cursor: string }
}
const RENAMED =
  'subscription ($upTo: Int, $after: String) { renamed(upTo: $upTo, after: $after) { cursor person { name } } }' as Document<
    Renamed,
    { readonly upTo: number }
  >
const upTo = (last: number) => Array.from({ length: last }, (_, i) => `${i + 1}`)

describe.each(['websocket', 'sse'] as const)('a stream over %s', live => {
  it('hands out every event to somebody who takes them more slowly than they come', async () => {
    let sent = 0
    const count = (name: string) => void (name === 'mercato_subscription_events_total' && sent++)
    await using gate = await openGateway({ metrics: { ...noMetrics, count } })
    const { http } = await gate.listen()
    using client = createMercatoClient({ url: `${http}/graphql`, live })
    const stream = client.subscribe(RENAMED, { upTo: 2_500 })
    const seen = [(await stream.next()).value?.data.renamed.cursor]
    // Over a WebSocket they pile up in the client until it cuts itself off; an event stream is read at the reader's pace.
    if (live === 'websocket') await expect.poll(() => sent, { timeout: 10_000 }).toBeGreaterThan(1_001)
    for await (const { cursor } of stream) seen.push(cursor)
    expect(seen).toEqual(upTo(2_500))
    const opened = gate.graph.seen.queries.filter(({ query }) => query.includes('renamed')).length
    expect(opened > 1).toBe(live === 'websocket')
  })

  it('ends when its reader leaves, also at its source', async () => {
    await using gate = await openGateway()
    const { http } = await gate.listen()
    using client = createMercatoClient({ url: `${http}/graphql`, live })
    const told = 'subscription ($after: String) { told(after: $after) { cursor } }' as Document<object, object>
    const telling = setInterval(() => gate.graph.tell('x'), 20)
    for await (const _ of client.subscribe(told, {})) break
    clearInterval(telling)
    await expect.poll(() => gate.graph.seen.ended).toEqual(['told'])
  })
})
