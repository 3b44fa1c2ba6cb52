import { Closed } from '@mercato/shared-kernel/application'
import { type Message, Partitioners, type Producer } from 'kafkajs'
import { type KafkaClient, type KafkaConnectionOptions, openClient } from './client.ts'
import { within } from './deadline.ts'
import { faultOf } from './faults.ts'
import { sizeOf } from './records.ts'
import type { Topics } from './topics.ts'

export interface Publisher {
  /** Resolves when the brokers hold the records, in the order of calls; rejects with a fault when they do not in time. */
  readonly publish: (topic: string, records: readonly Message[]) => Promise<void>
  /** Rejects what is waiting, gives what is being sent a moment, and disconnects. */
  readonly close: () => Promise<void>
}

interface Call {
  readonly records: readonly Message[]
  /** How many of them are sent. */
  sent: number
  readonly outcome: PromiseWithResolvers<void>
}

/** Brokers refuse batches above 1 MB by default. */
const BATCH_BYTES = 512 * 1024
const GOODBYE_MS = 3_000

/** As many of the waiting records as go into one batch, at least one, and of which calls they are. */
const nextBatch = (calls: readonly Call[]): { records: Message[]; parts: { call: Call; count: number }[] } => {
  const records: Message[] = []
  const parts: { call: Call; count: number }[] = []
  let bytes = 0
  for (const call of calls) {
    let count = 0
    for (const record of call.records.slice(call.sent)) {
      bytes += sizeOf(record)
      if (records.length > 0 && bytes > BATCH_BYTES) break
      records.push(record)
      count++
    }
    parts.push({ call, count })
    if (call.sent + count < call.records.length) break
  }
  return { records, parts }
}

/**
 * Sends records through one idempotent producer. Of each topic one batch is under way: sends that are not waited for overtake each
 * other in kafkajs. What comes in meanwhile goes into the next batch. After a failure everything that waits for the topic is
 * rejected, so that nothing overtakes what failed, and the producer is replaced, since the broker may not accept its next number.
 */
export const createPublisher = (options: {
  readonly connection: KafkaConnectionOptions
  readonly topics: Topics
  readonly timeoutMs: number
}): Publisher => {
  const { connection, topics, timeoutMs } = options
  const waiting = new Map<string, Call[]>()
  const sending = new Map<string, Promise<void>>()
  let open: { readonly client: KafkaClient; readonly producer: Promise<Producer> } | undefined
  let closed = false

  const connect = async ({ kafka }: KafkaClient): Promise<Producer> => {
    const producer = kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
    })
    await producer.connect()
    return producer
  }
  const current = () => {
    if (!open) {
      const client = openClient(connection, 'producer')
      open = { client, producer: connect(client) }
    }
    return open
  }

  const send = async (topic: string, messages: Message[]): Promise<void> => {
    await topics.ensure(topic)
    const used = current()
    try {
      const sent = used.producer.then(producer => producer.send({ topic, messages }))
      await within(timeoutMs, `publishing to ${topic}`, Promise.race([sent, used.client.severed]))
    } catch (error) {
      used.client.sever()
      if (open === used) open = undefined
      topics.forget(topic)
      throw error
    }
  }

  const drain = async (topic: string, calls: Call[]): Promise<void> => {
    while (calls.length > 0) {
      const { records, parts } = nextBatch(calls)
      try {
        await send(topic, records)
        for (const { call, count } of parts) {
          call.sent += count
          if (call.sent < call.records.length) continue
          calls.splice(calls.indexOf(call), 1)
          call.outcome.resolve()
        }
      } catch (error) {
        const reason = closed ? new Closed('EventBus') : faultOf(error)
        for (const { outcome } of calls.splice(0)) outcome.reject(reason)
      }
    }
    sending.delete(topic)
    waiting.delete(topic)
  }

  return {
    publish(topic, records) {
      const call: Call = { records, sent: 0, outcome: Promise.withResolvers() }
      const calls = waiting.get(topic) ?? []
      waiting.set(topic, calls)
      calls.push(call)
      if (!sending.has(topic)) sending.set(topic, drain(topic, calls))
      return call.outcome.promise
    },

    async close() {
      closed = true
      const underWay = Promise.all(sending.values())
      // The first call of each topic may be on its way; the others have not been sent.
      for (const calls of waiting.values())
        for (const { outcome } of calls.filter(({ sent }, place) => place > 0 && sent === 0))
          outcome.reject(new Closed('EventBus'))
      try {
        await within(GOODBYE_MS, 'the last batches', underWay)
        const producer = await open?.producer
        if (producer) await within(GOODBYE_MS, 'disconnecting', producer.disconnect())
      } finally {
        open?.client.sever()
        open = undefined
      }
    },
  }
}
