import { connect, createServer, type Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { Closed, LOG_START, NO_STREAM } from '@mercato/shared-kernel/application'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { makeCertificate } from './eventstoredb/testing/certificate.ts'
import { anEvent, aStream, openStore, someEvents } from './eventstoredb/testing/material.ts'
import { startProtocolServer } from './eventstoredb/testing/protocol-server.ts'

const unavailable = { code: 'SERVICE_UNAVAILABLE', retryable: true }

const unhandled = vi.fn()
beforeAll(() => void process.on('unhandledRejection', unhandled))
afterAll(() => void process.off('unhandledRejection', unhandled))
afterEach(() => expect(unhandled).not.toHaveBeenCalled())

describe('a server that is away', () => {
  it('is SERVICE_UNAVAILABLE for every call, and is used again when it is back', async () => {
    const first = await startProtocolServer()
    const { port, log } = first
    await using store = openStore(port)
    const stream = aStream()
    await store.append(stream, NO_STREAM, someEvents(1))
    await first[Symbol.asyncDispose]()
    await expect(store.append(stream, 0, someEvents(1))).rejects.toMatchObject(unavailable)
    await expect(store.readStream(stream)).rejects.toMatchObject(unavailable)
    await expect(store.readLog(LOG_START, 10)).rejects.toMatchObject(unavailable)
    await expect(store.head()).rejects.toMatchObject(unavailable)
    await using _ = await startProtocolServer({ port, log })
    expect(await store.append(stream, 0, someEvents(1))).toEqual({ revision: 1, duplicate: false })
    expect((await store.readLog(LOG_START, 10)).events).toHaveLength(2)
  })

  it('that takes calls and answers none is SERVICE_UNAVAILABLE when the time is up', async () => {
    await using server = await startProtocolServer()
    await using store = openStore(server.port, { deadlineMs: 150, scanDeadlineMs: 150 })
    server.freeze()
    const started = performance.now()
    const calls = [
      store.append(aStream(), -1, [anEvent()]),
      store.readStream(aStream()),
      store.readLog('', 1),
      store.head(),
    ]
    for (const call of await Promise.allSettled(calls)) expect(call).toMatchObject({ reason: unavailable })
    expect(performance.now() - started).toBeLessThan(4_000)
  })
})

describe('a cluster', () => {
  it('is written through the leader, wherever the connection leads to first', async () => {
    await using leader = await startProtocolServer()
    await using follower = await startProtocolServer({ log: leader.log, leader: { port: leader.port } })
    await using store = openStore(follower.port)
    const stream = aStream()
    expect(await store.append(stream, NO_STREAM, someEvents(2))).toEqual({ revision: 1, duplicate: false })
    expect(await store.readStream(stream)).toHaveLength(2)
    expect([follower.calls('append'), leader.calls('append')]).toEqual([1, 1])
    expect(leader.calls('readStream')).toBe(1)
    await using reader = openStore(follower.port)
    expect(await reader.readStream(stream)).toHaveLength(2)
    expect([follower.calls('readStream'), leader.calls('readStream')]).toEqual([1, 2])
  })

  it('is found by gossip when several nodes are given', async () => {
    await using leader = await startProtocolServer()
    await using follower = await startProtocolServer({ log: leader.log, leader: { port: leader.port } })
    const connectionString = `esdb://127.0.0.1:${follower.port},127.0.0.1:${follower.port}?tls=false`
    await using store = openStore(0, { connectionString })
    await store.append(aStream(), NO_STREAM, someEvents(1))
    expect([follower.calls('append'), leader.calls('append')]).toEqual([0, 1])
  })

  it('that is away is SERVICE_UNAVAILABLE in time, and ends no process', async () => {
    const gone = await startProtocolServer()
    const connectionString = `esdb://127.0.0.1:${gone.port},127.0.0.1:${gone.port}?tls=false&maxDiscoverAttempts=3`
    await using store = openStore(0, { connectionString, deadlineMs: 3_000 })
    await store.append(aStream(), NO_STREAM, someEvents(1))
    await gone[Symbol.asyncDispose]()
    for (let round = 0; round < 3; round++) {
      const calls = Array.from({ length: 8 }, (_, n) =>
        n % 2 ? store.append(aStream(), NO_STREAM, [anEvent()]) : store.readStream(aStream()),
      )
      for (const call of await Promise.allSettled(calls)) expect(call).toMatchObject({ reason: unavailable })
    }
  })

  it('that is lost while another call looks for a node ends no process either', async () => {
    const lost = await startProtocolServer()
    const address = `127.0.0.1:${lost.port}`
    const connectionString = `esdb://${address},${address}?tls=false&maxDiscoverAttempts=2&gossipTimeout=1`
    await using store = openStore(0, { connectionString })
    await store.append(aStream(), NO_STREAM, someEvents(1))
    lost.failNextAppend('silent')
    lost.failNextAppend('cut')
    const calls = [store.append(aStream(), NO_STREAM, [anEvent()])]
    await vi.waitFor(() => expect(lost.calls('append')).toBe(2))
    await expect(store.append(aStream(), NO_STREAM, [anEvent()])).rejects.toMatchObject(unavailable)
    const looked = lost.calls('gossip')
    lost.freeze()
    calls.push(store.append(aStream(), NO_STREAM, [anEvent()]))
    await vi.waitFor(() => expect(lost.calls('gossip')).toBeGreaterThan(looked))
    await lost[Symbol.asyncDispose]()
    for (const call of await Promise.allSettled(calls)) expect(call).toMatchObject({ reason: unavailable })
    await setImmediate()
  })
})

describe('TLS', () => {
  const user = (name: string) => `Basic ${Buffer.from(`${name}:p@ss`).toString('base64')}`

  it('is spoken with an authority of one’s own and a user, as the address says', async () => {
    using tls = makeCertificate()
    await using server = await startProtocolServer({ tls, authorization: user('mercato') })
    const at = (name: string) =>
      `esdb://${name}:p%40ss@localhost:${server.port}?tls=true&tlsCAFile=${encodeURIComponent(tls.file)}`
    await using store = openStore(0, { connectionString: at('mercato') })
    const stream = aStream()
    await store.append(stream, NO_STREAM, someEvents(1))
    expect((await store.readLog(LOG_START, 10)).events).toHaveLength(1)
    const heard = vi.fn()
    store.onAppend(heard)
    await vi.waitFor(() => expect(heard).toHaveBeenCalled(), { timeout: 5_000 })

    await using stranger = openStore(0, { connectionString: at('stranger') })
    await expect(stranger.append(stream, 0, someEvents(1))).rejects.toThrow('Access Denied')
    expect(server.log.stream(stream)).toHaveLength(1)
  })

  it('is not spoken with a server whose certificate nobody vouches for, nor left out unless the address says so', async () => {
    using tls = makeCertificate()
    await using server = await startProtocolServer({ tls })
    await using plain = await startProtocolServer()
    for (const address of [`localhost:${server.port}?tls=true`, `localhost:${plain.port}`]) {
      await using store = openStore(0, { connectionString: `esdb://${address}` })
      await expect(store.append(aStream(), NO_STREAM, [anEvent()])).rejects.toMatchObject(unavailable)
    }
    expect(server.log.all).toHaveLength(1)
    expect(plain.calls('append')).toBe(0)
  })
})

/** Passes connections on to a port and counts those that are open. */
const startProxy = async (to: number) => {
  const open = new Set<Socket>()
  const proxy = createServer(socket => {
    open.add(socket)
    const onward = connect(to, '127.0.0.1')
    socket.pipe(onward).pipe(socket)
    for (const end of [socket, onward]) end.on('error', () => end.destroy())
    socket.on('close', () => open.delete(socket))
  })
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve))
  const address = proxy.address()
  if (address === null || typeof address === 'string') throw new Error('a proxy listens on a port')
  return {
    port: address.port,
    open: () => open.size,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy()
      await new Promise(resolve => proxy.close(resolve))
    },
  }
}

