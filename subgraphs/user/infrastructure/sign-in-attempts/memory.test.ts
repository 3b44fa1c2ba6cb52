import { expect, it } from 'vitest'
import { createMemorySignInAttempts } from './memory.ts'
import { signInAttemptsContract } from './testing-contract.ts'

signInAttemptsContract('memory', async () => createMemorySignInAttempts())

it('holds a bounded number of keys: the ones tried longest ago go first', async () => {
  await using attempts = createMemorySignInAttempts(2)
  const now = new Date('2026-01-01T00:00:00Z')
  for (const key of ['a', 'b']) for (let n = 0; n < 5; n++) await attempts.begin(key, now)
  await attempts.begin('c', now)
  expect((await attempts.begin('b', now)).waitMs).toBe(1_000)
  expect((await attempts.begin('a', now)).waitMs).toBe(0)
})
