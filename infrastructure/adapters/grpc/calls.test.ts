import { Client, credentials, Metadata, type ServiceError, status } from '@grpc/grpc-js'
import { Closed, Fault, type GatewayContext, withSpan } from '@mercato/shared-kernel/application'
import { describe, expect, it } from 'vitest'
import { createMemoryTracing } from '../tracing/memory.ts'
import { signCall } from './signing.ts'
import { ECHO, echoClient, SECRET, serveEcho } from './testing-echo.ts'

const say = ECHO['Say'] ?? expect.unreachable('the fixture has no method Say')
const bytesOf = (message: object): Buffer => say.requestSerialize(message)

const contextAt = (issuedAt: number): GatewayContext => ({
  viewer: { consumer: 'tests' },
  correlationId: 'c-1',
  consistency: {},
  deadline: issuedAt + 5_000,
  issuedAt,
})

/** What a raw call is answered with: bytes, or a status. */
const raw = (port: number, bytes: Buffer, metadata: Metadata): Promise<Buffer | ServiceError> => {
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure())
  return new Promise(resolve => {
    const same = (buffer: Buffer): Buffer => buffer
    client.makeUnaryRequest(say.path, same, same, bytes, metadata, (error: ServiceError | null, answer?: Buffer) => {
      client.close()
      resolve(error ?? answer ?? Buffer.alloc(0))
    })
  })
}

describe('a signed call', () => {
  it('carries the message there and the answer back, 64-bit integers unharmed', async () => {
    await using server = await serveEcho(async message => message)
    await using client = echoClient(server.url)
    expect(await client.say({ text: 'grüß ☕', count: '9007199254740993' })).toEqual({
      text: 'grüß ☕',
      count: '9007199254740993',
    })
    expect(await client.say({})).toEqual({ text: '', count: '0' })
  })

  it('tells the server who calls, why, and until when', async () => {
    const heard: GatewayContext[] = []
    await using server = await serveEcho(async (message, context) => {
      heard.push(context)
      return message
    })
    await using client = echoClient(server.url)
    const before = Date.now()
    await client.say({}, { leftMs: 3_000, correlationId: 'c-7' })
    expect(heard).toMatchObject([{ viewer: { consumer: 'tests' }, correlationId: 'c-7' }])
    expect(heard[0]?.deadline).toBeGreaterThanOrEqual(before + 3_000)
  })

  it('is one trace on both sides', async () => {
    await using tracing = createMemoryTracing()
    await using server = await serveEcho(async message => withSpan('deep inside', {}, async () => message))
    await using client = echoClient(server.url)
    await withSpan('checkout', {}, () => client.say({}))
    await expect.poll(() => tracing.spans()).toHaveLength(4)
    const [inside, served, called, checkout] = tracing.spans()
    expect([inside, served, called, checkout].map(span => span?.name)).toEqual([
      'deep inside',
      '/mercato.testing.Echo/Say',
      '/mercato.testing.Echo/Say',
      'checkout',
    ])
    expect(inside?.parentSpanId).toBe(served?.spanId)
    expect(served?.parentSpanId).toBe(called?.spanId)
    expect(called?.parentSpanId).toBe(checkout?.spanId)
  })

  it('is refused unless it is signed, with this secret, for this message, within the minute', async () => {
    let heard = 0
    await using server = await serveEcho(async message => {
      heard += 1
      return message
    })
    const bytes = bytesOf({ text: 'hello' })
    const now = Date.now()
    const good = signCall(SECRET, contextAt(now), say.path, bytes)
    const half = new Metadata()
    half.set('x-mercato-context', String(good.get('x-mercato-context')[0]))
    const bad = [
      new Metadata(),
      half,
      signCall('another secret', contextAt(now), say.path, bytes),
      signCall(SECRET, contextAt(now), say.path, bytesOf({ text: 'hullo' })),
      signCall(SECRET, contextAt(now), '/mercato.testing.Echo/Shout', bytes),
      signCall(SECRET, contextAt(now - 61_000), say.path, bytes),
    ]
    for (const metadata of bad)
      expect(await raw(server.port, bytes, metadata)).toMatchObject({ code: status.UNAUTHENTICATED })
    expect(heard).toBe(0)
    expect(await raw(server.port, bytes, good)).toBeInstanceOf(Buffer)
    expect(heard).toBe(1)
  })

  it('with bytes that are no message is refused, and so is one of more than a megabyte', async () => {
    await using server = await serveEcho(async message => message)
    const garbage = Buffer.from([0x0f])
    const signedGarbage = signCall(SECRET, contextAt(Date.now()), say.path, garbage)
    expect(await raw(server.port, garbage, signedGarbage)).toMatchObject({ code: status.INVALID_ARGUMENT })
    const huge = bytesOf({ text: 'x'.repeat(1024 * 1024) })
    const signedHuge = signCall(SECRET, contextAt(Date.now()), say.path, huge)
    expect(await raw(server.port, huge, signedHuge)).toMatchObject({ code: status.RESOURCE_EXHAUSTED })
  })

  it('that fails unexpectedly says nothing of it to the caller, and says it in the log, once', async () => {
    await using server = await serveEcho(async () => {
      throw new Error('disk of host 10.0.0.7 is gone')
    })
    const bytes = bytesOf({})
    const answer = await raw(server.port, bytes, signCall(SECRET, contextAt(Date.now()), say.path, bytes))
    expect(answer).toMatchObject({ code: status.INTERNAL, details: 'Something went wrong on our side.' })
    expect(JSON.stringify(answer)).not.toContain('10.0.0.7')
    expect(server.logger.records).toMatchObject([{ level: 'error', fields: { correlationId: 'c-1' } }])
  })
})

