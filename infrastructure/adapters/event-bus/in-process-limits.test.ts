import { Closed, type DeliveredMessage, Fault } from '@mercato/shared-kernel/application'
import { describe, expect, it, vi } from 'vitest'
import { heldHandler, messages, openBus, position, TOPIC } from './testing/in-process-material.ts'

const isSettled = async (promise: Promise<unknown>): Promise<boolean> => {
  let settled = false
  const settle = () => {
    settled = true
  }
  promise.then(settle, settle)
  await new Promise(resolve => setTimeout(resolve, 0))
  return settled
}

describe('a slow group', () => {
  it('holds the publisher back when it is too far behind, until it has caught up', async () => {
    const { bus } = openBus({ backlog: 10 })
    await using _bus = bus
    const { handler, release, seen } = heldHandler()
    await bus.subscribe({ topic: TOPIC, group: 'slow', from: 'earliest', handler })
    expect(await isSettled(bus.publish(TOPIC, messages(1, 10)))).toBe(true)
    const held = bus.publish(TOPIC, messages(11, 20))
    expect(await isSettled(held)).toBe(false)
    expect(await isSettled(bus.publish('another topic', messages(1, 20)))).toBe(true)
    release()
    await held
    await vi.waitFor(() => expect(seen).toHaveLength(20))
  })

  it('no longer holds it back when its last consumer leaves', async () => {
    const { bus } = openBus({ backlog: 10 })
    await using _bus = bus
    const { handler, release } = heldHandler()
    const subscription = await bus.subscribe({ topic: TOPIC, group: 'slow', from: 'earliest', handler })
    const held = bus.publish(TOPIC, messages(1, 20))
    expect(await isSettled(held)).toBe(false)
    release()
    await subscription[Symbol.asyncDispose]()
    await held
  })

  it('does not hold up dispose: the publisher is told that the bus is closed', async () => {
    const { bus } = openBus({ backlog: 1 })
    const { handler, release } = heldHandler()
    await bus.subscribe({ topic: TOPIC, group: 'slow', from: 'earliest', handler })
    const held = bus.publish(TOPIC, messages(1, 20))
    expect(await isSettled(held)).toBe(false)
    const disposed = bus[Symbol.asyncDispose]()
    await expect(held).rejects.toBeInstanceOf(Closed)
    release()
    await disposed
  })
})

describe('a live group', () => {
  it('never holds the publisher back: it is let go, told so once, and may come again', async () => {
    const { bus, logger } = openBus({ liveBacklog: 10 })
    await using _bus = bus
    const { handler, release, seen } = heldHandler()
    const onLost = vi.fn()
    const subscription = await bus.subscribe({ topic: TOPIC, group: 'live', from: 'live', handler, onLost })
    expect(await isSettled(bus.publish(TOPIC, messages(1, 10)))).toBe(true)
    expect(onLost).not.toHaveBeenCalled()
    expect(await isSettled(bus.publish(TOPIC, messages(11, 11)))).toBe(true)
    expect(onLost).toHaveBeenCalledExactlyOnceWith(expect.any(Fault))
    expect(logger.warn).toHaveBeenCalled()
    await bus.publish(TOPIC, messages(12, 40))
    release()
    await subscription[Symbol.asyncDispose]()
    expect(seen.length).toBeLessThanOrEqual(4)

    const again = vi.fn(async () => undefined)
    await bus.subscribe({ topic: TOPIC, group: 'live', from: 'live', handler: again })
    await bus.publish(TOPIC, messages(41, 42))
    await vi.waitFor(() => expect(again).toHaveBeenCalledTimes(2))
  })

  it('skips what the relay publishes again after a restart, when it knows the end of the log', async () => {
    const { bus } = openBus({ endOf: async () => position(5) })
    await using _bus = bus
    const seen: unknown[] = []
    const handler = async ({ value }: DeliveredMessage): Promise<void> => void seen.push(value)
    await bus.subscribe({ topic: TOPIC, group: 'live', from: 'live', handler })
    await bus.publish(TOPIC, messages(1, 7))
    await vi.waitFor(() => expect(seen.sort()).toEqual([6, 7]))
  })
})

describe('dispose', () => {
  it.each(['just before it', 'during it'])('does not wait for a back-off when it comes %s', async moment => {
    const { bus, checkpoints, logger } = openBus({ backoff: { firstMs: 600_000, longestMs: 600_000 } })
    const handler = vi.fn(() => Promise.reject(new Error('not now')))
    await bus.subscribe({ topic: TOPIC, group: 'group', from: 'earliest', handler })
    await bus.publish(TOPIC, messages(1, 1))
    await vi.waitFor(() => expect(handler).toHaveBeenCalledTimes(1))
    if (moment === 'during it') await vi.waitFor(() => expect(logger.warn).toHaveBeenCalled())
    await bus[Symbol.asyncDispose]()
    expect(handler).toHaveBeenCalledTimes(1)
    expect(await checkpoints.load(`bus/${TOPIC}/group`)).toContain('""')
  })
})
