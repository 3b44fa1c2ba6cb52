import { type DeliveredMessage, Fault, LOG_START } from '@mercato/shared-kernel/application'
import { describe, expect, it, vi } from 'vitest'
import { createMemoryCheckpoints } from '../checkpoints/memory.ts'
import { heldHandler, message, messages, openBus, position, TOPIC } from './testing/in-process-material.ts'

describe('offsets', () => {
  it('are saved while messages are handled, and do not pass one that is not', async () => {
    const { bus, checkpoints } = openBus({ partitions: 1, commit: { everyMs: 1, everyMessages: 100 } })
    const { promise, resolve } = Promise.withResolvers<void>()
    const handler = ({ value }: DeliveredMessage): Promise<void> => (value === 4 ? promise : Promise.resolve())
    await bus.subscribe({ topic: TOPIC, group: 'group', from: 'earliest', handler })
    await bus.publish(TOPIC, messages(1, 6))
    const saved = () => checkpoints.load(`bus/${TOPIC}/group`)
    await vi.waitFor(async () => expect(await saved()).toBe(JSON.stringify([position(3)])))
    resolve()
    await vi.waitFor(async () => expect(await saved()).toBe(JSON.stringify([position(6)])))
    await bus[Symbol.asyncDispose]()
  })

  it('are saved after so many messages, without waiting for the time', async () => {
    const { bus, checkpoints } = openBus({ partitions: 1, commit: { everyMs: 600_000, everyMessages: 5 } })
    await using _bus = bus
    await bus.subscribe({ topic: TOPIC, group: 'group', from: 'earliest', handler: async () => undefined })
    await bus.publish(TOPIC, messages(1, 7))
    await vi.waitFor(async () => expect(await checkpoints.load(`bus/${TOPIC}/group`)).toBeDefined())
  })

  it('of a partition without traffic follow the others: a restart does not begin at its last message', async () => {
    const { bus, checkpoints } = openBus()
    const handler = vi.fn(async () => undefined)
    await bus.subscribe({ topic: TOPIC, group: 'group', from: 'earliest', handler })
    await bus.publish(
      TOPIC,
      Array.from({ length: 50 }, (_, n) => message(n + 1, 'one key')),
    )
    await vi.waitFor(() => expect(handler).toHaveBeenCalledTimes(50))
    await bus[Symbol.asyncDispose]()
    const { bus: next } = openBus({ checkpoints })
    await using _next = next
    await next.subscribe({ topic: TOPIC, group: 'group', from: 'earliest', handler })
    expect(await next.resumePosition(TOPIC)).toBe(position(50))
  })

  it('move on with the log where no message comes of it, but not past one that is waiting', async () => {
    const { bus, checkpoints } = openBus({ partitions: 1, commit: { everyMs: 1, everyMessages: 100 } })
    const { handler, release, seen } = heldHandler()
    const saved = () => checkpoints.load(`bus/${TOPIC}/group`)
    await bus.subscribe({ topic: TOPIC, group: 'group', from: 'earliest', handler })
    await bus.publish(TOPIC, [], position(7))
    await vi.waitFor(async () => expect(await saved()).toBe(JSON.stringify([position(7)])))
    await bus.publish(TOPIC, messages(8, 8), position(9))
    await vi.waitFor(() => expect(seen).toEqual([8]))
    await bus.publish(TOPIC, [], position(20))
    expect(await saved()).toBe(JSON.stringify([position(7)]))
    release()
    await vi.waitFor(async () => expect(await saved()).toBe(JSON.stringify([position(20)])))
    await bus[Symbol.asyncDispose]()
  })

  it('that cannot be saved are reported, tried again, and do not stop delivery', async () => {
    const durable = createMemoryCheckpoints()
    let failures = 2
    const save: typeof durable.save = (...saving) =>
      failures-- > 0 ? Promise.reject(new Error('the database is away')) : durable.save(...saving)
    const { bus, logger } = openBus({
      checkpoints: { ...durable, save },
      partitions: 1,
      commit: { everyMs: 1, everyMessages: 100 },
    })
    await using _bus = bus
    const handler = vi.fn(async () => undefined)
    await bus.subscribe({ topic: TOPIC, group: 'group', from: 'earliest', handler })
    await bus.publish(TOPIC, messages(1, 3))
    await vi.waitFor(async () => expect(await durable.load(`bus/${TOPIC}/group`)).toBe(JSON.stringify([position(3)])))
    expect(logger.warn).toHaveBeenCalledTimes(2)
    expect(handler).toHaveBeenCalledTimes(3)
  })

  it('taken with another number of partitions lose nothing', async () => {
    const { bus, checkpoints } = openBus({ partitions: 4 })
    const stuck = new Set<unknown>()
    await bus.subscribe({
      topic: TOPIC,
      group: 'group',
      from: 'earliest',
      attempts: 1_000,
      handler: async ({ partition, value }) => {
        if (partition === 0) {
          stuck.add(value)
          throw new Error('stuck')
        }
      },
    })
    await bus.publish(TOPIC, messages(1, 40))
    await vi.waitFor(() => expect(stuck.size).toBe(1))
    const [first] = [...stuck]
    await bus[Symbol.asyncDispose]()
    const { bus: next } = openBus({ checkpoints, partitions: 3 })
    await using _next = next
    const seen = new Set<unknown>()
    await next.subscribe({
      topic: TOPIC,
      group: 'group',
      from: 'earliest',
      handler: async ({ value }) => void seen.add(value),
    })
    const resume = (await next.resumePosition(TOPIC)) ?? expect.fail()
    expect(resume < position(Number(first))).toBe(true)
    await next.publish(
      TOPIC,
      messages(1, 40).filter(each => each.position > resume),
    )
    await vi.waitFor(() => expect(seen.size).toBeGreaterThan(0))
    for (let n = Number(first); n <= 40; n++) await vi.waitFor(() => expect(seen).toContain(n))
  })

  it('that are no offsets refuse the group instead of starting it anywhere', async () => {
    const checkpoints = createMemoryCheckpoints()
    await checkpoints.save(`bus/${TOPIC}/group`, '{"0":1}')
    const { bus } = openBus({ checkpoints })
    await using _bus = bus
    const subscribe = () =>
      bus.subscribe({ topic: TOPIC, group: 'group', from: 'earliest', handler: async () => undefined })
    await expect(subscribe()).rejects.toThrow(`bus/${TOPIC}/group`)
    await checkpoints.save(`bus/${TOPIC}/group`, JSON.stringify([position(1)]))
    await subscribe()
  })
})

