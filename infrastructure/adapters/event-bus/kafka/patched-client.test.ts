import { createRequire } from 'node:module'
import { afterEach, describe, expect, it, vi } from 'vitest'

/** The part of kafkajs that patches/kafkajs@2.2.4.patch changes. */
interface RequestQueue {
  maybeThrottle(ms: number): void
  push(request: object): void
  fulfillRequest(response: { correlationId: number; payload: Buffer; size: number }): void
  checkPendingRequests(): void
  destroy(): void
}

const RequestQueue = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as new (
  options: object,
) => RequestQueue
const silent = { debug: () => undefined, warn: () => undefined }
const open = () => {
  const queue = new RequestQueue({
    maxInFlightRequests: 1,
    requestTimeout: 1_000,
    clientId: 'test',
    broker: 'b',
    logger: silent,
  })
  const sent: number[] = []
  const push = (correlationId: number) =>
    queue.push({
      entry: { correlationId, resolve: () => undefined, reject: () => undefined },
      expectResponse: true,
      sendRequest: () => sent.push(correlationId),
    })
  const answer = (correlationId: number) => queue.fulfillRequest({ correlationId, payload: Buffer.alloc(0), size: 0 })
  return { queue, sent, push, answer }
}

describe('the patched request queue of kafkajs', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  it('sets no timer while nothing is pending: an idle connection costs nothing', () => {
    vi.useFakeTimers()
    const { push, answer, queue } = open()
    push(1)
    answer(1)
    queue.checkPendingRequests()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('never asks for a negative time, which Node 24 warns of and turns into a loop', () => {
    vi.useFakeTimers()
    const { push, answer } = open()
    const setTimer = vi.spyOn(globalThis, 'setTimeout')
    for (let id = 1; id <= 5; id++) push(id)
    for (let id = 1; id <= 5; id++) answer(id)
    vi.advanceTimersByTime(100)
    expect(setTimer.mock.calls.length).toBeGreaterThan(0)
    for (const [, ms] of setTimer.mock.calls) expect(ms).toBeGreaterThan(0)
  })

  it('still sends what waits behind another request, and what a throttling broker held back', () => {
    vi.useFakeTimers()
    const { push, answer, queue, sent } = open()
    push(1)
    push(2)
    expect(sent).toEqual([1])
    answer(1)
    expect(sent).toEqual([1, 2])
    answer(2)
    queue.maybeThrottle(500)
    push(3)
    vi.advanceTimersByTime(400)
    expect(sent).toEqual([1, 2])
    vi.advanceTimersByTime(200)
    expect(sent).toEqual([1, 2, 3])
  })
})
