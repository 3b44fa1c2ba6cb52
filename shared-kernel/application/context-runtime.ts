import type { DomainEvent } from '#domain/decider.ts'
import { createConsumers } from './consumers.ts'
import { type Cursors, createCursors } from './cursor.ts'
import type { EventCodec } from './event-codec.ts'
import type { EventEnvelope, RecordedEvent } from './event-envelope.ts'
import { causeOf } from './faults.ts'
import { createFeed, type Feed } from './feed.ts'
import { domainTopic, integrationTopic, type Translator } from './integration-event.ts'
import { logIdOf } from './log-id.ts'
import { type Loop, startLoop } from './loop.ts'
import { createOperations, type Operations } from './operations.ts'
import { createParkedGauge } from './parked-gauge.ts'
import { untilItPasses } from './patience.ts'
import { type Policy, startPolicyRunner } from './policy-runner.ts'
import type { Checkpoints } from './ports/checkpoints.ts'
import type { Claims } from './ports/claims.ts'
import type { Clock, Ids, Logger, Metrics } from './ports/environment.ts'
import type { EventBus, SubscribeOptions } from './ports/event-bus.ts'
import type { EventStore } from './ports/event-store.ts'
import type { IdempotencyStore } from './ports/idempotency-store.ts'
import type { KeyVault } from './ports/key-vault.ts'
import type { ParkedMessages } from './ports/parked-messages.ts'
import type { Timers } from './ports/timers.ts'
import type { ViewStore } from './ports/view-store.ts'
import { createProjector, type Projector } from './projector.ts'
import { createRebuilding, type Rebuilding } from './rebuilding.ts'
import { type Relay, startRelay } from './relay.ts'
import { createSetAsides } from './set-aside.ts'
import { createTellOperators } from './system-events.ts'
import { startTimerRunner, type TimerHandler } from './timer-runner.ts'
import { withRemoteParent } from './tracing.ts'
import type { View } from './view.ts'
import { createViewBuilds, NOTICED_MS } from './view-builds.ts'
import { type ViewLag, watchViewLag } from './view-lag.ts'

/** Everything a bounded context needs from outside. Opened and closed by the composition that made them. */
export interface ContextPorts {
  readonly store: EventStore
  readonly bus: EventBus
  readonly views: ViewStore
  readonly checkpoints: Checkpoints
  readonly timers: Timers
  readonly parked: ParkedMessages
  readonly claims: Claims
  readonly idempotency: IdempotencyStore
  readonly vault: KeyVault
  readonly clock: Clock
  readonly ids: Ids
  readonly logger: Logger
  readonly metrics: Metrics
  /** Names this process in leases. */
  readonly holder: string
  /** Shared by all instances of the context; keys cursors, idempotency hashes and claims. */
  readonly secret: string
}

/** Reacts to an event of the own context after it is in the log: mails, timers, follow-up commands. Idempotent. */
export type Reaction<Event extends DomainEvent> = (envelope: EventEnvelope<Event>) => Promise<void>

export interface ContextDefinition<Event extends DomainEvent> {
  readonly context: string
  readonly codec: EventCodec<Event>
  readonly views: readonly View<Event, unknown>[]
  readonly translate: Translator<Event>
  /** Called for every own event, in stream order, at least once. */
  readonly react?: Reaction<Event>
  /** Integration events of other contexts (by context name), by event type. */
  readonly policies?: Readonly<Record<string, Readonly<Record<string, Policy>>>>
  readonly timers?: Readonly<Record<string, TimerHandler>>
}

export interface ContextRuntime<Event extends DomainEvent> extends AsyncDisposable {
  readonly projector: Projector
  readonly feed: Feed<Event>
  readonly operations: Operations
  readonly rebuilding: Rebuilding
  cursors(): Cursors
  /** Joins the consumer groups and fills the views. Every context connects before any starts. */
  connect(): Promise<void>
  /** Resolves when the views include everything that was in the log at the call. */
  catchUp(): Promise<void>
  /** Starts relay and timers; forgets idempotency records after a day, fired timers after a month. */
  start(): Promise<void>
  /** False until connected, or when closed. */
  ready(): boolean
}

/** How often a process looks whether views have other builds. */
const BUILDS_MS = NOTICED_MS / 3
/** How often views are held against the log, whatever the bus brought: what was lost comes back so. */
const SWEEP_MS = 5_000

/** Longer than any event is read again in the ordinary course of things. */
const FIRED_TIMERS_KEPT_DAYS = 30