describe('resumePosition', () => {
  const handler = async () => undefined

  it('is that of the oldest group, the start of the log for one that has handled nothing', async () => {
    const checkpoints = createMemoryCheckpoints()
    await checkpoints.save(`bus/${TOPIC}/ahead`, JSON.stringify(Array(4).fill(position(9))))
    await checkpoints.save(`bus/${TOPIC}/behind`, JSON.stringify([position(7), position(3), position(8), position(9)]))
    await checkpoints.save(`bus/${TOPIC}/forgotten`, JSON.stringify(Array(4).fill(position(1))))
    const { bus } = openBus({ checkpoints })
    await using _bus = bus
    await bus.subscribe({ topic: TOPIC, group: 'ahead', from: 'earliest', handler })
    await bus.subscribe({ topic: TOPIC, group: 'live', from: 'live', handler })
    expect(await bus.resumePosition(TOPIC)).toBe(position(9))
    const { bus: other } = openBus({ checkpoints })
    await using _other = other
    const joining = [
      other.subscribe({ topic: TOPIC, group: 'ahead', from: 'earliest', handler }),
      other.subscribe({ topic: TOPIC, group: 'behind', from: 'earliest', handler }),
    ]
    expect(await other.resumePosition(TOPIC)).toBe(position(3))
    await Promise.all(joining)
    const { bus: third } = openBus({ checkpoints })
    await using _third = third
    await third.subscribe({ topic: TOPIC, group: 'ahead', from: 'earliest', handler })
    await third.subscribe({ topic: TOPIC, group: 'new', from: 'earliest', handler })
    expect(await third.resumePosition(TOPIC)).toBe(LOG_START)
  })

  it("is the relay's own affair without a group that keeps offsets", async () => {
    const { bus } = openBus()
    await using _bus = bus
    await bus.subscribe({ topic: TOPIC, group: 'live', from: 'live', handler })
    expect(await bus.resumePosition(TOPIC)).toBeUndefined()
  })
})

