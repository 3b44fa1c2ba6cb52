import { type Checkpoints, startTimerRunner } from '@mercato/shared-kernel/application'
import { expect, it } from 'vitest'
import { createMemoryCheckpoints } from '../checkpoints/memory.ts'
import { createFakeClock } from '../testing/fake-clock.ts'
import { createRecordingLogger } from '../testing/quiet.ts'
import { createMemoryTimers } from './memory.ts'

const TIMERS = 12

/** Two processes of a context with the same timers, all due. */
const openTwo = async () => {
  const clock = createFakeClock()
  const [timers, shared, logger] = [createMemoryTimers(), createMemoryCheckpoints({ clock }), createRecordingLogger()]
  for (let n = 0; n < TIMERS; n++)
    await timers.schedule({ id: `timer-${n}`, kind: 'deadline', dueAt: clock.now(), payload: {} })
  const firedBy: string[] = []
  const attempts = new Map<string, number>()
  const start = (holder: string, work: () => Promise<void> = async () => undefined) => {
    const checkpoints: Checkpoints = {
      ...shared,
      acquire(name, who, ttlMs) {
        attempts.set(who, (attempts.get(who) ?? 0) + 1)
        return shared.acquire(name, who, ttlMs)
      },
    }
    const deadline = async (): Promise<void> => {
      firedBy.push(holder)
      await work()
    }
    return startTimerRunner({
      ...{ context: 'test', holder, handlers: { deadline }, timers, checkpoints, clock, logger },
      everyMs: 1,
    })
  }
  /** Resolves when a process has tried to become the active one once more. */
  const attempt = async (holder: string): Promise<void> => {
    const before = attempts.get(holder) ?? 0
    await expect.poll(() => attempts.get(holder) ?? 0, { interval: 1 }).toBeGreaterThan(before)
  }
  return { clock, start, attempt, firedBy, left: async () => (await timers.due('deadline', clock.now(), 50)).length }
}

it('one process fires all timers of a pass that takes much longer than its lease', async () => {
  const { clock, start, attempt, firedBy, left } = await openTwo()
  await using _one = start('one', async () => {
    clock.advance(2_000)
    await attempt('two')
  })
  await expect.poll(() => firedBy.length).toBe(1)
  await using _two = start('two')
  await expect.poll(left).toBe(0)
  expect(firedBy).toEqual(Array.from({ length: TIMERS }, () => 'one'))
})

it('a process that stops gives the timers up at once, after the one it is at', async () => {
  const { start, attempt, firedBy, left } = await openTwo()
  await using two = new AsyncDisposableStack()
  let stopped: PromiseLike<void> | undefined
  const one = start('one', async () => {
    stopped ??= one[Symbol.asyncDispose]()
    two.use(start('two'))
    await attempt('two')
  })
  await expect.poll(left).toBe(0)
  await stopped
  expect(firedBy).toEqual(['one', ...Array.from({ length: TIMERS - 1 }, () => 'two')])
})
