import { causeOf } from './faults.ts'
import { SYSTEM_TOPIC } from './integration-event.ts'
import type { Clock, Ids, Logger } from './ports/environment.ts'
import type { EventBus } from './ports/event-bus.ts'

interface Fact<Type extends string, Data> {
  readonly type: Type
  readonly data: Data
}

/** What operators watch. It names contexts, groups and streams; it holds no content of messages. */
export type SystemFact =
  | Fact<'system.ServiceStarted', { readonly holder: string }>
  | Fact<
      'system.MessageParked',
      { readonly group: string; readonly stream: string; readonly message: string; readonly cause: string }
    >
  | Fact<
      'system.MessagesReplayed',
      { readonly group: string; readonly handled: number; readonly left: number; readonly by: string }
    >
  | Fact<'system.ViewRebuilt', { readonly view: string; readonly build: string; readonly events: number }>

/** A message on `system.events`, keyed by context. */
export type SystemEvent = SystemFact & { readonly id: string; readonly context: string; readonly occurredAt: string }

/** Tells operators; what cannot be told is logged. Never rejects: nothing may fail because nobody could be told of it. */
export type TellOperators = (fact: SystemFact) => Promise<void>

export const createTellOperators = (options: {
  readonly context: string
  readonly bus: EventBus
  readonly clock: Clock
  readonly ids: Ids
  readonly logger: Logger
}): TellOperators => {
  const { context, bus, clock, ids, logger } = options
  return async fact => {
    const value: SystemEvent = { id: ids.next(), context, occurredAt: clock.now().toISOString(), ...fact }
    try {
      await bus.publish(SYSTEM_TOPIC, [{ key: context, id: value.id, value, headers: {}, position: '' }])
    } catch (error) {
      logger.warn('operators could not be told', { context, type: fact.type, cause: causeOf(error) })
    }
  }
}
