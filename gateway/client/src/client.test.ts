import { createHash } from 'node:crypto'
import { createFetchListener } from '@mercato/adapters/http-server/fetch-listener'
import { listen } from '@mercato/adapters/http-server/listen'
import { noMetrics } from '@mercato/adapters/testing/quiet'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openGateway } from '../../testing/open-gateway.ts'
import { TRANSPORTS } from '../../testing/transports.ts'
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
const TOLD = 'subscription ($after: String) { told(after: $after) { cursor person { name } } }' as Document<
  { readonly told: { readonly person: { readonly name: string } } },
  object
>
const upTo = (last: number) => Array.from({ length: last }, (_, i) => `${i + 1}`)

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')
const ME = '{ me { name } }' as Document<object, object>

describe('a document', () => {
  it('goes by its hash, once the gateway has been told what it stands for', async () => {
    await using gate = await openGateway()
    const { http } = await gate.listen()
    using client = createMercatoClient({ url: `${http}/graphql` })
    expect((await client.query(ME)).data).toEqual({ me: { name: 'Ada' } })
    const extensions = { persistedQuery: { version: 1, sha256Hash: hashOf(ME) } }
    expect(await TRANSPORTS.HTTP(gate, { extensions })).toEqual({ data: { me: { name: 'Ada' } } })
  })

  it('of the manifest is never spelled out: what is served is what the manifest has under its hash', async () => {
    const rename = 'mutation { rename(id: "1", name: "x") { person { name } } }' as Document<object, object>
    const manifest = { [hashOf(ME)]: '{ me { id } }', [hashOf(rename)]: rename }
    await using gate = await openGateway({ persisted: { manifest, only: true } })
    const { http } = await gate.listen()
    using client = createMercatoClient({ url: `${http}/graphql` })
    expect((await client.query(ME)).data).toEqual({ me: { id: '1' } })
    expect((await client.mutate(rename, {})).data).toEqual({ rename: { person: { name: 'x' } } })
    const other = '{ me { friends { name } } }' as Document<object, object>
    await expect(client.query(other)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })
})

describe('an answer that is not the gateway’s', () => {
  /** An edge that answers in words of its own, so many times, before the gateway's turn comes. */
  const behind = async (status: number, times: number) => {
    const asked: (string | null)[] = []
    const listening = await listen(
      createFetchListener(async request => {
        asked.push(request.headers.get('idempotency-key'))
        return asked.length > times
          ? Response.json({ data: { rename: { person: { name: 'x' } } } })
          : Response.json({ message: 'An invalid response was received from the upstream server' }, { status })
      }),
      { port: 0 },
    )
    const client = createMercatoClient({ url: `${listening.url}/graphql` })
    onTestFinished(async () => {
      client[Symbol.dispose]()
      await listening[Symbol.asyncDispose]()
    })
    return { client, asked }
  }
  const rename = 'mutation { rename(id: "1", name: "x") { person { name } } }' as Document<object, object>

  it.each([429, 502, 503, 504])('is waited out when it is %i, with the same key', async status => {
    const { client, asked } = await behind(status, 2)
    expect((await client.mutate(rename, {})).data).toEqual({ rename: { person: { name: 'x' } } })
    expect([asked.length, new Set(asked).size]).toEqual([3, 1])
  })

  it.each([
    [503, 'SERVICE_UNAVAILABLE', 4],
    [429, 'RATE_LIMITED', 4],
    [401, 'REFUSED', 1],
    [200, 'REFUSED', 1],
  ])('is a failure with a code when it stays %i', async (status, code, times) => {
    const { client, asked } = await behind(status, 99)
    await expect(client.mutate(rename, {})).rejects.toMatchObject({ code })
    expect(asked).toHaveLength(times)
  })
})

describe.each(['websocket', 'sse'] as const)('a stream over %s', live => {
  it('is named by its hash, too, where only the manifest is served', async () => {
    const shorter = 'subscription ($upTo: Int, $after: String) { renamed(upTo: $upTo, after: $after) { cursor } }'
    const manifest = { [hashOf(RENAMED)]: shorter }
    await using gate = await openGateway({ persisted: { manifest, only: true } })
    const { http } = await gate.listen()
    using client = createMercatoClient({ url: `${http}/graphql`, live })
    const seen: unknown[] = []
    for await (const { data } of client.subscribe(RENAMED, { upTo: 2 })) seen.push(data)
    expect(seen).toEqual([{ renamed: { cursor: '1' } }, { renamed: { cursor: '2' } }])
  })

  it('is explained to a gateway that does not know its hash', async () => {
    await using gate = await openGateway()
    const { http } = await gate.listen()
    using client = createMercatoClient({ url: `${http}/graphql`, live })
    for (const _ of [1, 2]) {
      const seen: unknown[] = []
      for await (const { cursor } of client.subscribe(RENAMED, { upTo: 2 })) seen.push(cursor)
      expect(seen).toEqual(['1', '2'])
    }
  })

  it('hands out every event to somebody who takes them more slowly than they come', async () => {
    let sent = 0
    const count = (name: string) => void (name === 'mercato_subscription_events_total' && sent++)
    await using gate = await openGateway({ metrics: { ...noMetrics, count } })
    const { http } = await gate.listen()
    using client = createMercatoClient({ url: `${http}/graphql`, live })
    const stream = client.subscribe(RENAMED, { upTo: 2_500 })
    const seen = [(await stream.next()).value?.data.renamed.cursor]
    // Over a WebSocket they pile up in the client until it cuts itself off; an event stream is read at the reader's pace.
    if (live === 'websocket') await expect.poll(() => gate.gateway.streams().followed, { timeout: 10_000 }).toBe(0)
    const cutOffAt = sent
    for await (const { cursor } of stream) seen.push(cursor)
    expect(seen).toEqual(upTo(2_500))
    const opened = gate.graph.seen.queries.filter(({ query }) => query.includes('renamed')).length
    // Ended before everything was sent, it was cut off, and opened again.
    if (live === 'sse' || cutOffAt < 2_500) expect(opened > 1).toBe(live === 'websocket')
  })

  it('ends when its reader leaves, also at its source', async () => {
    await using gate = await openGateway()
    const { http } = await gate.listen()
    using client = createMercatoClient({ url: `${http}/graphql`, live })
    const telling = setInterval(() => gate.graph.tell('x'), 20)
    for await (const _ of client.subscribe(TOLD, {})) break
    clearInterval(telling)
    await expect.poll(() => gate.graph.seen.ended).toEqual(['told'])
  })

  it('is live when nothing is missed that happens from then on', async () => {
    await using gate = await openGateway()
    const { http } = await gate.listen()
    using client = createMercatoClient({ url: `${http}/graphql`, live })
    for (const what of ['the first', 'the second'] as const) {
      const stream = client.subscribe(TOLD, {}, { onState: state => state === 'live' && gate.graph.tell(what) })
      for await (const { data } of stream) {
        expect(data.told.person.name).toBe(what)
        break
      }
    }
  })
})
