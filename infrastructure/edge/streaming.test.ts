import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { dial, startEdge, startRemote } from './testing.ts'

const local = 'services: [{ name: app, host: app, routes: [{ name: a, paths: [/] }] }]'
const remote = (port: number) =>
  `services: [{ name: far, host: 127.0.0.1, port: ${port}, routes: [{ name: a, paths: [/] }] }]`

/** A target that opens an event stream and lets the test write to it. */
function eventStream() {
  const opened = Promise.withResolvers<ServerResponse>()
  const left = Promise.withResolvers<void>()
  return {
    opened: opened.promise,
    left: left.promise,
    target: (_: unknown, response: ServerResponse) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.flushHeaders()
      response.once('close', () => left.resolve())
      opened.resolve(response)
    },
  }
}

describe.each(['in this process', 'over HTTP'])('an event stream from a target %s', place => {
  async function start() {
    const stream = eventStream()
    if (place === 'in this process') {
      const edge = await startEdge({ config: local, target: stream.target })
      return { stream, edge, stop: () => edge[Symbol.asyncDispose]() }
    }
    const far = await startRemote(stream.target)
    const edge = await startEdge({ config: remote(far.port) })
    const stop = async () => {
      await far[Symbol.asyncDispose]()
      await edge[Symbol.asyncDispose]()
    }
    return { stream, edge, stop }
  }

  it('reaches the client event by event, not only when it ends', async () => {
    const { stream, edge, stop } = await start()
    const client = await dial(edge.port)
    client.socket.write('GET /events HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\n\r\n')
    const upstream = await stream.opened
    expect(await client.until('\r\n\r\n')).toContain('text/event-stream')
    for (const event of ['one', 'two', 'three']) {
      upstream.write(`data: ${event}\n\n`)
      await client.until(`data: ${event}\n\n`)
    }
    upstream.end()
    await client.until('0\r\n\r\n')
    client.socket.destroy()
    await stop()
  })

  it('ends for the target when the client leaves', async () => {
    const { stream, edge, stop } = await start()
    const client = await dial(edge.port)
    client.socket.write('GET /events HTTP/1.1\r\nHost: a\r\n\r\n')
    await stream.opened
    client.socket.destroy()
    await stream.left
    await stop()
  })
})

describe('a target over HTTP that breaks off in the middle', () => {
  it('breaks the client’s answer off too, so that it is not taken for complete', async () => {
    const stream = eventStream()
    await using far = await startRemote(stream.target)
    await using edge = await startEdge({ config: remote(far.port) })
    const client = await dial(edge.port)
    client.socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
    const upstream = await stream.opened
    upstream.write('data: one\n\n')
    await client.until('data: one')
    upstream.destroy()
    await client.closed
    expect(client.received()).not.toContain('0\r\n\r\n')
  })
})
