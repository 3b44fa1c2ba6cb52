import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Stack, startStack } from '@mercato/native/stack'
import { freePorts } from '@mercato/native/stack/ports'
import { describeAdapters, serviceFolder } from '@mercato/native/testing'
import type { RecordedEvent } from '@mercato/shared-kernel/application'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { faultsIn, type Logs, readWholeLog, unsettledOrders } from './testing-fleet-history.ts'
import { type Load, startLoad } from './testing-fleet-load.ts'

const long = process.env['GUARANTEES'] === 'long'
/** Everything fails again, in another order each time, until the watchers have seen so many events. */
const EVENTS = long ? 10_000 : 0
const DOWN_MS = long ? 30_000 : 2_000
/** Nothing may take longer; the front ends' client tries four times at most. */
const LONGEST_TRY_MS = 10_000
const RECOVERY_MS = 15_000
const SETTLED_MS = 30_000

const REBUILD = fileURLToPath(new URL('../../scripts/rebuild/main.ts', import.meta.url))
const run = promisify(execFile)

const shuffled = <Each>(all: readonly Each[]): readonly Each[] =>
  all
    .map(each => ({ each, at: Math.random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ each }) => each)
const pause = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms))

await describeAdapters(['postgres', 'redis', 'kafka', 'consul'], () => {
  let stack: Stack
  let load: Load
  beforeAll(async () => {
    stack = await startStack({
      folder: process.env['STACK_FOLDER'] ?? serviceFolder(),
      pick: freePorts,
      instances: 2,
      say: () => undefined,
    })
    const gateways = stack.gateways.map(({ url }) => url)
    load = await startLoad({ edge: stack.url, gateways, skus: long ? 8 : 3 })
  })
  afterAll(async () => {
    await load?.[Symbol.asyncDispose]()
    await stack?.[Symbol.asyncDispose]()
  })

  const read: Record<keyof Logs, RecordedEvent[]> = { inventory: [], order: [], payment: [] }
  const logs = async (): Promise<Logs> => {
    const of = (context: keyof Logs) => readWholeLog(stack.engines.postgres.url(context), read[context])
    return { inventory: await of('inventory'), order: await of('order'), payment: await of('payment') }
  }
  const named = (name: string) => {
    const found = [...stack.contexts, ...stack.gateways, stack.edge].find(each => each.name === name)
    if (!found) throw new Error(`nothing is called ${name}`)
    return found
  }
  const deliveries = (): number => [...load.seen.received.values()].reduce((sum, count) => sum + count, 0)
  /** Orders and deliveries are acknowledged again. */
  const recovered = async (): Promise<number> => {
    const started = performance.now()
    const [orders, received] = [load.seen.placed.length, deliveries()]
    await expect
      .poll(() => load.seen.placed.length > orders && deliveries() > received, { timeout: 60_000, interval: 50 })
      .toBe(true)
    return performance.now() - started
  }
  /** Waits until every order rests, and both watchers have seen the whole log. */
  const settled = async (): Promise<void> => {
    await load.pause()
    expect(load.seen.failures.filter(each => each.startsWith('a watcher'))).toEqual([])
    await expect
      .poll(async () => unsettledOrders((await logs()).order), { timeout: SETTLED_MS, interval: 500 })
      .toEqual([])
    await expect
      .poll(async () => faultsIn(load.seen, await logs(), load.skus), { timeout: SETTLED_MS, interval: 500 })
      .toEqual([])
  }

  it('whatever process or engine is killed under load comes back within 15 s, loses nothing, repeats nothing, and every order ends', {
    timeout: 3_600_000,
  }, async () => {
    const { redis, kafka, postgres, consul } = stack.engines
    const inventory = ['inventory-1', 'inventory-2'].map(named)
    const again = (name: string) => async () => {
      await named(name).kill()
      await named(name).restart()
    }
    const away = (engine: { kill(): Promise<void>; restart(): Promise<void> }) => async () => {
      await engine.kill()
      await pause(DOWN_MS)
      await engine.restart()
    }
    const flush = async (): Promise<void> => {
      const admin = new Redis(redis.url)
      await admin.flushall()
      admin.disconnect()
    }
    const every = {
      ...Object.fromEntries(
        ['inventory-1', 'order-1', 'payment-1', 'user-1', 'gateway-1', 'inventory-2', 'order-2', 'payment-2'].map(
          name => [`${name} killed`, again(name)],
        ),
      ),
      'Redis flushed': flush,
      'Redis away': away(redis),
      'Kafka away': away(kafka),
      'PostgreSQL away': away(postgres),
      'Consul away': away(consul),
      'inventory away': away({
        kill: async () => void (await Promise.all(inventory.map(each => each.kill()))),
        restart: async () => void (await Promise.all(inventory.map(each => each.restart()))),
      }),
    }
    const some = ['order-1 killed', 'payment-1 killed', 'Redis flushed', 'Kafka away', 'PostgreSQL away']
    const faults = Object.entries(every).filter(([name]) => long || some.includes(name))
    const took: Record<string, number> = {}
    const watched = (): number => [...(load.seen.stock[0]?.values() ?? [])].reduce((sum, seen) => sum + seen.length, 0)
    // Whoever has seen nothing yet has no cursor to go on from.
    const begun = () => load.seen.stock.every(seen => load.skus.every(sku => seen.has(sku)))
    await expect.poll(begun, { timeout: 60_000 }).toBe(true)
    do
      for (const [what, act] of long ? shuffled(faults) : faults) {
        await act()
        took[what] = Math.max(took[what] ?? 0, await recovered())
        if (long) console.log(`${what}: back after ${took[what]} ms at the longest; ${watched()} events watched`)
      }
    while (watched() < EVENTS)
    await settled()
    const hung = load.seen.took.filter(ms => ms > 4 * LONGEST_TRY_MS)
    expect(hung).toEqual([])
    for (const [what, ms] of Object.entries(took)) expect(ms, what).toBeLessThan(RECOVERY_MS)
    const codes = Object.entries(Object.groupBy(load.seen.failures, each => each)).map(
      ([each, all]) => `${each} × ${all?.length}`,
    )
    expect(load.seen.failures.filter(each => /UNKNOWN|INTERNAL|watcher|the load/.test(each))).toEqual([])
    console.log(
      `${deliveries()} deliveries, ${load.seen.placed.length} orders; back after ${Object.entries(took)
        .map(([what, ms]) => `${what} ${(ms / 1_000).toFixed(1)} s`)
        .join(', ')}; gave up: ${codes.join(', ') || 'nothing'}`,
    )
  })

  it('a view is made anew by command under load, read from then on, and gone back to', async () => {
    load.resume()
    const rebuild = (...flags: readonly string[]) =>
      run(process.execPath, [REBUILD, 'order', 'orders', '--env-file', join(stack.settings, 'order-1.env'), ...flags])
    const { stdout } = await rebuild()
    expect(stdout).toMatch(/orders is read from orders@1#\w+ now/)
    await recovered()
    expect((await rebuild('--rollback')).stdout).toContain('orders is read from orders@1 again')
    await recovered()
    await load.pause()
  })

  it('whatever process is told to stop under load, no mutation fails, and it is gone within 25 s', {
    timeout: 600_000,
  }, async () => {
    const all = [...stack.contexts, ...stack.gateways].map(({ name }) => name)
    load.resume()
    const before = load.seen.failures.length
    for (const name of all.filter(each => long || ['order-2', 'gateway-2'].includes(each))) {
      const told = performance.now()
      await named(name).stop()
      expect(performance.now() - told, name).toBeLessThan(25_000)
      await recovered()
      await named(name).restart()
    }
    expect(load.seen.failures.slice(before)).toEqual([])
    await settled()
  })
})
