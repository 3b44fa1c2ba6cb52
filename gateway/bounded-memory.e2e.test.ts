import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import type { Figures, Order } from './testing/gateway-process.ts'

/** Ten minutes: BOUNDED_MEMORY_SECONDS=600. */
const SECONDS = Number(process.env['BOUNDED_MEMORY_SECONDS'] ?? 3)
const CLIENTS = 500
const NEVER_READING = 50
const PER_SECOND = 200
const WARM_UP = 60
const MB = 1_000_000
const PATIENCE = { timeout: 60_000 }

const launch = async (stallMs: number, initMs = 5_000) => {
  const file = fileURLToPath(new URL('./testing/gateway-process.ts', import.meta.url))
  const child = fork(file, [`${stallMs}`, `${initMs}`], { execArgv: ['--expose-gc'] })
  const heard = async (): Promise<Figures> => (await once(child, 'message'))[0]
  const { url } = await heard()
  const order = (what: Order): void => void child.send(what)
  return {
    url,
    order,
    figures: (): Promise<Figures> => {
      const answer = heard()
      order({ tell: 0 })
      return answer
    },
    async [Symbol.asyncDispose]() {
      const gone = once(child, 'exit')
      child.disconnect()
      await gone
    },
  }
}

const PROTOCOL = 'graphql-transport-ws'
const subscribe = (selection: string): string =>
  JSON.stringify({ id: '1', type: 'subscribe', payload: { query: `subscription { told { ${selection} } }` } })

/** Connected and subscribed; what it saw is checked as it comes, so that it takes no room here. */
const open = async (url: string, selection: string) => {
  const socket = new WebSocket(url, PROTOCOL)
  const client = { socket, seen: 0, gaps: 0, code: undefined as number | undefined }
  socket.once('close', code => {
    client.code = code
  })
  socket.on('message', data => {
    const cursor = /"cursor":"(\d+)"/.exec(String(data))?.[1]
    if (cursor === undefined) return
    if (Number(cursor) !== client.seen + 1) client.gaps++
    client.seen = Number(cursor)
  })
  await once(socket, 'open')
  socket.send('{"type":"connection_init"}')
  await once(socket, 'message')
  socket.send(subscribe(selection))
  return client
}

describe('500 clients of which 50 never read', () => {
  it(
    `take no more memory in ${SECONDS} s: the stalled ones are closed with a code, the others miss nothing`,
    async () => {
      await using gateway = await launch(2_000)
      const opened = (count: number, selection: string) =>
        Promise.all(Array.from({ length: count }, () => open(gateway.url, selection)))
      const reading = await opened(CLIENTS - NEVER_READING, 'cursor person { name }')
      // Theirs are long, so that they fill what the operating system keeps for them.
      const long = Array.from({ length: 28 }, (_, i) => `a${i}${'x'.repeat(800)}: cursor`).join(' ')
      const stalled = await opened(NEVER_READING, long)
      await expect.poll(() => gateway.figures(), PATIENCE).toMatchObject({ followed: CLIENTS, upstreams: 2 })
      for (const { socket } of stalled) socket.pause()
      // What is compiled and pooled at the first events is not what grows.
      gateway.order({ tell: WARM_UP, name: 'Ada' })
      await expect.poll(() => Math.min(...reading.map(({ seen }) => seen)), PATIENCE).toBe(WARM_UP)
      const before = await gateway.figures()

      /** A closing frame waits 5 s for its reader. */
      let looking = false
      const lookAgain = async (): Promise<boolean> => {
        if (!looking && (await gateway.figures()).slowClients === NEVER_READING) {
          looking = true
          for (const { socket } of stalled) socket.resume()
        }
        return looking
      }

      const started = performance.now()
      let told = WARM_UP
      while (told < SECONDS * PER_SECOND + WARM_UP) {
        gateway.order({ tell: PER_SECOND / 10, name: 'Ada' })
        told += PER_SECOND / 10
        if (told % PER_SECOND === WARM_UP) await lookAgain()
        const due = started + ((told - WARM_UP) / PER_SECOND) * 1_000
        // A busy machine is slower than planned; it still must miss nothing.
        await expect.poll(() => Math.min(...reading.map(({ seen }) => seen)), { ...PATIENCE, interval: 5 }).toBe(told)
        await expect.poll(() => performance.now() >= due, { ...PATIENCE, interval: 5 }).toBe(true)
      }
      await expect.poll(lookAgain, PATIENCE).toBe(true)
      await expect.poll(() => stalled.map(({ code }) => code), PATIENCE).toEqual(Array(NEVER_READING).fill(1013))
      const after = await gateway.figures()
      expect((after.rss - before.rss) / MB).toBeLessThan(100)
      expect(reading.filter(({ gaps, seen, code }) => gaps > 0 || seen !== told || code !== undefined)).toEqual([])
      for (const { socket } of reading) socket.terminate()
      await expect.poll(() => gateway.figures(), PATIENCE).toMatchObject({ followed: 0, upstreams: 0 })
      const events = told - WARM_UP
      const rate = events / ((performance.now() - started) / 1_000)
      const [more, heap] = [(after.rss - before.rss) / MB, (after.heap - before.heap) / MB]
      const each = ((after.cpu - before.cpu) / events).toFixed(1)
      console.log(
        `${Math.round(rate)} events/s to ${CLIENTS} clients, ${each} ms of CPU each, ${more.toFixed(0)} MB more, ${heap.toFixed(1)} of them heap`,
      )
    },
    120_000 + SECONDS * 4_000,
  )
})

describe('sockets that never say connection_init', () => {
  it('are closed with 4408, 500 of them, while 500 others come back in a second and are served', async () => {
    await using gateway = await launch(15_000, 1_000)
    const silent = Array.from({ length: 500 }, () => {
      const socket = new WebSocket(gateway.url, PROTOCOL)
      return once(socket, 'close').then(([code]) => code)
    })
    const back = await Promise.all(Array.from({ length: 500 }, () => open(gateway.url, 'cursor')))
    await expect.poll(() => gateway.figures(), PATIENCE).toMatchObject({ followed: 500, upstreams: 1 })
    gateway.order({ tell: 1, name: 'Ada' })
    await expect.poll(() => back.every(({ seen }) => seen === 1), PATIENCE).toBe(true)
    expect(new Set(await Promise.all(silent))).toEqual(new Set([4408]))
    for (const { socket } of back) socket.terminate()
    await expect.poll(() => gateway.figures(), PATIENCE).toMatchObject({ followed: 0, upstreams: 0 })
  })
})
