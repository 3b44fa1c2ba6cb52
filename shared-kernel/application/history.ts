import type { Actor, RecordedEvent } from './event-envelope.ts'
import { Fault } from './faults.ts'
import type { EventStore } from './ports/event-store.ts'
import { requireScope, type Viewer } from './request-context.ts'

/** One event of a stream as auditors see it: who did what, when, and why. Its data is not here, so no personal data is. */
export interface HistoryEntry {
  /** Counts the events of the stream, from 1. */
  readonly version: number
  readonly event: string
  readonly at: string
  readonly actor: { readonly kind: Uppercase<Actor['kind']>; readonly id: string }
  readonly cause: string | null
  readonly command: string
  readonly correlation: string
}

export interface HistoryPage {
  readonly edges: readonly { readonly cursor: string; readonly node: HistoryEntry }[]
  readonly pageInfo: {
    readonly hasNextPage: boolean
    readonly hasPreviousPage: boolean
    readonly startCursor: string | null
    readonly endCursor: string | null
  }
  readonly totalCount: number
}

export interface HistoryArguments {
  readonly first?: number | null | undefined
  readonly after?: string | null | undefined
  readonly last?: number | null | undefined
  readonly before?: string | null | undefined
}

/** Who may read histories. */
export const AUDIT_SCOPE = 'audit:read'

const MOST = 100

const sizeOf = ({ first, last }: HistoryArguments): number => {
  const size = first ?? last ?? 20
  if ((first != null && last != null) || !Number.isSafeInteger(size) || size < 0 || size > MOST)
    throw new Fault('BAD_USER_INPUT', `Ask for "first" or "last", from 0 to ${MOST}.`)
  return size
}

const cursorOf = (version: number): string => Buffer.from(`v${version}`).toString('base64url')

const versionIn = (cursor: string): number => {
  const [, digits] = /^v([1-9]\d{0,14})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (digits === undefined) throw new Fault('BAD_USER_INPUT', 'This is no cursor of this list.')
  return Number(digits)
}

const entryOf = (recorded: RecordedEvent): HistoryEntry => {
  const { revision, type, occurredAt, actor, causationId, commandId, correlationId } = recorded
  const kind = actor.kind.toUpperCase() as Uppercase<Actor['kind']>
  return {
    version: revision + 1,
    event: type,
    at: occurredAt,
    actor: { kind, id: actor.id },
    cause: causationId ?? null,
    command: commandId,
    correlation: correlationId,
  }
}

/**
 * A page of a stream's events, oldest first, as a Relay connection. `revision` is the last one to be shown. Fault FORBIDDEN unless
 * the viewer has the scope (`audit:read` when not given).
 */
export const readHistory = async (
  store: Pick<EventStore, 'readStream'>,
  { streamId, revision }: { readonly streamId: string; readonly revision: number },
  page: HistoryArguments,
  viewer: Viewer,
  scope: string = AUDIT_SCOPE,
): Promise<HistoryPage> => {
  requireScope(viewer, scope)
  const size = sizeOf(page)
  const low = page.after ? versionIn(page.after) : 0
  const high = Math.max(low, Math.min(revision, page.before ? versionIn(page.before) - 2 : revision) + 1)
  const from = page.last == null ? low : Math.max(low, high - size)
  const to = Math.min(high, from + size)
  const recorded = to > from ? await store.readStream(streamId, { from, to: to - 1 }) : []
  const edges = recorded.map(each => ({ cursor: cursorOf(each.revision + 1), node: entryOf(each) }))
  return {
    edges,
    pageInfo: {
      hasNextPage: to < revision + 1,
      hasPreviousPage: from > 0 && revision >= 0,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: revision + 1,
  }
}
