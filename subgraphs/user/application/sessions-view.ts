import type { View } from '@mercato/shared-kernel/application'
import { SESSION, USER } from './aggregates.ts'
import type { UserContextEvent } from './context-events.ts'

export interface SessionDoc {
  readonly id: string
  readonly startedAt: string
  readonly refreshedAt: string
  readonly expiresAt: string
}

/** The live sessions of one person. */
export interface SessionsDoc {
  readonly sessions: readonly SessionDoc[]
  readonly signedOut?: { readonly at: string; readonly except?: string }
}

/** Beyond this the oldest are not listed any more. */
const LISTED = 50
const EMPTY: SessionsDoc = { sessions: [] }

const survives =
  (signedOut: SessionsDoc['signedOut']) =>
  ({ id, startedAt }: SessionDoc): boolean =>
    !signedOut || startedAt > signedOut.at || id === signedOut.except

const started = (doc: SessionsDoc, session: SessionDoc): SessionsDoc => {
  const sessions = [...doc.sessions.filter(({ id }) => id !== session.id), session]
  const listed = sessions.filter(survives(doc.signedOut)).sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1))
  return { ...doc, sessions: listed.slice(-LISTED) }
}

const evolve = (doc: SessionsDoc, event: UserContextEvent): SessionsDoc | undefined => {
  switch (event.type) {
    case 'SessionStarted': {
      const { sessionId, startedAt, expiresAt } = event.data
      return started(doc, { id: sessionId, startedAt, refreshedAt: startedAt, expiresAt })
    }
    case 'SessionRefreshed': {
      const { sessionId, at } = event.data
      return {
        ...doc,
        sessions: doc.sessions.map(each => (each.id === sessionId ? { ...each, refreshedAt: at } : each)),
      }
    }
    case 'SessionRevoked':
      return { ...doc, sessions: doc.sessions.filter(({ id }) => id !== event.data.sessionId) }
    case 'SignedOutEverywhere': {
      const { at, except } = event.data
      const signedOut = except === undefined ? { at } : { at, except }
      return { signedOut, sessions: doc.sessions.filter(survives(signedOut)) }
    }
    case 'UserErased':
      return undefined
    default:
      return doc
  }
}

const CONCERNED: ReadonlySet<UserContextEvent['type']> = new Set([
  'SessionStarted',
  'SessionRefreshed',
  'SessionRevoked',
  'SignedOutEverywhere',
  'UserErased',
])

/** Live sessions by person. Accounts and sessions are different streams: the fold does not rely on their order. */
export const sessionsView: View<UserContextEvent, SessionsDoc> = {
  name: 'sessions',
  version: 1,
  categories: [SESSION, USER],
  keysOf: ({ event }) => (CONCERNED.has(event.type) && 'userId' in event.data ? [event.data.userId] : []),
  evolve: (doc, { event }) => evolve(doc ?? EMPTY, event),
  indexes: () => ({}),
}
