import { causeOf } from './faults.ts'
import type { IntegrationEvent } from './integration-event.ts'
import type { Checkpoints } from './ports/checkpoints.ts'
import type { Clock, Logger, Metrics } from './ports/environment.ts'
import type { BusSubscription, DeliveredMessage, EventBus, SubscribeOptions } from './ports/event-bus.ts'
import type { ParkedMessages } from './ports/parked-messages.ts'
import type { TellOperators } from './system-events.ts'
import { withRemoteParent } from './tracing.ts'

/** Reacts to one integration event with commands whose ids derive from it, so that a second delivery changes nothing. */
export type Policy = (event: IntegrationEvent) => Promise<void>

export interface PolicyRunnerOptions {
  readonly topic: string
  /** Consumer group; its progress per stream is kept under `inbox/<group>/…`. */
  readonly group: string
  /** By event type; types without a handler are skipped. */
  readonly handlers: Readonly<Record<string, Policy>>
  readonly bus: EventBus
  readonly checkpoints: Checkpoints
  readonly parked: ParkedMessages
  readonly clock: Clock
  readonly logger: Logger
  readonly metrics: Metrics
  readonly tell: TellOperators
  /** Makes a handler outlast an outage of what it needs. */
  readonly patiently: (handler: SubscribeOptions['handler']) => SubscribeOptions['handler']
}

class SequenceGap extends Error {
  override readonly name = 'SequenceGap'
  readonly code = 'SEQUENCE_GAP'
}

class BehindParked extends Error {
  override readonly name = 'BehindParked'
  readonly code = 'BEHIND_PARKED'
}

/** Handles a message once it is next in its stream; used for live delivery and for replaying parked ones. */
export const createInbox = (options: Pick<PolicyRunnerOptions, 'group' | 'handlers' | 'checkpoints'>) => {
  const { group, handlers, checkpoints } = options
  return async (event: IntegrationEvent): Promise<void> => {
    const name = `inbox/${group}/${event.streamId}`
    const done = Number((await checkpoints.load(name)) ?? -1)
    if (event.sequence <= done) return
    if (event.sequence > done + 1) throw new SequenceGap(`${event.streamId}: sequence ${done + 1} has not arrived`)
    await handlers[event.type]?.(event)
    await checkpoints.save(name, String(event.sequence))
  }
}

/**
 * Consumes a topic of another context. In order per stream, deduplicated by (stream, sequence); a gap waits for the retries
 * and then parks; a message that keeps failing is parked with its cause, and later messages of its stream park behind it.
 */
export const startPolicyRunner = async (options: PolicyRunnerOptions): Promise<BusSubscription> => {
  const { topic, group, bus, parked, clock, logger, metrics, tell, patiently } = options
  const inbox = createInbox(options)

  const park = async (message: DeliveredMessage, cause: unknown): Promise<void> => {
    await parked.park({
      id: message.id,
      topic,
      group,
      key: message.key,
      message: message.value,
      cause: causeOf(cause),
      parkedAt: clock.now(),
    })
    metrics.count('mercato_messages_parked_total', { group })
    const { key: stream, id } = message
    await tell({ type: 'system.MessageParked', data: { group, stream, message: id, cause: causeOf(cause) } })
    if (!(cause instanceof BehindParked))
      logger.error('message parked', { topic, group, key: message.key, id: message.id, error: cause })
  }

  return bus.subscribe({
    topic,
    group,
    from: 'earliest',
    handler: patiently(async message => {
      const event = message.value as IntegrationEvent
      if (await parked.holds(group, message.key)) {
        await park(message, new BehindParked(`${message.key} has parked messages`))
        return
      }
      await withRemoteParent(event.traceparent, `policy ${event.type}`, () => inbox(event), { link: true })
    }),
    onPoison: park,
  })
}
