import { type ContextRuntime, Fault, type RecordedEvent, type RequestContext } from '@mercato/shared-kernel/application'
import { SESSION, type Users } from './aggregates.ts'
import type { UserContextEvent } from './context-events.ts'
import { assertMayRead } from './queries.ts'
import { type UserDoc, userDocOf } from './users-view.ts'

export interface UserChange {
  readonly cursor: string
  /** The event's type in capitals. */
  readonly change: string
  readonly user: UserDoc
}

export interface SessionChange {
  readonly cursor: string
  readonly change: 'STARTED' | 'REFRESHED' | 'REVOKED' | 'ALL_REVOKED'
  readonly sessionId: string | null
}

/** Live changes; each call starts at once, at the cursor or at the present end of the log. */
export interface Changes {
  ofUser(
    args: { readonly id?: string | null; readonly after?: string | null },
    request: RequestContext,
  ): AsyncIterable<UserChange>
  ofSessions(args: { readonly after?: string | null }, request: RequestContext): AsyncIterable<SessionChange>
}

const viewerIdOf = ({ viewer }: RequestContext): string => {
  if (!viewer.user) throw new Fault('UNAUTHENTICATED', 'Please sign in.')
  return viewer.user.id
}

const inCapitals = (type: string): string => type.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase()

const sessionChangeOf = (event: UserContextEvent): Omit<SessionChange, 'cursor'> | undefined => {
  switch (event.type) {
    case 'SessionStarted':
      return { change: 'STARTED', sessionId: event.data.sessionId }
    case 'SessionRefreshed':
      return { change: 'REFRESHED', sessionId: event.data.sessionId }
    case 'SessionRevoked':
      return { change: 'REVOKED', sessionId: event.data.sessionId }
    case 'SignedOutEverywhere':
      return { change: 'ALL_REVOKED', sessionId: null }
    default:
      return undefined
  }
}

export const createChanges = (users: Users, runtime: ContextRuntime<UserContextEvent>): Changes => {
  /** Events that fit, each made into a change; those without one are passed over. */
  const follow = <Change>(
    { field, args, after }: { field: string; args: unknown; after: string | null | undefined },
    request: RequestContext,
    matches: (recorded: RecordedEvent) => boolean,
    make: (event: UserContextEvent, revision: number) => Promise<Change | undefined>,
  ): AsyncIterable<Change & { readonly cursor: string }> => {
    const cursors = runtime.cursors()
    const binding = { field, viewerId: viewerIdOf(request), args }
    const position = after == null ? runtime.feed.end() : cursors.open(after, binding)
    const events = runtime.feed.read({ after: position, matches, signal: request.signal, telling: request.telling })
    return (async function* () {
      for await (const { event, revision, position: place } of events) {
        const change = await make(event, revision)
        if (change) yield { ...change, cursor: cursors.sign(place, binding) }
      }
    })()
  }

  return {
    ofUser({ id, after }, request) {
      const viewerId = viewerIdOf(request)
      const userId = id ?? viewerId
      assertMayRead(request.viewer, userId)
      const streamId = users.streamId(userId)
      return follow(
        { field: 'userChanged', args: { id: userId }, after },
        request,
        recorded => recorded.streamId === streamId,
        async (event, revision) => {
          const user = userDocOf((await users.load(userId, revision)).state)
          return user && { change: inCapitals(event.type), user }
        },
      )
    },
    ofSessions({ after }, request) {
      const userId = viewerIdOf(request)
      return follow(
        { field: 'mySessionsChanged', args: {}, after },
        request,
        ({ streamId, subjectId, type }) =>
          subjectId === userId && (streamId.startsWith(`${SESSION}-`) || type === 'SignedOutEverywhere'),
        async event => sessionChangeOf(event),
      )
    },
  }
}
