import { randomUUID } from 'node:crypto'
import type { EventBus, Logger } from '@mercato/shared-kernel/application'
import type { Identity } from './access-tokens.ts'

/** Something that makes access tokens void before they expire: those of one session, or all issued before `at` (ms since the epoch). */
export type Revocation =
  | { readonly kind: 'session-revoked'; readonly userId: string; readonly at: number; readonly sessionId: string }
  | { readonly kind: 'tokens-revoked'; readonly userId: string; readonly at: number }

/** Knows which access tokens are void although they have not expired. */
export interface Revocations extends AsyncDisposable {
  /** Whether a token of this identity must be refused. */
  refuses(identity: Identity): boolean
  /** Calls `listener` after each new revocation until the returned function is called. */
  onRevoked(listener: (revocation: Revocation) => void): () => void
}

export interface RevocationsOptions {
  readonly bus: EventBus
  readonly logger: Logger
  readonly now: () => number
  /** What the user context published of late: a gateway that starts anew must not honour what was revoked before. */
  readonly initial?: () => Promise<readonly unknown[]>
  /** Milliseconds after which no token issued before a revocation can still be valid. */
  readonly keepMs?: number
}

const TOPIC = 'user.integration-events'

/** Our issuer writes milliseconds into `iat`: what was issued in the same second, but after the change, is good. */
const voids = (revocation: Revocation, { user, issuedAt }: Identity): boolean => {
  switch (revocation.kind) {
    case 'session-revoked':
      return revocation.sessionId === user.sessionId
    case 'tokens-revoked':
      return Math.round(issuedAt * 1_000) < revocation.at
  }
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** For a gateway without an event bus: tokens are honoured until they expire. */
export const noRevocations: Revocations = {
  refuses: () => false,
  onRevoked: () => () => undefined,
  [Symbol.asyncDispose]: async () => undefined,
}

/** After these, tokens issued before are void; the value names the field with the time. */
const VOIDING: Readonly<Record<string, string>> = {
  'user.RolesChanged': 'rolesChangedAt',
  'user.SessionsRevoked': 'at',
  'user.UserDeactivated': 'at',
  'user.UserErased': 'at',
}

/** Reads the user context's events that void tokens; anything else on the topic is of no interest. */
export const readRevocation = (value: unknown): Revocation | undefined => {
  if (typeof value !== 'object' || value === null || !('type' in value) || !('data' in value)) return undefined
  const { type, data } = value
  const timeField = typeof type === 'string' && Object.hasOwn(VOIDING, type) ? VOIDING[type] : undefined
  if (timeField === undefined || typeof data !== 'object' || data === null) return undefined
  const fields: Readonly<Record<string, unknown>> = { ...data }
  const userId = text(fields['userId'])
  const sessionId = text(fields['sessionId'])
  const at = Date.parse(text(fields[timeField]) ?? '')
  if (userId === undefined || Number.isNaN(at)) return undefined
  return type === 'user.SessionsRevoked' && sessionId !== undefined
    ? { kind: 'session-revoked', userId, at, sessionId }
    : { kind: 'tokens-revoked', userId, at }
}

/** Follows the user context's events: a revoked token is refused as soon as the event arrives. */
export const createRevocations = async ({
  bus,
  logger,
  now,
  initial,
  keepMs = 15 * 60_000,
}: RevocationsOptions): Promise<Revocations> => {
  const byUser = new Map<string, Revocation[]>()
  const listeners = new Set<(revocation: Revocation) => void>()

  const remember = (revocation: Revocation): void => {
    const since = now() - keepMs
    for (const [userId, kept] of byUser) if (kept.every(({ at }) => at < since)) byUser.delete(userId)
    byUser.set(revocation.userId, [
      ...(byUser.get(revocation.userId) ?? []).filter(({ at }) => at >= since),
      revocation,
    ])
  }

  const subscription = await bus.subscribe({
    topic: TOPIC,
    group: `gateway-${randomUUID()}`,
    from: 'live',
    handler: async ({ value }) => {
      const revocation = readRevocation(value)
      if (!revocation) return
      remember(revocation)
      for (const listener of listeners) listener(revocation)
    },
    onPoison: async (message, cause) =>
      logger.error('a revocation could not be read', { id: message.id, error: cause }),
  })
  // Asked after subscribing: what is revoked meanwhile comes twice rather than not at all.
  for (const published of (await initial?.()) ?? []) {
    const revocation = readRevocation(published)
    if (revocation) remember(revocation)
  }

  return {
    refuses: identity => byUser.get(identity.user.id)?.some(revocation => voids(revocation, identity)) ?? false,
    onRevoked(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    [Symbol.asyncDispose]: () => subscription[Symbol.asyncDispose](),
  }
}