describe('dispose', () => {
  it('waits for what is being written, cuts off what is being read, and leaves no connection', async () => {
    await using server = await startProtocolServer()
    await using proxy = await startProxy(server.port)
    const store = openStore(proxy.port)
    const stream = aStream()
    await store.append(stream, NO_STREAM, someEvents(1))
    store.onAppend(() => undefined)
    await vi.waitFor(() => expect(server.subscriptions()).toBe(1))
    expect(proxy.open()).toBe(1)

    const { promise: held, resolve: release } = Promise.withResolvers<void>()
    server.before('append', () => held)
    server.before('readStream', () => new Promise(() => undefined))
    const writing = store.append(stream, 0, someEvents(2))
    const reading = expect(store.readStream(stream)).rejects.toBeInstanceOf(Closed)
    await vi.waitFor(() => expect([server.calls('append'), server.calls('readStream')]).toEqual([2, 1]))
    let isDisposed = false
    const disposing = store[Symbol.asyncDispose]().then(() => {
      isDisposed = true
    })
    await reading
    expect(isDisposed).toBe(false)
    release()
    expect(await writing).toEqual({ revision: 2, duplicate: false })
    await disposing
    await vi.waitFor(() => expect([proxy.open(), server.subscriptions()]).toEqual([0, 0]))
  })

  it('comes to an end also while the server is away or does not answer', async () => {
    const gone = await startProtocolServer()
    await gone[Symbol.asyncDispose]()
    await using frozen = await startProtocolServer()
    frozen.freeze()
    for (const port of [gone.port, frozen.port]) {
      const store = openStore(port, { deadlineMs: 300 })
      store.onAppend(() => undefined)
      const call = expect(store.head()).rejects.toBeInstanceOf(Error)
      await store[Symbol.asyncDispose]()
      await call
    }
  })
})

