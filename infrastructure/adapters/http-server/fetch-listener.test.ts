import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createFetchListener, type FetchHandler, type FetchListenerOptions } from './fetch-listener.ts'
import { type Listening, listen } from './listen.ts'

const open: Listening[] = []
const serve = async (handler: FetchHandler, options?: FetchListenerOptions): Promise<Listening> => {
  const listening = await listen(createFetchListener(handler, options), { port: 0 })
  open.push(listening)
  return listening
}
afterEach(async () => {
  for (const listening of open.splice(0)) {
    listening.server.closeAllConnections()
    await listening[Symbol.asyncDispose]()
  }
})

describe('a fetch handler behind HTTP', () => {
  it('gets method, path, headers and body, and answers with status, headers, cookies and body', async () => {
    const { url } = await serve(async request => {
      const headers = new Headers({
        'x-path': new URL(request.url).pathname,
        'x-twice': request.headers.get('x-twice') ?? '',
      })
      headers.append('set-cookie', 'a=1')
      headers.append('set-cookie', 'b=2')
      return new Response(`${request.method} ${await request.text()}`, { status: 201, headers })
    })
    const response = await fetch(`${url}/a/b?c`, {
      method: 'PUT',
      body: 'body',
      headers: [
        ['x-twice', '1'],
        ['x-twice', '2'],
      ],
    })
    expect(response.status).toBe(201)
    expect(await response.text()).toBe('PUT body')
    expect(response.headers.get('x-path')).toBe('/a/b')
    expect(response.headers.get('x-twice')).toBe('1, 2')
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
  })

  it('turns a handler that throws into a 500 that says nothing, and tells its host', async () => {
    const errors: unknown[] = []
    const { url } = await serve(
      async () => {
        throw new Error('password=hunter2')
      },
      { onError: error => errors.push(error) },
    )
    const response = await fetch(url)
    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('hunter2')
    expect(errors).toHaveLength(1)
  })

  it('tells the handler and the stream when the client is gone', async () => {
    let aborted = false
    let cancelled = false
    const { port } = await serve(async request => {
      request.signal.addEventListener('abort', () => {
        aborted = true
      })
      const body = new ReadableStream({
        start: controller => controller.enqueue(Buffer.from('first')),
        cancel() {
          cancelled = true
        },
      })
      return new Response(body)
    })
    const socket = connect(port, '127.0.0.1')
    socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n')
    await once(socket, 'data')
    socket.destroy()
    await expect.poll(() => [aborted, cancelled]).toEqual([true, true])
  })

  it('pulls a stream at the pace of its client, and cuts off one that takes nothing', async () => {
    let pulled = 0
    let cancelled = false
    const errors: unknown[] = []
    const { port } = await serve(
      async () =>
        new Response(
          new ReadableStream(
            {
              pull: controller => {
                pulled++
                controller.enqueue(new Uint8Array(64_000))
              },
              cancel() {
                cancelled = true
              },
            },
            { highWaterMark: 0 },
          ),
        ),
      { stallMs: 300, onError: error => errors.push(error) },
    )
    const socket = connect(port, '127.0.0.1')
    socket.pause()
    socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n')
    await expect.poll(() => cancelled, { timeout: 10_000 }).toBe(true)
    expect(pulled * 64_000).toBeLessThan(50_000_000)
    expect(String(errors[0])).toContain('reads nothing')
    socket.destroy()
  })

  it.each(['TRACE', 'TRACK'])('refuses %s, for which there is no request', async method => {
    const errors: unknown[] = []
    const { port } = await serve(async () => new Response('asked'), { onError: error => errors.push(error) })
    const socket = connect(port, '127.0.0.1')
    socket.write(`${method} / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)
    let text = ''
    for await (const chunk of socket) text += chunk
    expect(text).toMatch(/^HTTP\/1\.1 40[05] /)
    expect(text).not.toContain('asked')
    expect(errors).toEqual([])
  })

  it('answers who asks for another protocol that is not spoken here, as HTTP allows', async () => {
    const { port } = await serve(async () => new Response('in HTTP/1.1'))
    const socket = connect(port, '127.0.0.1')
    socket.write('GET / HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n')
    const [answer] = await once(socket, 'data')
    expect(String(answer)).toMatch(/^HTTP\/1.1 200 OK/)
    socket.destroy()
  })

  it('says which port cannot be had', async () => {
    const { port } = await serve(async () => new Response())
    await expect(listen(() => undefined, { port })).rejects.toThrow(`cannot listen on 127.0.0.1:${port}`)
  })
})
