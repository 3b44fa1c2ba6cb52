import type { EventEnvelope, Published, View, ViewStore } from '@mercato/shared-kernel/application'
import { SESSION, USER } from './aggregates.ts'
import type { UserContextEvent } from './context-events.ts'
import { publish, type UserIntegrationEvent } from './published-events.ts'

type Revoking = Exclude<UserIntegrationEvent, { type: 'user.UserRegistered' }>

interface Entry {
  readonly at: string
  readonly published: Revoking
}

/** What made access tokens of one person void, latest last. */
export interface RevocationsDoc {
  readonly entries: readonly Entry[]
}

/** No access token lives longer. */
const KEPT_MS = 86_400_000
const LATEST = 'latest'
const PAGE = 200

const revoking = (envelope: EventEnvelope<UserContextEvent>): Revoking | undefined => {
  const published = publish(envelope) as UserIntegrationEvent | undefined
  return published?.type === 'user.UserRegistered' ? undefined : published
}

const timeOf = ({ data }: Revoking): string => ('rolesChangedAt' in data ? data.rolesChangedAt : data.at)

/** People whose access tokens were made void, by the time of the last such event. */
export const revocationsView: View<UserContextEvent, RevocationsDoc> = {
  name: 'revocations',
  version: 1,
  categories: [USER, SESSION],
  keysOf(envelope) {
    const published = revoking(envelope)
    return published ? [published.data.userId] : []
  },
  evolve(doc, envelope) {
    const published = revoking(envelope)
    if (!published) return doc
    const at = timeOf(published)
    const since = new Date(Date.parse(at) - KEPT_MS).toISOString()
    const kept = (doc?.entries ?? []).filter(entry => entry.at >= since)
    return { entries: [...kept, { at, published }].sort((a, b) => (a.at < b.at ? -1 : 1)) }
  },
  indexes: ({ entries }) => ({ [LATEST]: [entries.at(-1)?.at ?? ''] }),
}

/** What was published since a moment and makes access tokens void. */
export type ReadRevocations = (since: Date) => Promise<readonly Published[]>

/** `catchUp` resolves, with the build to read, when the view includes what is in the log: a revocation must not be missed. */
export const createReadRevocations =
  (store: ViewStore, catchUp: () => Promise<string>): ReadRevocations =>
  async since => {
    const build = await catchUp()
    const from = since.toISOString()
    const found: Entry[] = []
    for (let after: string | undefined; ; ) {
      const range = { index: LATEST, limit: PAGE, descending: true, ...(after === undefined ? {} : { after }) }
      const { items, more } = await store.list(build, range)
      const recent = items.map(({ doc }) => (doc as RevocationsDoc).entries.filter(({ at }) => at >= from))
      found.push(...recent.flat())
      after = items.at(-1)?.cursor
      if (!more || recent.at(-1)?.length === 0) return found.map(({ published }) => published)
    }
  }
