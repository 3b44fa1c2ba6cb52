import { createMemoryCheckpoints } from '@mercato/adapters/checkpoints/memory'
import { createUuidIds } from '@mercato/adapters/ids/uuid'
import { expect, it } from 'vitest'
import { logIdOf } from './log-id.ts'

const ids = createUuidIds()

it('is the same for an instance that looked before another chose, and came after', async () => {
  const shared = createMemoryCheckpoints()
  let first: string | undefined
  const slow = {
    ...shared,
    async load(name: string) {
      const found = await shared.load(name)
      first ??= await logIdOf(shared, ids)
      return found
    },
  }
  expect(await logIdOf(slow, ids)).toBe(first)
  expect(await logIdOf(shared, ids)).toBe(first)
})

it('is chosen by another when whoever was about to is gone', async () => {
  let now = 0
  const shared = createMemoryCheckpoints({ clock: { now: () => new Date(now) } })
  await shared.acquire('log-id', 'gone', 5_000)
  const waiting = {
    ...shared,
    acquire(...given: Parameters<typeof shared.acquire>) {
      now += 1_000
      return shared.acquire(...given)
    },
  }
  expect(await logIdOf(waiting, ids)).toBe(await shared.load('log-id'))
})