describe('a client', () => {
  it('asks again when nobody was there, and only then', async () => {
    const failures = [new Fault('SERVICE_UNAVAILABLE', 'not now'), new Fault('SHUTTING_DOWN', 'not now')]
    let heard = 0
    await using server = await serveEcho(async message => {
      heard += 1
      const failure = failures.shift()
      if (failure) throw failure
      return message
    })
    await using client = echoClient(server.url, { retries: 2 })
    expect(await client.say({ text: 'a' })).toMatchObject({ text: 'a' })
    expect(heard).toBe(3)
    for (const failure of [new Error('broken'), new Fault('FORBIDDEN', 'no'), new Fault('BAD_USER_INPUT', 'no')]) {
      failures.push(failure as Fault)
      heard = 0
      await expect(client.say({})).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
      expect(heard).toBe(1)
    }
  })

  it('gives up after so many times', async () => {
    let heard = 0
    await using server = await serveEcho(async () => {
      heard += 1
      throw new Fault('SERVICE_UNAVAILABLE', 'not now')
    })
    await using client = echoClient(server.url, { retries: 2, breakAfter: 10 })
    const error = await client.say({}).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'SERVICE_UNAVAILABLE', retryable: true })
    expect(heard).toBe(3)
  })

  it('rejects with TIMEOUT at the deadline, and without a call when it has passed', async () => {
    let heard = 0
    await using server = await serveEcho(() => {
      heard += 1
      return new Promise(() => undefined)
    })
    await using client = echoClient(server.url)
    await expect(client.say({}, { leftMs: 50 })).rejects.toMatchObject({ code: 'TIMEOUT' })
    expect(heard).toBe(1)
    await expect(client.say({}, { leftMs: 0 })).rejects.toMatchObject({ code: 'TIMEOUT' })
    expect(heard).toBe(1)
  })

  it('says SERVICE_UNAVAILABLE and no address when nobody listens, and works as soon as somebody does', async () => {
    const gone = await serveEcho(async message => message)
    await gone[Symbol.asyncDispose]()
    await using client = echoClient(gone.url, { breakAfter: 1_000 })
    const error = await client.say({}).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
    expect(String(error)).not.toContain(String(gone.port))
    await using _back = await serveEcho(async message => message, { port: gone.port })
    await expect.poll(() => client.say({ text: 'a' }).catch(() => undefined)).toMatchObject({ text: 'a' })
  })

  it('leaves a failing server alone, then lets one call try', async () => {
    let heard = 0
    let broken = true
    await using server = await serveEcho(async message => {
      heard += 1
      if (broken) throw new Error('broken')
      return message
    })
    await using client = echoClient(server.url, { breakAfter: 3, restMs: 60 })
    const fails = () => expect(client.say({})).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
    for (let calls = 0; calls < 10; calls++) await fails()
    expect(heard).toBe(3)
    await expect.poll(() => client.say({}).catch(() => heard)).toBe(4)
    await fails()
    expect(heard).toBe(4)
    broken = false
    await expect.poll(() => client.say({ text: 'a' }).catch(() => undefined)).toMatchObject({ text: 'a' })
    expect(heard).toBe(5)
    expect(client.logger.records.map(({ level }) => level)).toEqual(['warn', 'warn', 'info'])
  })

  it('does not hold a time-out against the server that gave it too little time', async () => {
    let silent = true
    await using server = await serveEcho(message => (silent ? new Promise(() => undefined) : Promise.resolve(message)))
    await using client = echoClient(server.url, { breakAfter: 2 })
    for (let calls = 0; calls < 4; calls++)
      await expect(client.say({}, { leftMs: 20 })).rejects.toMatchObject({ code: 'TIMEOUT' })
    silent = false
    expect(await client.say({ text: 'a' })).toMatchObject({ text: 'a' })
    await using hasty = echoClient(server.url, { breakAfter: 2, fairMs: 10 })
    silent = true
    for (const code of ['TIMEOUT', 'TIMEOUT', 'SERVICE_UNAVAILABLE'])
      await expect(hasty.say({}, { leftMs: 20 })).rejects.toMatchObject({ code })
  })

  it('refuses after dispose, which may be repeated', async () => {
    await using server = await serveEcho(async message => message)
    const client = echoClient(server.url)
    await client.say({})
    await client[Symbol.asyncDispose]()
    await client[Symbol.asyncDispose]()
    await expect(client.say({})).rejects.toBeInstanceOf(Closed)
  })
})

describe('a server', () => {
  it('lets running calls end when it is closed, which may be repeated', async () => {
    const arrived = Promise.withResolvers<void>()
    const leave = Promise.withResolvers<void>()
    const server = await serveEcho(async message => {
      arrived.resolve()
      await leave.promise
      return message
    })
    await using client = echoClient(server.url)
    const running = client.say({ text: 'a' })
    await arrived.promise
    const closed = Promise.all([server[Symbol.asyncDispose](), server[Symbol.asyncDispose]()])
    leave.resolve()
    expect(await running).toMatchObject({ text: 'a' })
    await closed
  })

  it('says in a sentence that it cannot have a port', async () => {
    await using server = await serveEcho(async message => message)
    await expect(serveEcho(async message => message, { port: server.port })).rejects.toThrow(
      `cannot listen on 127.0.0.1:${server.port}`,
    )
  })
})
