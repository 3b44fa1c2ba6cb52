import { viewStoreContract } from '@mercato/shared-kernel/testing'
import { expect, it } from 'vitest'
import { createMemoryViewStore } from './memory.ts'

viewStoreContract('memory', async () => createMemoryViewStore())

it('lists a page out of 100,000 documents in under a millisecond', async () => {
  await using store = createMemoryViewStore()
  const size = 100_000
  const sortKey = (index: number): string => String((index * 7_919) % size).padStart(6, '0')
  for (let index = 0; index < size; index += 1) {
    const writes = [{ key: `k${index}`, doc: { index }, indexes: { all: [sortKey(index)] }, basedOn: 0 }]
    await store.apply({ view: 'v@1', streamId: `s-${index}`, revision: 0, writes })
  }
  expect(await store.count('v@1', 'all')).toBe(size)
  const times: number[] = []
  let after: string | undefined
  for (let page = 0; page < 400; page += 1) {
    const started = performance.now()
    const range = { index: 'all', limit: 50, descending: page % 2 === 0, fromEnd: page % 3 === 0 }
    const { items } = await store.list('v@1', { ...range, ...(after === undefined ? {} : { after }) })
    times.push(performance.now() - started)
    after = items.at(-1)?.cursor
  }
  const median = times.toSorted((a, b) => a - b)[times.length / 2] ?? Number.NaN
  expect(median).toBeLessThan(1)
})