/** The machinery behind one bounded context: projector, reactions, policies, timers, feed and relay over its ports. */
export const createContextRuntime = <Event extends DomainEvent>(
  definition: ContextDefinition<Event>,
  ports: ContextPorts,
): ContextRuntime<Event> => {
  const { context, codec, views, translate, react, policies = {}, timers = {} } = definition
  const { store, bus, checkpoints, parked, clock, ids, logger, metrics, holder } = ports
  const builds = createViewBuilds({ context, checkpoints })
  const tellParked = createParkedGauge(parked, metrics)
  let sweep: Loop | undefined
  let lag: ViewLag | undefined
  const projector: Projector = createProjector({
    ...{ views, store: ports.views, log: store, codec, builds },
    onLost: () => sweep?.wake(),
    onStuck: (recorded, cause) => parkEvent(recorded, cause),
    sweep: { lookUp: () => setAsides.lookUp(), giveUp: (recorded, cause) => setAsides.giveUp(recorded, cause) },
    onApplied: (view, { occurredAt }) => lag?.applied(view, occurredAt),
  })
  const feed = createFeed({ log: store, codec, logger })
  const tell = createTellOperators({ context, bus, clock, ids, logger })
  const open = new AsyncDisposableStack()
  const closing = new AbortController()
  const patiently = (handler: SubscribeOptions['handler']) => untilItPasses(closing.signal, handler)
  let relay: Relay | undefined
  let cursors: Cursors | undefined
  let ready = false

  const park =
    (group: string, topic: string) => async (message: { id: string; key: string; value: unknown }, cause: unknown) => {
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
      logger.error('message parked', { topic, group, id, error: cause })
    }
  const parkEvent = (recorded: RecordedEvent, cause: unknown): Promise<void> =>
    park(viewGroup, domainTopic(context))({ id: recorded.id, key: recorded.streamId, value: recorded }, cause)

  const consumers = createConsumers({ context, projector, codec, react, policies, checkpoints })
  const { viewGroup, reactionGroup, policyGroup, reactTo, redeliveries: groups } = consumers
  const setAsides = createSetAsides({ parked, group: viewGroup, park: parkEvent })
  const rebuilding = createRebuilding({
    ...{ context, views, store: ports.views, projector, builds, checkpoints, ids, holder, tell },
  })
  const operations = createOperations({ context, groups, parked, store, vault: ports.vault, ids, tell })

  const connect = async (): Promise<void> => {
    cursors = createCursors({ secret: ports.secret, logId: await logIdOf(checkpoints, ids) })
    const topic = domainTopic(context)
    open.use(
      await bus.subscribe({
        topic,
        group: viewGroup,
        from: 'latest',
        handler: patiently(message => {
          feed.wake()
          const recorded = message.value as RecordedEvent
          const apply = () => setAsides.tried(recorded, () => projector.apply(recorded))
          return withRemoteParent(recorded.traceparent, `project ${context}`, apply, { link: true })
        }),
        onPoison: park(viewGroup, topic),
      }),
    )
    await builds.refresh()
    await projector.catchUp()
    lag = open.use(watchViewLag({ views: views.map(({ name }) => name), patienceMs: 2 * SWEEP_MS, clock, metrics }))
    const failed = (what: string) => (error: unknown) => logger.warn(what, { context, error })
    open.use(
      startLoop({
        async pass() {
          await builds.refresh()
          return false
        },
        idleMs: BUILDS_MS,
        onError: failed('which builds views have could not be read'),
      }),
    )
    sweep = open.use(
      startLoop({
        async pass() {
          const began = clock.now()
          await projector.catchUp()
          lag?.whole(began)
          await tellParked()
          return false
        },
        idleMs: SWEEP_MS,
        onError: failed('views could not be brought up to date'),
      }),
    )
    if (react) {
      open.use(
        await bus.subscribe({
          topic,
          group: reactionGroup,
          from: 'earliest',
          handler: patiently(message => reactTo(message.value as RecordedEvent)),
          onPoison: park(reactionGroup, topic),
        }),
      )
    }
    for (const [from, handlers] of Object.entries(policies)) {
      const group = policyGroup(from)
      const shared = { bus, checkpoints, parked, clock, logger, metrics, tell, patiently }
      open.use(await startPolicyRunner({ topic: integrationTopic(from), group, handlers, ...shared }))
    }
    open.use(feed)
    await feed.start()
    ready = true
  }

  const start = async (): Promise<void> => {
    relay = startRelay({ context, holder, store, bus, checkpoints, codec, translate, clock, logger, metrics })
    open.use(relay)
    const purge = async (): Promise<boolean> => {
      const daysAgo = (days: number): Date => new Date(clock.now().getTime() - days * 24 * 3_600_000)
      await ports.idempotency.purge(daysAgo(1))
      await ports.timers.purge(daysAgo(FIRED_TIMERS_KEPT_DAYS))
      return false
    }
    const onError = (error: unknown) =>
      logger.warn('what is of no use any more could not be purged', { context, error })
    open.use(startLoop({ pass: purge, idleMs: 3_600_000, onError }))
    if (Object.keys(timers).length > 0)
      open.use(
        startTimerRunner({ context, holder, handlers: timers, timers: ports.timers, checkpoints, clock, logger }),
      )
    void tell({ type: 'system.ServiceStarted', data: { holder } })
  }

  return {
    projector,
    feed,
    operations,
    cursors() {
      if (!cursors) throw new TypeError(`${context} is not connected`)
      return cursors
    },
    connect,
    catchUp: () => projector.catchUp(),
    rebuilding,
    start,
    ready: () => ready,
    async [Symbol.asyncDispose]() {
      ready = false
      closing.abort()
      await open.disposeAsync()
    },
  }
}
