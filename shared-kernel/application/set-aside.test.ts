import { createMemoryParkedMessages } from '@mercato/adapters/parked-messages/memory'
import { beforeEach, describe, expect, it } from 'vitest'
import type { RecordedEvent } from './event-envelope.ts'
import { Fault } from './faults.ts'
import { createSetAsides, type SetAsides } from './set-aside.ts'

const event = { id: 'e', streamId: 's' } as RecordedEvent
const fail = (error: Error) => () => Promise.reject(error)
const poison = new TypeError('cannot fold')
const away = new Fault('SERVICE_UNAVAILABLE', 'away')
let asides: SetAsides
beforeEach(() => {
  const parked = createMemoryParkedMessages()
  asides = createSetAsides({
    parked,
    group: 'views',
    park: ({ id, streamId: key }, cause) =>
      parked.park({ id, key, topic: 't', group: 'views', message: {}, cause: String(cause), parkedAt: new Date(0) }),
  })
})
const leftAlone = async () => (await asides.lookUp())(event)

describe('an event that has two to try it', () => {
  it('is left alone by the sweep while it fails at the consumer', async () => {
    expect(await leftAlone()).toBe(false)
    await expect(asides.tried(event, fail(poison))).rejects.toBe(poison)
    expect(await leftAlone()).toBe(true)
    await asides.tried(event, async () => undefined)
    expect(await leftAlone()).toBe(false)
  })

  it('is not held to have failed when only something it needs was away', async () => {
    await expect(asides.tried(event, fail(away))).rejects.toBe(away)
    expect(await leftAlone()).toBe(false)
  })

  it('is left alone once the sweep gave it up; the consumer tries it once more, no matter how that ends, and waits out an outage', async () => {
    await asides.giveUp(event, poison)
    expect(await leftAlone()).toBe(true)
    await expect(asides.tried(event, fail(away))).rejects.toBe(away)
    await asides.tried(event, fail(poison))
    let run = 0
    await asides.tried(event, async () => void run++)
    expect(run).toBe(1)
  })
})
