import { setTimeout as delay } from 'node:timers/promises'
import type { Command, Decider, DomainEvent } from '#domain/decider.ts'
import type { Rejection } from '#domain/rejection.ts'
import { setBounded } from './bounded-map.ts'
import type { EventCodec } from './event-codec.ts'
import { Fault, RevisionConflict } from './faults.ts'
import type { Ids, Metrics } from './ports/environment.ts'
import type { EventStore } from './ports/event-store.ts'
import { NO_STREAM } from './ports/event-store.ts'
import type { CommandContext } from './runtime.ts'
import { currentTraceparent, withSpan } from './tracing.ts'

/** A stream folded up to `revision` ({@link NO_STREAM} when there is none). */
export interface Loaded<State> {
  readonly streamId: string
  readonly revision: number
  readonly state: State
}

/** What came of a command. A repeat of an accepted command is accepted again at its original revision. */
export type Handled<State> = Loaded<State> & { readonly rejection?: Rejection; readonly repeated?: true }

export interface Aggregate<State, Cmd extends Command> {
  readonly category: string
  streamId(id: string): string
  /** Load → decide → append. On a conflict it reloads and decides again, at most `attempts` times, then Fault CONFLICT. */
  handle(id: string, command: Cmd, context: CommandContext): Promise<Handled<State>>
  /** Folds the stream, up to and including `revision` when given. */
  load(id: string, revision?: number): Promise<Loaded<State>>
}

export interface AggregateOptions<State, Cmd extends Command, Event extends DomainEvent> {
  /** `<context>.<Aggregate>` */
  readonly category: string
  readonly decider: Decider<State, Cmd, Event>
  readonly codec: EventCodec<DomainEvent>
  readonly store: EventStore
  readonly ids: Ids
  readonly metrics?: Metrics
  /** Tries on conflict before Fault CONFLICT; default 50. */
  readonly attempts?: number
  /** Folded streams kept in memory so that long ones are not read again from the start; default 500. */
  readonly cached?: number
}

interface Folded<State> extends Loaded<State> {
  /** Revision of the last event of each command in the stream; may know more than is folded. */
  readonly commands: Map<string, number>
}

/** The command handler of one kind of aggregate. */
export const createAggregate = <State, Cmd extends Command, Event extends DomainEvent>(
  options: AggregateOptions<State, Cmd, Event>,
): Aggregate<State, Cmd> => {
  const { category, decider, codec, store, ids, metrics, attempts = 50, cached = 500 } = options
  const cache = new Map<string, Folded<State>>()
  const streamId = (id: string): string => `${category}-${id}`

  const remember = (folded: Folded<State>): void => {
    const known = cache.get(folded.streamId)
    if (known && known.revision > folded.revision) return
    setBounded(cache, folded.streamId, folded, cached)
  }

  const foldFrom = async (start: Folded<State>, to?: number): Promise<Folded<State>> => {
    const range = to === undefined ? { from: start.revision + 1 } : { from: start.revision + 1, to }
    const recorded = await store.readStream(start.streamId, range)
    let { state, revision } = start
    const { commands } = start
    for (const each of recorded) {
      const { event } = await codec.decode(each)
      state = decider.evolve(state, event as Event)
      revision = each.revision
      commands.set(each.commandId, revision)
    }
    return { streamId: start.streamId, revision, state, commands }
  }

  const empty = (stream: string): Folded<State> => ({
    streamId: stream,
    revision: NO_STREAM,
    state: decider.initialState,
    commands: new Map(),
  })

  const latest = async (stream: string): Promise<Folded<State>> => {
    const folded = await foldFrom(cache.get(stream) ?? empty(stream))
    if (folded.revision !== NO_STREAM) remember(folded)
    return folded
  }

  const load: Aggregate<State, Cmd>['load'] = async (id, revision) => {
    const stream = streamId(id)
    if (revision === undefined) return latest(stream)
    const known = cache.get(stream)
    return known?.revision === revision ? known : foldFrom(empty(stream), revision)
  }

  const attempt = async (id: string, command: Cmd, context: CommandContext): Promise<Handled<State>> => {
    const stream = streamId(id)
    const current = await latest(stream)
    const original = current.commands.get(context.commandId)
    if (original !== undefined) return { ...(await load(id, original)), repeated: true }
    const decision = decider.decide(command, current.state)
    if (decision.outcome === 'rejected') return { ...current, rejection: decision.rejection }
    if (decision.events.length === 0) return current
    const traceparent = currentTraceparent() ?? context.traceparent
    const { now, traceparent: _, ...causation } = context
    const encoded = await Promise.all(
      decision.events.map((event, index) =>
        codec.encode(event, {
          ...causation,
          ...(traceparent ? { traceparent } : {}),
          id: ids.derive(context.commandId, `${stream}/${index}`),
          occurredAt: now.toISOString(),
        }),
      ),
    )
    const { revision, duplicate } = await store.append(stream, current.revision, encoded)
    // Another run of this command was first and may have decided otherwise: what stands in the log counts.
    if (duplicate) return { ...(await load(id, revision)), repeated: true }
    for (const { type } of encoded) metrics?.count('mercato_events_appended_total', { type })
    const state = decision.events.reduce(decider.evolve, current.state)
    // Shared with every fold of this stream: a command has happened or not, whatever revision one looks at.
    const commands = current.commands.set(context.commandId, revision)
    remember({ streamId: stream, revision, state, commands })
    return { streamId: stream, revision, state }
  }

  const handle: Aggregate<State, Cmd>['handle'] = (id, command, context) =>
    withSpan(`command ${command.type}`, { attributes: { 'mercato.stream.category': category } }, async () => {
      const began = performance.now()
      for (let tried = 1; ; tried++) {
        try {
          const handled = await attempt(id, command, context)
          metrics?.count('mercato_command_total', {
            command: command.type,
            outcome: handled.rejection ? 'rejected' : 'accepted',
          })
          const seconds = (performance.now() - began) / 1_000
          metrics?.observe('mercato_command_duration_seconds', seconds, { command: command.type })
          return handled
        } catch (error) {
          if (!(error instanceof RevisionConflict)) throw error
          metrics?.count('mercato_command_total', { command: command.type, outcome: 'conflict' })
          if (tried >= attempts)
            throw new Fault('CONFLICT', 'Too many others change this at the same moment. Try again.', error)
          await delay((tried * 7 + context.commandId.charCodeAt(tried % context.commandId.length)) % 40)
        }
      }
    })

  return { category, streamId, handle, load }
}