describe('a group that comes after the relay has started', () => {
  const consumer = (seen: unknown[], group = 'late') => ({
    topic: TOPIC,
    group,
    from: 'earliest' as const,
    handler: async ({ value }: DeliveredMessage) => void seen.push(value),
  })

  it('is refused when nobody can publish again what it missed', async () => {
    const { bus } = openBus()
    await using _bus = bus
    await bus.subscribe(consumer([], 'early'))
    await bus.publish(TOPIC, messages(1, 3))
    await expect(bus.subscribe(consumer([]))).rejects.toMatchObject({ code: 'INTERNAL_SERVER_ERROR' })
    await expect(bus.subscribe(consumer([]))).rejects.toBeInstanceOf(Fault)
    // It leaves no trace: the relay must not start over for it either.
    expect(await bus.resumePosition(TOPIC)).toBe(position(3))
    const { bus: other } = openBus()
    await using _other = other
    await other.resumePosition(TOPIC)
    await expect(other.subscribe(consumer([]))).rejects.toBeInstanceOf(Fault)
    await other.subscribe({ ...consumer([]), from: 'latest' })
  })

  it('gets everything in order when the relay starts over, and the others nothing twice', async () => {
    const { bus } = openBus({ partitions: 1 })
    await using _bus = bus
    const log = messages(1, 3)
    let published = LOG_START
    const relay = async (): Promise<void> => {
      const batch = log.filter(each => each.position > published)
      published = batch.at(-1)?.position ?? published
      await bus.publish(TOPIC, batch)
    }
    let working = Promise.resolve()
    bus.onRewind(topic => {
      working = working.then(async () => {
        published = (await bus.resumePosition(topic)) ?? expect.fail()
        await relay()
      })
    })
    const [early, late]: [unknown[], unknown[]] = [[], []]
    await bus.subscribe(consumer(early, 'early'))
    await relay()
    await bus.subscribe(consumer(late))
    // Published before the relay has heard of it: the late group must not take it before the others.
    log.push(message(4))
    const next = relay()
    expect(late).toEqual([])
    await next
    await vi.waitFor(() => expect(late).toEqual([1, 2, 3, 4]))
    await vi.waitFor(() => expect(early).toEqual([1, 2, 3, 4]))
    await working
  })

  it('as all consumers of an old group gone too long do: what they missed is published again', async () => {
    const { bus } = openBus({ partitions: 1, backlog: 5 })
    await using _bus = bus
    const log = messages(1, 20)
    const rewound = vi.fn()
    bus.onRewind(rewound)
    const seen: unknown[] = []
    const left = await bus.subscribe(consumer(seen, 'group'))
    await bus.publish(TOPIC, log.slice(0, 2))
    await vi.waitFor(() => expect(seen).toEqual([1, 2]))
    await left[Symbol.asyncDispose]()
    await bus.publish(TOPIC, log.slice(2))
    await bus.subscribe(consumer(seen, 'group'))
    expect(rewound).toHaveBeenCalledExactlyOnceWith(TOPIC)
    expect(await bus.resumePosition(TOPIC)).toBe(position(2))
    await bus.publish(TOPIC, log.slice(2))
    await vi.waitFor(() => expect(seen).toEqual(log.map(each => each.value)))
  })
})

describe('messages', () => {
  it('of one event are all delivered, and the offset waits for the last of them', async () => {
    const { bus, checkpoints } = openBus({ partitions: 1 })
    const seen: string[] = []
    await bus.subscribe({
      topic: TOPIC,
      group: 'group',
      from: 'earliest',
      attempts: 1_000,
      handler: async ({ id }) => {
        if (id === 'second') throw new Error('not now')
        seen.push(id)
      },
    })
    const twins = ['first', 'second'].map(id => ({ ...message(1), id }))
    await bus.publish(TOPIC, twins)
    await vi.waitFor(() => expect(seen).toEqual(['first']))
    await bus[Symbol.asyncDispose]()
    const { bus: next } = openBus({ checkpoints, partitions: 1 })
    await using _next = next
    await next.subscribe({
      topic: TOPIC,
      group: 'group',
      from: 'earliest',
      handler: async ({ id }) => void seen.push(id),
    })
    expect(await next.resumePosition(TOPIC)).toBe(LOG_START)
    await next.publish(TOPIC, twins)
    await vi.waitFor(() => expect(seen).toEqual(['first', 'first', 'second']))
  })

  it('published again while the group still has them are not delivered twice', async () => {
    const { bus } = openBus({ partitions: 1 })
    await using _bus = bus
    const { handler, release, seen } = heldHandler()
    await bus.subscribe({ topic: TOPIC, group: 'group', from: 'earliest', handler })
    await bus.publish(TOPIC, messages(1, 3))
    await bus.publish(TOPIC, messages(1, 4))
    release()
    await vi.waitFor(() => expect(seen).toEqual([1, 2, 3, 4]))
  })

  it('that are from no log are delivered each time and leave offsets alone', async () => {
    const { bus, checkpoints } = openBus({ partitions: 1 })
    const seen: unknown[] = []
    await bus.subscribe({
      topic: TOPIC,
      group: 'group',
      from: 'earliest',
      handler: async ({ value }) => void seen.push(value),
    })
    await bus.publish(TOPIC, messages(1, 2))
    for (const value of ['a', 'a']) await bus.publish(TOPIC, [{ ...message(1), value, position: LOG_START }])
    await vi.waitFor(() => expect(seen).toEqual([1, 2, 'a', 'a']))
    await bus[Symbol.asyncDispose]()
    expect(await checkpoints.load(`bus/${TOPIC}/group`)).toBe(JSON.stringify([position(2)]))
  })
})
