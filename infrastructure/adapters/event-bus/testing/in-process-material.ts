import type { BusMessage, DeliveredMessage } from '@mercato/shared-kernel/application'
import { vi } from 'vitest'
import { createMemoryCheckpoints } from '../../checkpoints/memory.ts'
import { createInProcessBus, type InProcessBusOptions } from '../in-process.ts'

export const TOPIC = 'test.domain-events'
export const position = (n: number): string => String(n).padStart(6, '0')
export const message = (n: number, key = `key-${n}`): BusMessage => ({
  key,
  id: `event-${n}`,
  value: n,
  headers: {},
  position: position(n),
})
export const messages = (from: number, to: number): BusMessage[] =>
  Array.from({ length: to - from + 1 }, (_, index) => message(from + index))

export const openBus = (options: Partial<InProcessBusOptions> = {}) => {
  const checkpoints = options.checkpoints ?? createMemoryCheckpoints()
  const logger = { warn: vi.fn(), error: vi.fn() }
  const bus = createInProcessBus({ logger, backoff: { firstMs: 1, longestMs: 5 }, ...options, checkpoints })
  return { bus, checkpoints, logger }
}

/** A handler that waits until it is let go, and what it was given. */
export const heldHandler = () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const seen: number[] = []
  const handler = async ({ value }: DeliveredMessage): Promise<void> => {
    seen.push(Number(value))
    await promise
  }
  return { handler, release: resolve, seen }
}
