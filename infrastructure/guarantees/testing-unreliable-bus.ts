import { setTimeout as delay } from 'node:timers/promises'
import type {
  BusSubscription,
  ContextPorts,
  DeliveredMessage,
  EventBus,
  SubscribeOptions,
} from '@mercato/shared-kernel/application'
import { Dead } from './testing-mortal.ts'

export interface Weather {
  /** From 0 to 1, the next number of a sequence that depends on the seed only. */
  readonly random: () => number
  /** How often a message comes twice in a row. */
  readonly twice: number
  /** How often an old message of the partition comes again. */
  readonly again: number
  /** Milliseconds a message may be late: streams overtake each other. */
  readonly lateMs: number
}

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
export const randomFrom = (seed: number) => {
  let state = seed
  return (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A consumer group that outlives the processes of its context, as it would in a broker. */
interface Group {
  readonly topic: string
  readonly handled: Set<string>
  consumer: SubscribeOptions | undefined
  changed: PromiseWithResolvers<void>
}

/** The bus as its contract allows it to be at its worst: late, twice, again, and while consumers come and go. */
export interface UnreliableBus {
  wrap(context: string, ports: ContextPorts): ContextPorts
  /** Whether every group has handled everything that was published. */
  isIdle(): boolean
  /** How often something was delivered that had been delivered before. */
  readonly repeated: number
}

const REMEMBERED = 30

export const createUnreliableBus = ({ random, twice, again, lateMs }: Weather): UnreliableBus => {
  const groups = new Map<string, Group>()
  const published = new Map<string, Set<string>>()
  let repeated = 0

  const replace = (group: Group, consumer: SubscribeOptions | undefined): void => {
    group.consumer = consumer
    group.changed.resolve()
    group.changed = Promise.withResolvers()
  }

  /** Runs with whoever consumes; when he dies over it, with the one who comes after him. */
  const withConsumer = async (group: Group, run: (consumer: SubscribeOptions) => Promise<void> | undefined) => {
    for (;;) {
      const { consumer, changed } = group
      if (!consumer) {
        await changed.promise
        continue
      }
      try {
        return await run(consumer)
      } catch (error) {
        if (!(error instanceof Dead) && group.consumer === consumer) throw error
        if (group.consumer === consumer) await changed.promise
      }
    }
  }

  const createGroup = async (bus: EventBus, options: SubscribeOptions): Promise<Group> => {
    const group: Group = {
      topic: options.topic,
      handled: new Set(),
      consumer: undefined,
      changed: Promise.withResolvers(),
    }
    const past = new Map<number, DeliveredMessage[]>()
    const deliver = (message: DeliveredMessage) => withConsumer(group, consumer => consumer.handler(message))
    const handler = async (message: DeliveredMessage): Promise<void> => {
      const before = past.get(message.partition) ?? []
      past.set(message.partition, before)
      if (lateMs > 0) await delay(random() * lateMs)
      await deliver(message)
      if (random() < twice) {
        repeated++
        await deliver(message)
      }
      const old = before[Math.floor(random() * before.length)]
      if (old && random() < again) {
        repeated++
        await deliver(old)
      }
      before.push(message)
      if (before.length > REMEMBERED) before.shift()
      group.handled.add(message.id)
    }
    const onPoison = async (message: DeliveredMessage, cause: unknown): Promise<void> => {
      await withConsumer(group, consumer => consumer.onPoison?.(message, cause))
      group.handled.add(message.id)
    }
    await bus.subscribe({ ...options, handler, onPoison })
    return group
  }

  const subscribe = async (bus: EventBus, options: SubscribeOptions): Promise<BusSubscription> => {
    const name = `${options.topic}/${options.group}`
    const group = groups.get(name) ?? (await createGroup(bus, options))
    groups.set(name, group)
    replace(group, options)
    return {
      group: options.group,
      async [Symbol.asyncDispose]() {
        if (group.consumer === options) replace(group, undefined)
      },
    }
  }

  return {
    wrap(_, ports) {
      const { bus } = ports
      const publish: EventBus['publish'] = async (topic, messages, ...rest) => {
        const known = published.get(topic) ?? new Set()
        published.set(topic, known)
        for (const { id } of messages) known.add(id)
        await bus.publish(topic, messages, ...rest)
      }
      return { ...ports, bus: { ...bus, publish, subscribe: options => subscribe(bus, options) } }
    },
    isIdle: () =>
      [...groups.values()].every(({ topic, handled }) => {
        const sent = published.get(topic)
        return !sent || [...sent].every(id => handled.has(id))
      }),
    get repeated() {
      return repeated
    },
  }
}
