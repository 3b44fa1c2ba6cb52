import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { noMetrics } from '@mercato/adapters/testing/quiet'
import { describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { issueToken, openGateway } from './testing/open-gateway.ts'
import { raw } from './testing/sockets.ts'

describe('a socket', () => {
  it('is closed with 4408 when no connection_init comes', async () => {
    await using gate = await openGateway({ timing: { initMs: 50 } })
    const { ws } = await gate.listen()
    const { closed } = await raw(ws)
    expect(await closed).toMatchObject({ code: 4408 })
  })

  it.each([1_100_000, 5_000_000, 40_000_000])('is closed with 1009 when a message has %i bytes', async size => {
    await using gate = await openGateway()
    const { ws } = await gate.listen()
    // A client that runs beside us, and sends on while it is refused: what still comes must not cut off the close frame.
    const client = `
      const { parentPort, workerData } = require('node:worker_threads')
      const { WebSocket } = require('ws')
      const socket = new WebSocket(workerData.ws, 'graphql-transport-ws')
      socket.on('open', () => socket.send('x'.repeat(workerData.size)))
      socket.on('error', () => undefined)
      socket.on('close', code => parentPort.postMessage(code))`
    const [code] = await once(new Worker(client, { eval: true, workerData: { ws, size } }), 'message')
    expect(code).toBe(1009)
  })

  it('is closed with 4400 when a message makes no sense', async () => {
    await using gate = await openGateway()
    const { ws } = await gate.listen()
    const { closed, socket } = await raw(ws)
    socket.send('{"type":')
    expect(await closed).toMatchObject({ code: 4400 })
  })

  it('is closed with 4403 when its token expires, and its streams end at their source', async () => {
    await using gate = await openGateway()
    const { ws } = await gate.listen()
    const { closed, send, messages } = await raw(ws)
    send({
      type: 'connection_init',
      payload: { authorization: `Bearer ${await issueToken({ exp: Date.now() / 1_000 + 1 })}` },
    })
    await expect.poll(() => messages.at(-1)?.type).toBe('connection_ack')
    send({ id: '1', type: 'subscribe', payload: { query: 'subscription { forever { cursor } }' } })
    await expect.poll(() => messages.at(-1)?.type).toBe('next')
    expect(await closed).toMatchObject({ code: 4403, reason: expect.stringContaining('UNAUTHENTICATED') })
    await expect.poll(() => gate.graph.seen.ended).toEqual(['forever'])
  })

  it('is closed with 4403 within 2 s of a lost role', async () => {
    await using gate = await openGateway()
    const { ws } = await gate.listen()
    const mine = await raw(ws)
    const others = await raw(ws)
    mine.send({
      type: 'connection_init',
      payload: { authorization: `Bearer ${await issueToken({ iat: Date.now() / 1_000 - 1 })}` },
    })
    others.send({ type: 'connection_init', payload: { authorization: `Bearer ${await issueToken({ sub: '2' })}` } })
    await expect
      .poll(() => [mine.messages.at(-1)?.type, others.messages.at(-1)?.type])
      .toEqual(['connection_ack', 'connection_ack'])
    await gate.publish('user.RolesChanged', { userId: '1', rolesChangedAt: new Date().toISOString(), roles: [] })
    const started = Date.now()
    expect(await mine.closed).toMatchObject({ code: 4403 })
    expect(Date.now() - started).toBeLessThan(2_000)
    expect(others.socket.readyState).toBe(WebSocket.OPEN)
    others.socket.close()
  })

  it('is closed with 1001 and a hint when the gateway stops; new ones are refused', async () => {
    await using gate = await openGateway()
    const { ws } = await gate.listen()
    const { closed } = await raw(ws)
    await gate.gateway.drain()
    expect(await closed).toMatchObject({ code: 1001, reason: expect.stringContaining('SHUTTING_DOWN') })
    const refused = new WebSocket(ws, 'graphql-transport-ws')
    expect(
      await new Promise(resolve => refused.once('unexpected-response', (_, response) => resolve(response.statusCode))),
    ).toBe(503)
  })

  it('is closed with 1013 when its client takes nothing, without piling anything up', async () => {
    const counted: string[] = []
    await using gate = await openGateway({
      timing: { stallMs: 300 },
      metrics: { ...noMetrics, count: name => void counted.push(name) },
    })
    const { ws } = await gate.listen()
    const { socket, send, messages, closed } = await raw(ws)
    send({ type: 'connection_init' })
    await expect.poll(() => messages.at(-1)?.type).toBe('connection_ack')
    socket.pause()
    const long = Array.from({ length: 29 }, (_, i) => `a${i}${'x'.repeat(800)}: cursor`).join(' ')
    send({ id: '1', type: 'subscribe', payload: { query: `subscription { renamed(upTo: 1000000) { ${long} } }` } })
    await expect.poll(() => counted.includes('mercato_gateway_slow_clients_total'), { timeout: 15_000 }).toBe(true)
    const sent = counted.filter(name => name === 'mercato_subscription_events_total').length
    expect(sent * 25_000).toBeLessThan(20_000_000)
    socket.resume()
    expect(await closed).toMatchObject({ code: 1013, reason: expect.stringContaining('SLOW_CLIENT') })
  })

  it('runs at most 100 operations at a time', async () => {
    await using gate = await openGateway()
    const { ws } = await gate.listen()
    const { send, messages, socket } = await raw(ws)
    send({ type: 'connection_init' })
    await expect.poll(() => messages.at(-1)?.type).toBe('connection_ack')
    for (let i = 0; i < 101; i++)
      send({ id: `${i}`, type: 'subscribe', payload: { query: 'subscription { forever { cursor } }' } })
    await expect.poll(() => messages.length).toBe(102)
    const refused = messages.filter(({ type }) => type === 'error')
    expect(refused.map(({ id, payload }) => [id, payload[0].extensions.code])).toEqual([['100', 'RATE_LIMITED']])
    socket.terminate()
    await expect.poll(() => gate.graph.seen.ended.length).toBe(100)
  })

  it('takes 500 reconnecting in a second', async () => {
    await using gate = await openGateway()
    const { ws } = await gate.listen()
    const sockets = await Promise.all(Array.from({ length: 500 }, () => raw(ws)))
    for (const { send } of sockets) send({ type: 'connection_init' })
    await expect
      .poll(() => sockets.every(({ messages }) => messages[0]?.type === 'connection_ack'), { timeout: 30_000 })
      .toBe(true)
    for (const { socket } of sockets) socket.terminate()
  })
})
