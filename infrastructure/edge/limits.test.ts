import { describe, expect, it } from 'vitest'
import { ask, dial, seen, startEdge } from './testing.ts'

const config = `
services: [{ name: app, host: app, routes: [{ name: a, paths: [/] }] }]
plugins: [{ name: request-size-limiting, config: { allowed_payload_size: 1 } }, { name: correlation-id, config: { generator: uuid, echo_downstream: true } }]
`
const MEGABYTE = 2 ** 20

describe('a body', () => {
  it('of exactly the limit goes through, declared or in chunks', async () => {
    await using edge = await startEdge({ config })
    for (const chunked of [false, true]) {
      const answer = seen(await ask(edge.url, { method: 'POST', body: 'x'.repeat(MEGABYTE), chunked }))
      expect(answer.body).toHaveLength(MEGABYTE)
      expect(answer.headers['content-length']).toBe(String(MEGABYTE))
      expect(answer.headers).not.toHaveProperty('transfer-encoding')
    }
  })

  it.each([
    ['one byte over the limit', MEGABYTE + 1, false],
    ['one byte over the limit, in chunks', MEGABYTE + 1, true],
    ['5 MB', 5 * MEGABYTE, false],
    ['5 MB, in chunks', 5 * MEGABYTE, true],
  ])('of %s is refused with a code', async (_, size, chunked) => {
    await using edge = await startEdge({ config })
    const answer = await ask(edge.url, { method: 'POST', body: 'x'.repeat(size), chunked })
    expect(answer.status).toBe(413)
    expect(answer.json()).toMatchObject({ message: 'Request size limit exceeded', code: 'PAYLOAD_TOO_LARGE' })
  })

  it('that is too large is refused before it is sent, if the client asks first', async () => {
    await using edge = await startEdge({ config })
    const client = await dial(edge.port)
    client.socket.write(`POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: ${2 * MEGABYTE}\r\n\r\n`)
    expect(await client.until('PAYLOAD_TOO_LARGE')).toMatch(/^HTTP\/1\.1 413/)
    client.socket.destroy()
  })

  it('is asked for, if the client waits for that', async () => {
    await using edge = await startEdge({ config })
    const client = await dial(edge.port)
    client.socket.write('POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n')
    await client.until('100 Continue')
    client.socket.write('hello')
    const received = await client.until('"body":"hello"')
    expect(received).not.toContain('"expect"')
    client.socket.destroy()
  })

  it('without a declared length is refused where one is required', async () => {
    await using edge = await startEdge({ config: config.replace('size: 1', 'size: 1, require_content_length: true') })
    expect((await ask(edge.url, { method: 'POST', body: 'x', chunked: true })).status).toBe(411)
  })
})

describe('a client', () => {
  it('that never finishes its head is cut off', async () => {
    await using edge = await startEdge({ config, patience: { head: 30, request: 60, checkEvery: 10 } })
    const client = await dial(edge.port)
    client.socket.write('GET / HTTP/1.1\r\nHost: a\r\nX-Slow:')
    await client.closed
    expect(client.received()).toMatch(/^HTTP\/1\.1 408/)
  })

  it('that never finishes its body is cut off', async () => {
    await using edge = await startEdge({ config, patience: { head: 30, request: 60, checkEvery: 10 } })
    const client = await dial(edge.port)
    client.socket.write('POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n')
    await client.closed
  })

  it.each([
    ['with two hosts', 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n', '400'],
    [
      'with length and chunks',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      '400',
    ],
    ['with two lengths', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello', '400'],
    ['with a head of 100 KB', `GET / HTTP/1.1\r\nHost: a\r\nX-Large: ${'x'.repeat(100_000)}\r\n\r\n`, '431'],
    ['that asks for *', 'OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n', '404'],
  ])('%s is refused', async (_, bytes, status) => {
    await using edge = await startEdge({ config })
    const client = await dial(edge.port)
    client.socket.write(bytes)
    expect(await client.until('\r\n\r\n')).toContain(`HTTP/1.1 ${status}`)
    client.socket.destroy()
  })

  it('that leaves in the middle of its body disturbs nobody', async () => {
    await using edge = await startEdge({ config })
    const client = await dial(edge.port)
    client.socket.write('POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n')
    client.socket.destroy()
    await client.closed
    expect((await ask(edge.url)).status).toBe(200)
    expect(edge.logged.filter(({ level }) => level === 'error')).toEqual([])
  })
})

describe('a target in this process', () => {
  const impatient = config.replace('host: app,', 'host: app, read_timeout: 50,')

  it('that takes too long is given up with 504', async () => {
    await using edge = await startEdge({ config: impatient, target: () => {} })
    const answer = await ask(edge.url)
    expect([answer.status, answer.json()]).toEqual([
      504,
      expect.objectContaining({ message: 'The upstream server is timing out' }),
    ])
  })

  it('that answers after it was given up does no harm', async () => {
    const late = Promise.withResolvers<() => void>()
    await using edge = await startEdge({
      config: impatient,
      target: (_, response) => late.resolve(() => response.end('late')),
    })
    expect((await ask(edge.url)).status).toBe(504)
    const answer = await late.promise
    answer()
    expect((await ask(edge.url)).status).toBe(504)
  })

  it.each([
    [
      'throws',
      () => {
        throw new Error('a secret of the target')
      },
    ],
    [
      'rejects',
      async () => {
        throw new Error('a secret of the target')
      },
    ],
  ])('that %s is answered 500 without its words', async (_, target) => {
    await using edge = await startEdge({ config, target })
    const answer = await ask(edge.url)
    expect(answer.status).toBe(500)
    expect(answer.json()).toMatchObject({ message: 'An unexpected error occurred' })
    expect(answer.headers).toHaveProperty('kong-request-id')
    expect(edge.logged).toContainEqual(expect.objectContaining({ level: 'error' }))
  })
})
