import { NO_STREAM, RevisionConflict } from '@mercato/shared-kernel/application'
import { describe, expect, it, vi } from 'vitest'
import { anEvent, aStream, openStore, someEvents } from './eventstoredb/testing/material.ts'
import { startProtocolServer } from './eventstoredb/testing/protocol-server.ts'

const text = (bytes: Uint8Array | undefined): unknown => JSON.parse(Buffer.from(bytes ?? []).toString())

describe('an append whose outcome is not known', () => {
  it.each(['cut', 'silent'] as const)('is found when it is tried again: %s after it was written', async fault => {
    await using server = await startProtocolServer()
    await using store = openStore(server.port, { deadlineMs: 400 })
    const stream = aStream()
    const events = someEvents(2)
    server.failNextAppend(fault)
    await expect(store.append(stream, NO_STREAM, events)).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      retryable: true,
    })
    await vi.waitFor(() => expect(server.log.stream(stream)).toHaveLength(2))
    await using patient = openStore(server.port)
    expect(await patient.append(stream, NO_STREAM, events)).toEqual({ revision: 1, duplicate: true })
    expect(server.log.stream(stream)).toHaveLength(2)
  })

  it('is a conflict when somebody else took its place', async () => {
    await using server = await startProtocolServer()
    await using store = openStore(server.port)
    const stream = aStream()
    server.failNextAppend('cut')
    await expect(store.append(stream, NO_STREAM, [anEvent()])).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
    await expect(store.append(stream, NO_STREAM, [anEvent()])).rejects.toEqual(new RevisionConflict(stream, -1, 0))
  })
})

describe('a conflict', () => {
  it('that the stream does not bear out is tried again', async () => {
    await using server = await startProtocolServer()
    await using store = openStore(server.port)
    const stream = aStream()
    await store.append(stream, NO_STREAM, someEvents(3))
    server.failNextAppend('conflict')
    expect(await store.append(stream, 2, [anEvent()])).toEqual({ revision: 3, duplicate: false })
    expect(server.log.stream(stream)).toHaveLength(4)
  })

  it('that the stream never bears out is given up', async () => {
    await using server = await startProtocolServer()
    await using store = openStore(server.port)
    for (let n = 0; n < 9; n++) server.failNextAppend('conflict')
    await expect(store.append(aStream(), NO_STREAM, [anEvent()])).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
    expect(server.calls('append')).toBe(3)
  })

  it('names the revision at which another process left the stream', async () => {
    await using server = await startProtocolServer()
    await using here = openStore(server.port)
    await using there = openStore(server.port)
    const stream = aStream()
    await here.append(stream, NO_STREAM, someEvents(1))
    await there.append(stream, 0, someEvents(4))
    await expect(here.append(stream, 0, someEvents(1))).rejects.toEqual(new RevisionConflict(stream, 0, 4))
    const sent = server.calls('append')
    for (const [expected, events] of [
      [1, someEvents(1)],
      [9, someEvents(1)],
    ] as const)
      await expect(here.append(stream, expected, events)).rejects.toEqual(new RevisionConflict(stream, expected, 4))
    // What is known to be refused is not sent: until it came in, the stream might be where it should have been.
    expect(server.calls('append')).toBe(sent)
    expect(await here.append(stream, 4, someEvents(1))).toEqual({ revision: 5, duplicate: false })
  })
})

