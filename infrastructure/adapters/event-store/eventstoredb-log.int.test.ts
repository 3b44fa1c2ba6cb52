import { type EventStore, LOG_START, NO_STREAM } from '@mercato/shared-kernel/application'
import { describe, expect, it, vi } from 'vitest'
import { anEvent, aStream, openStore, someEvents } from './eventstoredb/testing/material.ts'
import { startProtocolServer } from './eventstoredb/testing/protocol-server.ts'
import { createServerLog } from './eventstoredb/testing/server-log.ts'

const readAll = async (store: EventStore, limit: number) => {
  const events = []
  for (let position = LOG_START; ; ) {
    const page = await store.readLog(position, limit)
    events.push(...page.events)
    position = page.next
    if (page.atEnd) return events
  }
}

describe('a server that several contexts share', () => {
  it('shows each log its own events only, and its own end', async () => {
    await using server = await startProtocolServer()
    await using ours = openStore(server.port)
    await using theirs = openStore(server.port, { prefixes: ['testing.'] })
    await ours.append(aStream(), NO_STREAM, someEvents(2))
    await theirs.append(aStream('testing.'), NO_STREAM, someEvents(50))
    await ours.append(aStream(), NO_STREAM, someEvents(1))
    await theirs.append(aStream('testing.'), NO_STREAM, someEvents(1))
    for (const limit of [1, 2, 3, 100]) {
      const events = await readAll(ours, limit)
      expect(events.map(event => event.streamId.split('.')[0])).toEqual(['test', 'test', 'test'])
      expect(await ours.head()).toBe(events.at(-1)?.position)
    }
    expect(await readAll(theirs, 7)).toHaveLength(51)
  })

  it('keeps installations apart by a namespace that nobody sees', async () => {
    await using server = await startProtocolServer()
    await using plain = openStore(server.port)
    await using staging = openStore(server.port, { namespace: 'staging.' })
    const stream = aStream()
    await plain.append(stream, NO_STREAM, someEvents(1))
    expect(await staging.readStream(stream)).toEqual([])
    expect(await staging.head()).toBe(LOG_START)
    const events = someEvents(2)
    await staging.append(stream, NO_STREAM, events)
    expect((await readAll(staging, 10)).map(({ streamId, id }) => [streamId, id])).toEqual(
      events.map(({ id }) => [stream, id]),
    )
    expect(server.log.stream(`staging.${stream}`)).toHaveLength(2)
  })

  it('does not have a reader at the end look again and again through what others write', async () => {
    await using server = await startProtocolServer()
    await using ours = openStore(server.port)
    await using theirs = openStore(server.port, { prefixes: ['other.'] })
    await ours.append(aStream(), NO_STREAM, someEvents(1))
    const { next } = await ours.readLog(LOG_START, 10)
    for (let n = 0; n < 4; n++) await theirs.append(aStream('other.'), NO_STREAM, someEvents(1_000))
    for (let n = 0; n < 3; n++) expect(await ours.readLog(next, 10)).toEqual({ events: [], next, atEnd: true })
    const before = server.counters.considered
    for (let n = 0; n < 20; n++) await ours.readLog(next, 10)
    expect(server.counters.considered - before).toBeLessThan(100)
    expect(await readAll(ours, 10)).toHaveLength(1)
    await ours.append(aStream(), NO_STREAM, someEvents(2))
    expect((await ours.readLog(next, 10)).events).toHaveLength(2)
  })

  it('is not kept looking for more once the end of ours is found', async () => {
    await using server = await startProtocolServer()
    await using ours = openStore(server.port)
    await using theirs = openStore(server.port, { prefixes: ['other.'] })
    for (let n = 0; n < 10; n++) await theirs.append(aStream('other.'), NO_STREAM, someEvents(1_000))
    await ours.append(aStream(), NO_STREAM, someEvents(1))
    await ours.head()
    await vi.waitFor(() => expect(server.reads()).toBe(0))
    expect(server.counters.considered).toBeLessThan(9_000)
  })

  it('takes what one reader found for nothing about another, who is elsewhere', async () => {
    await using server = await startProtocolServer()
    await using store = openStore(server.port)
    const stream = aStream()
    await store.append(stream, NO_STREAM, someEvents(1))
    const { next: behind } = await store.readLog(LOG_START, 10)
    // Written when a reader has come to the end of ours, before it looks where the log of the server ends.
    server.before('readEnd', () => store.append(stream, 0, someEvents(2)).then(() => undefined))
    expect((await store.readLog(behind, 10)).events).toEqual([])
    expect((await store.readLog(await store.head(), 10)).events).toEqual([])
    expect((await store.readLog(behind, 10)).events).toHaveLength(2)
  })

  it('hides no event from readers at the end while everybody writes', async () => {
    await using server = await startProtocolServer()
    await using writer = openStore(server.port)
    await using reader = openStore(server.port)
    await using theirs = openStore(server.port, { prefixes: ['other.'] })
    const own = aStream()
    let writing = 2
    const write = async (store: EventStore, stream: string, count: number) => {
      for (let revision = NO_STREAM; revision < count - 1; revision++) await store.append(stream, revision, [anEvent()])
      writing--
    }
    const tail = async () => {
      const seen: number[] = []
      for (let position = LOG_START; ; ) {
        const last = writing === 0
        const { events, next, atEnd } = await reader.readLog(position, 3)
        seen.push(...events.map(event => event.revision))
        position = next
        if (last && atEnd) return seen
      }
    }
    const [first, second] = await Promise.all([
      tail(),
      tail(),
      write(writer, own, 150),
      write(theirs, aStream('other.'), 300),
    ])
    const all = Array.from({ length: 150 }, (_, revision) => revision)
    expect(first).toEqual(all)
    expect(second).toEqual(all)
  })
})

