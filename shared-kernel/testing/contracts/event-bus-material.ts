import { vi } from 'vitest'
import type { BusMessage, DeliveredMessage, EventBus, SubscribeOptions } from '#application/ports/event-bus.ts'
import { LOG_START } from '#application/ports/event-store.ts'

/** A log in miniature, and the relay that publishes it, as far as a bus can tell. */
export interface SourceLog {
  /** Adds a message without publishing it. */
  readonly add: (key: string, value?: unknown) => BusMessage
  readonly messages: readonly BusMessage[]
  /** Publishes what this bus has not been given yet; asks a new bus where to start. */
  readonly relay: (bus: EventBus, topic: string) => Promise<void>
}

export const createSourceLog = (): SourceLog => {
  const messages: BusMessage[] = []
  let current: EventBus | undefined
  let published = LOG_START
  return {
    messages,
    add(key, value = { n: messages.length }) {
      const number = String(messages.length + 1).padStart(12, '0')
      const message = { key, id: `event-${number}`, value, headers: { number }, position: number }
      messages.push(message)
      return message
    },
    async relay(bus, topic) {
      if (current !== bus) published = (await bus.resumePosition(topic)) ?? published
      current = bus
      const batch = messages.filter(({ position }) => position > published)
      published = batch.at(-1)?.position ?? published
      await bus.publish(topic, batch)
    },
  }
}

/** Remembers what was delivered, and fails the test when a key's messages overlap. */
export interface Recorder {
  readonly handler: SubscribeOptions['handler']
  readonly seen: DeliveredMessage[]
  readonly ids: () => string[]
  readonly overlaps: () => number
}

export const createRecorder = (
  work: (message: DeliveredMessage) => Promise<void> | void = () => undefined,
): Recorder => {
  const seen: DeliveredMessage[] = []
  const busy = new Set<string>()
  let overlaps = 0
  return {
    seen,
    ids: () => seen.map(({ id }) => id),
    overlaps: () => overlaps,
    async handler(message) {
      if (busy.has(message.key)) overlaps++
      busy.add(message.key)
      try {
        seen.push(message)
        await work(message)
      } finally {
        busy.delete(message.key)
      }
    },
  }
}

/** Waits until something holds, generously: the machine may be busy. */
export const eventually = (check: () => void | Promise<void>): Promise<void> =>
  vi.waitFor(check, { timeout: 15_000, interval: 5 })

/** A promise and how to settle it. */
export const gateway = (): { readonly open: () => void; readonly passed: Promise<void> } => {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { open: resolve, passed: promise }
}
