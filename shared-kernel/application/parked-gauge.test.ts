import { expect, it } from 'vitest'
import { createParkedGauge } from './parked-gauge.ts'

it('parked messages are told by group, and that a group has none any more', async () => {
  let counts = new Map<string, number>()
  const told: [string, number, unknown][] = []
  const ignored = () => undefined
  const tell = createParkedGauge(
    { counts: async () => counts },
    { count: ignored, observe: ignored, gauge: (...given) => void told.push([given[0], given[1], given[2]]) },
  )
  await tell()
  counts = new Map([['saga', 2]])
  await tell()
  counts = new Map()
  await tell()
  expect(told).toEqual([
    ['mercato_parked_messages', 2, { group: 'saga' }],
    ['mercato_parked_messages', 0, { group: 'saga' }],
  ])
})