describe('hints of appends by another process', () => {
  it('arrive by subscription, for streams of this log only', async () => {
    await using server = await startProtocolServer()
    await using here = openStore(server.port)
    await using there = openStore(server.port)
    await using others = openStore(server.port, { prefixes: ['other.'] })
    const hint = vi.fn()
    here.onAppend(hint)
    await vi.waitFor(() => expect(hint).toHaveBeenCalled())
    hint.mockClear()
    await others.append(aStream('other.'), NO_STREAM, someEvents(3))
    await there.append(aStream(), NO_STREAM, someEvents(1))
    await vi.waitFor(() => expect(hint).toHaveBeenCalled(), { timeout: 2_000 })
    expect(hint.mock.calls.length).toBe(1)
  })

  it('go on after the subscription ended and after the server was away; listening again is a hint', async () => {
    const first = await startProtocolServer()
    const { port, log } = first
    const logger = { warn: vi.fn(), error: vi.fn() }
    await using here = openStore(port, { logger })
    const hint = vi.fn()
    here.onAppend(hint)
    await vi.waitFor(() => expect(hint).toHaveBeenCalled())
    hint.mockClear()
    first.endSubscriptions()
    await vi.waitFor(() => expect(hint).toHaveBeenCalled(), { timeout: 5_000 })
    expect(logger.warn).toHaveBeenCalledTimes(1)

    await first[Symbol.asyncDispose]()
    await vi.waitFor(() => expect(logger.warn.mock.calls.length).toBeGreaterThan(2), { timeout: 5_000 })
    hint.mockClear()
    await using second = await startProtocolServer({ port, log })
    await vi.waitFor(() => expect(hint).toHaveBeenCalled(), { timeout: 10_000 })
    await vi.waitFor(() => expect(second.subscriptions()).toBe(1))
    await using there = openStore(port)
    hint.mockClear()
    await there.append(aStream(), NO_STREAM, someEvents(1))
    await vi.waitFor(() => expect(hint).toHaveBeenCalled(), { timeout: 2_000 })
  })

  it('arrive by polling when nothing can be heard', async () => {
    const gone = await startProtocolServer()
    await gone[Symbol.asyncDispose]()
    const logger = { warn: vi.fn(), error: vi.fn() }
    await using here = openStore(gone.port, { logger, pollMs: 20 })
    const hint = vi.fn()
    here.onAppend(hint)
    await vi.waitFor(() => expect(logger.warn).toHaveBeenCalled(), { timeout: 5_000 })
    hint.mockClear()
    await vi.waitFor(() => expect(hint).toHaveBeenCalled(), { timeout: 2_000 })
  })
})
