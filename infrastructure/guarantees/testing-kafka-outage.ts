import { noMetrics } from '@mercato/adapters/testing/quiet'
import { contentsOf, domainTopic, NO_STREAM, type RecordedEvent } from '@mercato/shared-kernel/application'
import { describe, expect, it } from 'vitest'
import { type BrokenServices, foldOfLog, LONG, PATIENCE, pause, start } from './testing-broken-services.ts'
import { itemStream, movesOf } from './testing-moves.ts'

const DOWN_MS = LONG ? 60_000 : 4_000
const COMMANDS_PER_SECOND = 100

export const whenKafkaIsDown = (services: BrokenServices): void => {
  describe('when Kafka is down', () => {
    it(`for ${DOWN_MS / 1_000} s at ${COMMANDS_PER_SECOND} commands a second, commands go on, the lag shows, and the backlog drains in order`, {
      timeout: 300_000,
    }, async () => {
      let lag = 0
      let highest = 0
      const gauge = (name: string, value: number) => {
        if (name !== 'mercato_relay_lag_seconds') return
        lag = value
        highest = Math.max(highest, value)
      }
      await using context = await services.open({
        metrics: { ...noMetrics, gauge },
        bus: { publishTimeoutMs: 1_000 },
      })
      await start(context)
      const seen = new Map<string, number[]>()
      await context.bus.subscribe({
        ...{ topic: domainTopic(services.context()), group: 'order-of-arrival', from: 'earliest' },
        handler: async ({ value }) => {
          const { streamId, revision } = value as RecordedEvent
          const revisions = seen.get(streamId) ?? []
          if (!revisions.includes(revision)) revisions.push(revision)
          seen.set(streamId, revisions)
        },
      })
      const streams = Array.from({ length: 40 }, (_, n) => itemStream(`down-${n}`))
      const heads = new Map<string, number>(streams.map(stream => [stream, NO_STREAM]))
      const slow: number[] = []
      let commands = 0
      const command = async (n: number): Promise<void> => {
        const stream = streams[n % streams.length] ?? ''
        const at = heads.get(stream) ?? NO_STREAM
        heads.set(stream, at + 1)
        const started = performance.now()
        await context.store.append(stream, at, movesOf(stream, at + 1, 1, new Date().toISOString()))
        slow.push(performance.now() - started)
        commands++
      }
      /** A worker for each stream's next command, at the pace of all together. */
      const until = performance.now() + 1_000 + DOWN_MS
      const load = Promise.all(
        streams.map(async (_, place) => {
          for (let n = place; performance.now() < until; n += streams.length) {
            await command(n)
            await pause((streams.length * 1_000) / COMMANDS_PER_SECOND)
          }
        }),
      )
      await pause(500)
      const before = commands
      await services.kafka().kill()
      const downAt = performance.now()
      await pause(DOWN_MS)
      const during = commands - before
      await services.kafka().restart()
      const down = performance.now() - downAt
      await load
      const expected = [...heads.values()].reduce((sum, head) => sum + head + 1, 0)
      const arrived = () => [...seen.values()].reduce((sum, all) => sum + all.length, 0)
      await expect.poll(arrived, PATIENCE).toBe(expected)
      for (const [stream, revisions] of seen) expect(revisions, stream).toEqual(revisions.map((_, index) => index))
      expect(during).toBeGreaterThan((DOWN_MS / 1_000) * COMMANDS_PER_SECOND * 0.5)
      expect(Math.max(...slow)).toBeLessThan(10_000)
      expect(highest).toBeGreaterThan(DOWN_MS / 1_000 / 2)
      await expect.poll(() => lag, PATIENCE).toBe(0)
      await expect
        .poll(async () => (await contentsOf(context.views, 'items@1')).hash, PATIENCE)
        .toBe((await foldOfLog(context)).hash)
      console.log(
        `Kafka away for ${(down / 1_000).toFixed(1)} s: ${during} commands meanwhile, highest lag ${highest.toFixed(1)} s`,
      )
    })
  })
}