describe('a node that lags behind the one before it', () => {
  it('hides nothing from a reader at the end once it has caught up', async () => {
    const first = await startProtocolServer()
    const ids = { ours: aStream(), others: 'other.Thing-1' }
    const behind = createServerLog()
    const copy = (from: number) => {
      for (const event of first.log.all.filter(({ type }) => type === 'Happened').slice(from))
        behind.write(event.stream, event.revision - 1, [event])
    }
    await using second = await startProtocolServer({ log: behind, leader: { port: first.port } })
    const connectionString = `esdb://127.0.0.1:${first.port},127.0.0.1:${second.port}?tls=false`
    await using reader = openStore(0, { connectionString })
    await using writer = openStore(first.port)
    await using theirs = openStore(first.port, { prefixes: ['other.'] })
    await writer.append(ids.ours, NO_STREAM, someEvents(1))
    copy(0)
    const { next } = await reader.readLog(LOG_START, 10)
    // Between the reader's look at our events and its look at the end, both we and others write.
    first.before('readEnd', async () => {
      await writer.append(ids.ours, 0, someEvents(1))
      await theirs.append(ids.others, NO_STREAM, someEvents(1))
    })
    expect((await reader.readLog(next, 10)).events).toEqual([])
    await first[Symbol.asyncDispose]()
    second.lead()
    await expect(reader.readLog(next, 10)).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
    await vi.waitFor(async () => expect((await reader.readLog(next, 10)).events).toEqual([]), { timeout: 10_000 })
    copy(1)
    expect((await reader.readLog(next, 10)).events).toHaveLength(1)
  })
})

describe('an event that Mercato did not write', () => {
  it('is named when it lies in one of our streams', async () => {
    await using server = await startProtocolServer()
    await using store = openStore(server.port)
    const stream = aStream()
    const data = Buffer.from('{"by":"hand"}')
    const foreign = { type: 'Noted', contentType: 'application/json', data, metadata: new Uint8Array() }
    server.log.write(stream, 'any', [{ ...foreign, id: '00000000-0000-4000-8000-000000000001' }])
    await expect(store.readStream(stream)).rejects.toThrow(`the event 0 of ${stream} was written by somebody else`)
    await expect(store.readLog(LOG_START, 10)).rejects.toThrow('was written by somebody else')
    const text = { ...foreign, id: '00000000-0000-4000-8000-000000000002', data: Buffer.from('not JSON') }
    server.log.write(stream, 'any', [text])
    await expect(store.readStream(stream, { from: 1 })).rejects.toThrow(`the event 1 of ${stream} is no JSON`)
  })
})

describe('a server before 22.10', () => {
  it('is refused with a sentence: it does not say where the events of a stream lie in the log', async () => {
    await using server = await startProtocolServer({ withPlaces: false })
    await using store = openStore(server.port)
    const stream = aStream()
    await store.append(stream, NO_STREAM, someEvents(1))
    await expect(store.readStream(stream)).rejects.toThrow('EventStoreDB 22.10 or later is needed')
  })
})
