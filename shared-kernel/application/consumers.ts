import type { DomainEvent } from '#domain/decider.ts'
import type { Reaction } from './context-runtime.ts'
import type { EventCodec } from './event-codec.ts'
import type { RecordedEvent } from './event-envelope.ts'
import type { IntegrationEvent } from './integration-event.ts'
import type { Redelivery } from './operations.ts'
import { isOperational } from './operations-log.ts'
import { createInbox, type Policy } from './policy-runner.ts'
import type { Checkpoints } from './ports/checkpoints.ts'
import type { Projector } from './projector.ts'
import { withRemoteParent } from './tracing.ts'

/** The consumer groups of a context, and how each takes a parked message again. */
export interface Consumers {
  readonly viewGroup: string
  readonly reactionGroup: string
  policyGroup(from: string): string
  /** Runs the context's reaction to one of its own events. */
  reactTo(recorded: RecordedEvent): Promise<void>
  /** By group. */
  readonly redeliveries: Readonly<Record<string, Redelivery>>
}

export const createConsumers = <Event extends DomainEvent>(options: {
  readonly context: string
  readonly projector: Projector
  readonly codec: EventCodec<Event>
  readonly react: Reaction<Event> | undefined
  readonly policies: Readonly<Record<string, Readonly<Record<string, Policy>>>>
  readonly checkpoints: Checkpoints
}): Consumers => {
  const { context, projector, codec, react, policies, checkpoints } = options
  const viewGroup = `${context}.views`
  const reactionGroup = `${context}.reactions`
  const policyGroup = (from: string): string => `${context}.from-${from}`

  const reactTo: Consumers['reactTo'] = async recorded => {
    if (!react || isOperational(recorded)) return
    const envelope = await codec.decode(recorded)
    await withRemoteParent(recorded.traceparent, `react ${recorded.type}`, () => react(envelope), { link: true })
  }

  const own = (handle: (recorded: RecordedEvent) => Promise<void>): Redelivery => ({
    place: message => (message as RecordedEvent).revision,
    handle: message => handle(message as RecordedEvent),
  })
  const foreign = (from: string, handlers: Readonly<Record<string, Policy>>): Redelivery => {
    const inbox = createInbox({ group: policyGroup(from), handlers, checkpoints })
    return {
      place: message => (message as IntegrationEvent).sequence,
      handle: message => inbox(message as IntegrationEvent),
    }
  }

  const redeliveries: Readonly<Record<string, Redelivery>> = {
    [viewGroup]: own(recorded => projector.apply(recorded)),
    ...(react ? { [reactionGroup]: own(reactTo) } : {}),
    ...Object.fromEntries(
      Object.entries(policies).map(([from, handlers]) => [policyGroup(from), foreign(from, handlers)]),
    ),
  }
  return { viewGroup, reactionGroup, policyGroup, reactTo, redeliveries }
}
