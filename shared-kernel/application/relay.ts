import type { DomainEvent } from '#domain/decider.ts'
import { setBounded } from './bounded-map.ts'
import { type EventCodec, UndecodableEvent } from './event-codec.ts'
import type { RecordedEvent } from './event-envelope.ts'
import { domainTopic, type IntegrationEvent, integrationTopic, type Translator } from './integration-event.ts'
import { type Loop, startLoop } from './loop.ts'
import { isOperational } from './operations-log.ts'
import type { Checkpoints, Lease } from './ports/checkpoints.ts'
import type { Clock, Logger, Metrics } from './ports/environment.ts'
import type { BusMessage, EventBus } from './ports/event-bus.ts'
import type { EventStore, LogPage } from './ports/event-store.ts'
import { LOG_START } from './ports/event-store.ts'
import { relayCheckpoint, watchRelayLag } from './relay-lag.ts'
import { withRemoteParent } from './tracing.ts'

export interface RelayOptions<Event extends DomainEvent> {
  readonly context: string
  /** Names this process among others that want to be the one relay. */
  readonly holder: string
  readonly store: EventStore
  readonly bus: EventBus
  readonly checkpoints: Checkpoints
  readonly codec: EventCodec<Event>
  readonly translate: Translator<Event>
  readonly clock: Clock
  readonly logger: Logger
  readonly metrics: Metrics
  /** How long its lease holds without being renewed; 5,000 when not given. */
  readonly leaseMs?: number
}

export interface Relay extends AsyncDisposable {
  /** Log position up to which everything has been published by this relay. */
  position(): string
}

const PAGE = 256

/** Counts the published events of streams, so that the integration events of a stream carry a gapless sequence. */
const createSequencer = <Event extends DomainEvent>(options: RelayOptions<Event>) => {
  const last = new Map<string, { revision: number; count: number }>()
  const { store, codec, translate } = options

  const countBefore = async (streamId: string, revision: number): Promise<number> => {
    const known = last.get(streamId)
    if (known && known.revision < revision && known.revision >= revision - 1) return known.count
    let count = 0
    for (const recorded of revision > 0 ? await store.readStream(streamId, { to: revision - 1 }) : [])
      if (translate(await codec.decode(recorded))) count++
    return count
  }

  return {
    /** Integration event of a recorded one, if it has a public face. */
    async integrate(recorded: RecordedEvent): Promise<IntegrationEvent | undefined> {
      const { streamId, revision } = recorded
      const envelope = await codec.decode(recorded)
      const published = translate(envelope)
      const count = await countBefore(streamId, revision)
      setBounded(last, streamId, { revision, count: published ? count + 1 : count }, 10_000)
      if (!published) return undefined
      const { id, occurredAt, actor, correlationId, commandId, causationId, traceparent } = envelope
      return {
        id,
        ...published,
        sequence: count,
        streamId,
        revision,
        occurredAt,
        actor,
        correlationId,
        commandId,
        ...(causationId === undefined ? {} : { causationId }),
        ...(traceparent === undefined ? {} : { traceparent }),
      }
    },
  }
}

const messageOf = (recorded: RecordedEvent, value: unknown): BusMessage => ({
  key: recorded.streamId,
  id: recorded.id,
  position: recorded.position,
  value,
  headers: recorded.traceparent ? { traceparent: recorded.traceparent } : {},
})

/**
 * Publishes the log to the bus: every event on `<context>.domain-events`, its public face on `<context>.integration-events`.
 * At least once, in order per stream; one relay per context is active, guarded by a fenced lease. It gives the lease up when it
 * comes to an event that its code does not know: while versions run side by side, one that knows it goes on. Dispose stops it
 * after the page under way and gives the lease up.
 */
export const startRelay = <Event extends DomainEvent>(options: RelayOptions<Event>): Relay => {
  const { context, holder, store, bus, checkpoints, clock, logger, metrics, leaseMs = 5_000 } = options
  const name = relayCheckpoint(context)
  const sequencer = createSequencer(options)
  let lease: Lease | undefined
  let renewAt = 0
  let position = LOG_START
  let startsOver = false

  const startPosition = async (): Promise<string> => {
    const saved = (await checkpoints.load(name)) ?? LOG_START
    const needed = await Promise.all(
      [domainTopic(context), integrationTopic(context)].map(topic => bus.resumePosition(topic)),
    )
    return needed.reduce<string>((oldest, each) => (each !== undefined && each < oldest ? each : oldest), saved)
  }

  const holdLease = async (): Promise<boolean> => {
    const now = clock.now().getTime()
    if (lease && now < renewAt) return true
    const held = await checkpoints.acquire(name, holder, leaseMs)
    if (held && held.epoch !== lease?.epoch) {
      position = await startPosition()
      logger.info('relay starts', { context, position })
    }
    lease = held
    renewAt = now + leaseMs / 3
    return held !== undefined
  }

  /** Goes back for a group of ours that missed messages; the others know what they have had. */
  const startOver = async (): Promise<void> => {
    startsOver = false
    try {
      position = await startPosition()
    } catch (error) {
      startsOver = true
      throw error
    }
  }

  const publish = async ({ events, next }: LogPage): Promise<void> => {
    const integration: BusMessage[] = []
    for (const recorded of events) {
      if (isOperational(recorded)) continue
      const face = await sequencer.integrate(recorded)
      if (face) integration.push(messageOf(recorded, face))
    }
    const send = async (): Promise<void> => {
      const domain = events.map(recorded => messageOf(recorded, recorded))
      await bus.publish(domainTopic(context), domain, next)
      await bus.publish(integrationTopic(context), integration, next)
    }
    const causes = [...new Set(events.map(({ traceparent }) => traceparent))]
    await withRemoteParent(causes.at(-1), `relay ${context}`, send, { links: causes })
  }

  const giveUpLease = async (): Promise<void> => {
    const held = lease
    lease = undefined
    try {
      if (held) await checkpoints.release(held)
    } catch (error) {
      logger.warn('the lease of the relay could not be given up and has to run out', { context, error })
    }
  }

  const pass = async (): Promise<boolean> => {
    if (!(await holdLease()) || !lease) return false
    if (startsOver) await startOver()
    const page = await store.readLog(position, PAGE)
    if (page.events.length > 0) {
      try {
        await publish(page)
      } catch (error) {
        if (error instanceof UndecodableEvent) await giveUpLease()
        throw error
      }
      if (!(await checkpoints.save(name, page.next, lease))) {
        lease = undefined
        return true
      }
    }
    position = page.next
    return !page.atEnd
  }

  const loop: Loop = startLoop({
    pass,
    idleMs: 500,
    onError: error => logger.error('relay failed, trying again', { context, error }),
  })
  const unsubscribe = store.onAppend(() => loop.wake())
  const stopListening = bus.onRewind(topic => {
    if (topic !== domainTopic(context) && topic !== integrationTopic(context)) return
    startsOver = true
    loop.wake()
  })
  const lag = watchRelayLag({ context, store, checkpoints, clock, logger, metrics })

  return {
    position: () => position,
    async [Symbol.asyncDispose]() {
      unsubscribe()
      stopListening()
      await lag[Symbol.asyncDispose]()
      await loop[Symbol.asyncDispose]()
      if (lease) await checkpoints.release(lease)
    },
  }
}
