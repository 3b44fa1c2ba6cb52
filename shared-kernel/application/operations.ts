import type { Rejection } from '#domain/rejection.ts'
import { createAggregate } from './aggregate.ts'
import { createEventCodec } from './event-codec.ts'
import { causeOf, Fault } from './faults.ts'
import type { MutationOutcome } from './mutation.ts'
import { type OperationsEvent, operations, operationsCategory, operationsSchemas } from './operations-log.ts'
import type { Ids } from './ports/environment.ts'
import { type EventStore, NO_STREAM } from './ports/event-store.ts'
import type { IdempotencyOutcome } from './ports/idempotency-store.ts'
import type { KeyVault } from './ports/key-vault.ts'
import type { ParkedMessage, ParkedMessages } from './ports/parked-messages.ts'
import { requireScope, type Viewer } from './request-context.ts'
import type { CommandContext } from './runtime.ts'
import type { TellOperators } from './system-events.ts'

/** A parked message as operators see it: never its content. */
export interface ParkedMessageView {
  readonly id: string
  readonly context: string
  readonly group: string
  readonly topic: string
  readonly stream: string
  readonly type: string | null
  readonly cause: string
  readonly parkedAt: string
  readonly correlation: string | null
}

/** How a consumer group takes a message again. */
export interface Redelivery {
  /** Place among the messages of its stream. */
  readonly place: (message: unknown) => number
  readonly handle: (message: unknown) => Promise<void>
}

/** What operators may look at and do, whatever the context is about. */
export interface Operations {
  /** Parked messages, in the order in which they were parked. Fault FORBIDDEN without the scope `operations:admin`. */
  parked(
    filter: { readonly group?: string | null; readonly first?: number | null },
    viewer: Viewer,
  ): Promise<readonly ParkedMessageView[]>
  /**
   * Handles parked messages of a group again, those of a stream in order until one fails; handled ones leave the list. Who asked for
   * it, and what came of it, is appended to the context's log. Fault FORBIDDEN without the scope `operations:admin`.
   */
  replay(
    input: { readonly group: string; readonly stream?: string | null },
    viewer: Viewer,
    command: CommandContext,
  ): Promise<IdempotencyOutcome>
}

/** Who may operate. */
export const OPERATIONS_SCOPE = 'operations:admin'
const MOST = 100
const AT_ONCE = 1_000

const unknownGroup: Rejection = {
  code: 'OPERATIONS.UNKNOWN_GROUP',
  message: 'This context has no such consumer group.',
  field: ['group'],
}

const noStream: Rejection = {
  code: 'OPERATIONS.NO_STREAM',
  message: 'This is no id of a stream.',
  field: ['stream'],
}
const STREAM = /^[a-z][a-z0-9-]*\.[A-Za-z]+-[0-9a-zA-Z-]{1,64}$/

const textIn = (message: unknown, name: string): string | null => {
  const value = typeof message === 'object' && message !== null ? (message as Record<string, unknown>)[name] : undefined
  return typeof value === 'string' ? value : null
}

export const createOperations = (options: {
  readonly context: string
  /** By consumer group. */
  readonly groups: Readonly<Record<string, Redelivery>>
  readonly parked: ParkedMessages
  readonly store: EventStore
  readonly vault: KeyVault
  readonly ids: Ids
  readonly tell: TellOperators
}): Operations => {
  const { context, groups, parked, store, vault, ids, tell } = options
  const codec = createEventCodec<OperationsEvent>(context, operationsSchemas, vault)
  const log = createAggregate({ category: operationsCategory(context), decider: operations, codec, store, ids })

  /** Handles messages of one stream; the cause of the first failure, if there is one, takes the place of the old one. */
  const again = async (messages: readonly ParkedMessage[], { place, handle }: Redelivery) => {
    const handled: string[] = []
    for (const each of messages.toSorted((a, b) => place(a.message) - place(b.message))) {
      try {
        await handle(each.message)
      } catch (error) {
        const cause = causeOf(error)
        await parked.park({ ...each, cause })
        return { handled, failed: [{ message: each.id, cause }] }
      }
      await parked.remove(each.group, each.id)
      handled.push(each.id)
    }
    return { handled, failed: [] }
  }

  const run = async (group: string, stream: string | undefined, redelivery: Redelivery) => {
    const messages = await parked.list({ group, limit: AT_ONCE })
    const wanted = messages.filter(({ key }) => stream === undefined || key === stream)
    const perStream = Map.groupBy(wanted, ({ key }) => key)
    const done: Awaited<ReturnType<typeof again>>[] = []
    for (const each of perStream.values()) done.push(await again(each, redelivery))
    const left = (await parked.list({ group, limit: AT_ONCE })).length
    return {
      group,
      messages: done.flatMap(({ handled }) => handled),
      failed: done.flatMap(({ failed }) => failed),
      left,
    }
  }

  return {
    async parked({ group, first }, viewer) {
      requireScope(viewer, OPERATIONS_SCOPE)
      const limit = first ?? 20
      if (!Number.isSafeInteger(limit) || limit < 0 || limit > MOST)
        throw new Fault('BAD_USER_INPUT', `Ask for 0 to ${MOST} messages.`)
      const known = group == null || Object.hasOwn(groups, group)
      const found = limit === 0 || !known ? [] : await parked.list({ limit, ...(group == null ? {} : { group }) })
      return found.map(({ id, group: of, topic, key, message, cause, parkedAt }) => ({
        id,
        context,
        group: of,
        topic,
        stream: key,
        type: textIn(message, 'type'),
        cause,
        parkedAt: parkedAt.toISOString(),
        correlation: textIn(message, 'correlationId'),
      }))
    },

    async replay({ group, stream }, viewer, command) {
      requireScope(viewer, OPERATIONS_SCOPE)
      const redelivery = Object.hasOwn(groups, group) ? groups[group] : undefined
      const streamId = log.streamId('replays')
      if (!redelivery) return { streamId, revision: NO_STREAM, rejection: unknownGroup }
      const only = stream ?? undefined
      if (only !== undefined && !STREAM.test(only)) return { streamId, revision: NO_STREAM, rejection: noStream }
      const order = { group, ...(only === undefined ? {} : { stream: only }) }
      await log.handle('replays', { type: 'OrderReplay', data: order }, command)
      const data = await run(group, only, redelivery)
      const noting = { ...command, commandId: ids.derive(command.commandId, 'replayed') }
      const { revision } = await log.handle('replays', { type: 'NoteReplay', data }, noting)
      const counts = { handled: data.messages.length, left: data.left }
      await tell({ type: 'system.MessagesReplayed', data: { group, ...counts, by: command.actor.id } })
      return { streamId, revision, extra: { ...counts, failure: data.failed[0]?.cause ?? null } }
    },
  }
}

/** The payload of a replay. */
export const replayAnswer = ({ userErrors, consistencyToken, rejection, extra }: MutationOutcome) => {
  const { handled, left, failure } = (rejection ? {} : extra) as {
    readonly handled?: number
    readonly left?: number
    readonly failure?: string | null
  }
  return {
    userErrors,
    consistencyToken: consistencyToken ?? null,
    handled: handled ?? null,
    left: left ?? null,
    failure: failure ?? null,
  }
}
