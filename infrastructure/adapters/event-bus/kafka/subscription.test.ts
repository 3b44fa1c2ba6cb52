import { Closed } from '@mercato/shared-kernel/application'
import { describe, expect, it, vi } from 'vitest'
import { createRecordingLogger } from '../../testing/quiet.ts'
import type { Consumer, ConsumerOptions } from './consumer.ts'
import { type SubscriptionOptions, startSubscription } from './subscription.ts'

/** A consumer whose life the test tells. */
const scriptedConsumer = (options: ConsumerOptions) => {
  const joined = Promise.withResolvers<void>()
  const ended = Promise.withResolvers<Error>()
  joined.promise.catch(() => undefined)
  const close = vi.fn(async () => undefined)
  const consumer: Consumer = { joined: joined.promise, ended: ended.promise, close }
  const end = (reason: Error) => {
    joined.reject(reason)
    ended.resolve(reason)
  }
  return { consumer, options, join: joined.resolve, end, close }
}

const start = (over: Partial<SubscriptionOptions> = {}) => {
  const opened: ReturnType<typeof scriptedConsumer>[] = []
  const logger = createRecordingLogger()
  const subscription = startSubscription({
    connection: { brokers: [], clientId: 'test', logger },
    groupId: 'group@topic',
    subscription: { topic: 'topic', group: 'group', from: 'latest', handler: async () => undefined },
    prepare: async () => undefined,
    startAtEnd: async () => undefined,
    sessionTimeoutMs: 10_000,
    joinTimeoutMs: 10_000,
    liveBacklog: 10,
    backoff: { firstMs: 1, longestMs: 1 },
    logger,
    open(options) {
      const scripted = scriptedConsumer(options)
      opened.push(scripted)
      return scripted.consumer
    },
    ...over,
  })
  subscription.ready.catch(() => undefined)
  const nth = (n: number) =>
    vi.waitFor(() => {
      const consumer = opened[n]
      if (!consumer) throw new Error(`no consumer ${n} yet`)
      return consumer
    })
  return { subscription, opened, nth, logger }
}

describe('a subscription', () => {
  it('replaces a consumer that stopped by a new one, after closing it, and never starts one again', async () => {
    const { subscription, nth, opened } = start()
    const first = await nth(0)
    first.join()
    await subscription.ready
    first.end(new Error('silent'))
    const second = await nth(1)
    expect(first.close).toHaveBeenCalled()
    expect(second.consumer).not.toBe(first.consumer)
    second.join()
    second.end(new Error('crashed'))
    await nth(2)
    await subscription.leave()
    expect(opened).toHaveLength(3)
  })

  it('gives its group a place at the end only until it has one', async () => {
    const { subscription, nth } = start()
    const first = await nth(0)
    first.end(new Error('could not join'))
    const second = await nth(1)
    second.join()
    await subscription.ready
    second.end(new Error('crashed'))
    const third = await nth(2)
    expect([first, second, third].map(({ options }) => options.place !== undefined)).toEqual([true, true, false])
    await subscription.leave()
  })

  it('is ready only when a consumer has joined, and goes on trying until then', async () => {
    let refusals = 2
    const prepare = async () => {
      if (refusals-- > 0) throw new Error('no broker')
    }
    const { subscription, nth, logger } = start({ prepare })
    const first = await nth(0)
    expect(logger.lines.filter(({ level }) => level === 'warn')).toHaveLength(2)
    first.join()
    await subscription.ready
    await subscription.leave()
  })

  it('gives up with a fault when joining takes too long, and leaves nothing running', async () => {
    const { subscription, nth, opened } = start({ joinTimeoutMs: 20 })
    const first = await nth(0)
    await expect(subscription.ready).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
    expect(first.close).toHaveBeenCalled()
    await subscription.leave()
    expect(opened).toHaveLength(1)
  })

  it('ends with Closed when it is left before it was ready', async () => {
    const { subscription, nth } = start()
    const first = await nth(0)
    const left = subscription.leave()
    expect(first.close).toHaveBeenCalled()
    await left
    await expect(subscription.ready).rejects.toBeInstanceOf(Closed)
  })
})