describe('a repeated append', () => {
  it('is told from a new one by the beginning of the stream, of which this process knew nothing', async () => {
    await using server = await startProtocolServer()
    const stream = aStream()
    const events = someEvents(40)
    {
      await using writer = openStore(server.port)
      await writer.append(stream, NO_STREAM, events)
    }
    await using store = openStore(server.port)
    // As after a snapshot: only the end of the stream is loaded.
    await store.readStream(stream, { from: 38 })
    expect(await store.append(stream, 39, events.slice(0, 2))).toEqual({ revision: 1, duplicate: true })
    await expect(store.append(stream, 39, [events[3] ?? anEvent(), anEvent()])).rejects.toMatchObject({
      code: 'INTERNAL_SERVER_ERROR',
    })
    expect(server.log.stream(stream)).toHaveLength(40)
  })

  it('is known without a further read once the stream was read', async () => {
    await using server = await startProtocolServer()
    const stream = aStream()
    const events = someEvents(3)
    {
      await using writer = openStore(server.port)
      await writer.append(stream, NO_STREAM, events)
    }
    await using store = openStore(server.port)
    await store.readStream(stream)
    expect(await store.append(stream, 2, events)).toEqual({ revision: 2, duplicate: true })
    expect(await store.append(stream, 2, [anEvent()])).toEqual({ revision: 3, duplicate: false })
    expect(server.calls('readStream')).toBe(1)
  })

  it('is told from a new one in a long stream too, which is read page by page and only once', async () => {
    await using server = await startProtocolServer()
    const stream = aStream()
    const first = someEvents(1_000)
    {
      await using writer = openStore(server.port)
      await writer.append(stream, NO_STREAM, first)
      for (let n = 1; n < 5; n++) await writer.append(stream, n * 1_000 - 1, someEvents(1_000))
    }
    await using store = openStore(server.port)
    expect(await store.append(stream, 4_999, first)).toEqual({ revision: 999, duplicate: true })
    expect(server.calls('readStream')).toBe(3)
    expect(await store.append(stream, 4_999, [anEvent()])).toEqual({ revision: 5_000, duplicate: false })
    expect(server.calls('readStream')).toBe(3)
    const events = await store.readStream(stream)
    expect(events.map(event => event.revision)).toEqual(Array.from({ length: 5_001 }, (_, revision) => revision))
  })

  it('cannot be told from a new one in a stream that was cut off at its beginning, so that is an error', async () => {
    await using server = await startProtocolServer()
    const stream = aStream()
    {
      await using writer = openStore(server.port)
      await writer.append(stream, NO_STREAM, someEvents(3))
    }
    server.log.truncate(stream, 2)
    await using store = openStore(server.port)
    await expect(store.append(stream, 2, [anEvent()])).rejects.toThrow(`${stream} was cut off at its beginning`)
  })

  it('is known without a further read once the stream was appended to, and when ids are kept for few streams', async () => {
    await using server = await startProtocolServer()
    await using store = openStore(server.port, { knownIds: 3 })
    const [stream, other] = [aStream(), aStream()]
    const events = someEvents(3)
    await store.append(stream, NO_STREAM, events)
    const reads = server.calls('readStream')
    for (let revision = 2; revision < 6; revision++) await store.append(stream, revision, someEvents(1))
    expect(await store.append(stream, 6, events)).toEqual({ revision: 2, duplicate: true })
    expect(server.calls('readStream')).toBe(reads)
    await store.append(other, NO_STREAM, someEvents(2))
    expect(await store.append(stream, 6, events)).toEqual({ revision: 2, duplicate: true })
    expect(server.calls('readStream')).toBe(reads + 1)
  })
})

describe('what an append puts on the server', () => {
  it('is the data as JSON, the envelope as metadata, and an id of its own for each attempt', async () => {
    await using server = await startProtocolServer()
    await using store = openStore(server.port)
    const stream = aStream()
    const event = { ...anEvent({ amount: '1.50' }), causationId: 'cause', subjectId: 'ann' }
    await store.append(stream, NO_STREAM, [event])
    await store.append(aStream(), NO_STREAM, [event])
    const [first, second] = server.log.all.filter(({ type }) => type === 'Happened')
    const { type, data, correlationId, causationId, ...envelope } = event
    expect(first).toMatchObject({ stream, type, revision: 0, contentType: 'application/json' })
    expect(text(first?.data)).toEqual(data)
    expect(text(first?.metadata)).toEqual({ ...envelope, $correlationId: correlationId, $causationId: causationId })
    expect(first?.id).not.toBe(second?.id)
  })

  it('goes by plain calls: batched ones of the client share one table in the process', async () => {
    await using server = await startProtocolServer()
    await using store = openStore(server.port)
    await store.append(aStream(), NO_STREAM, someEvents(2))
    expect([server.calls('append'), server.calls('batchAppend'), server.calls('features')]).toEqual([1, 0, 0])
  })

  it('is nothing when the server is configured to take less, or when the stream is of another log', async () => {
    await using server = await startProtocolServer({ maxAppendBytes: 10_000 })
    await using store = openStore(server.port)
    const refused = { code: 'BAD_USER_INPUT', retryable: false }
    await expect(store.append(aStream(), NO_STREAM, [anEvent('x'.repeat(10_000))])).rejects.toMatchObject(refused)
    await expect(store.append(aStream('other.'), NO_STREAM, [anEvent()])).rejects.toMatchObject(refused)
    expect(server.log.all.filter(({ type }) => type === 'Happened')).toEqual([])
  })
})
