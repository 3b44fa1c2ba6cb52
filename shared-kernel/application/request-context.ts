import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { Actor } from './event-envelope.ts'
import { Fault } from './faults.ts'

/** Who asks, as the gateway has established it. Without a signed-in user only the consumer (API key) is known. */
export interface Viewer {
  /** The API consumer that the edge recognised (`frontend`), or `unknown`. */
  readonly consumer: string
  readonly user?: {
    readonly id: string
    readonly roles: readonly string[]
    readonly scopes: readonly string[]
    readonly sessionId: string
    readonly emailVerified: boolean
    /** Seconds since the epoch at which the person last proved who they are. */
    readonly authenticatedAt: number
  }
}

/** What the gateway tells a subgraph about a request, signed together with the body. */
export interface GatewayContext {
  readonly viewer: Viewer
  readonly correlationId: string
  /** From the `Idempotency-Key` header; a field's key is this plus its response path. */
  readonly idempotencyKey?: string
  /** What the session has written: stream id → revision that a read must include. */
  readonly consistency: Readonly<Record<string, number>>
  /** Milliseconds since the epoch after which nobody waits for the answer. */
  readonly deadline: number
  /** Milliseconds since the epoch; a signature is honoured for a minute. */
  readonly issuedAt: number
}

export const CONTEXT_HEADER = 'x-mercato-context'
export const SIGNATURE_HEADER = 'x-mercato-signature'
const HONOURED_MS = 60_000

const sign = (secret: string, context: string, body: string): Buffer =>
  createHmac('sha256', secret).update(context).update('\n').update(createHash('sha256').update(body).digest()).digest()

/** Headers that carry the context to a subgraph and prove that a gateway sent them with exactly this body. */
export const signGatewayContext = (secret: string, context: GatewayContext, body: string): Record<string, string> => {
  const encoded = Buffer.from(JSON.stringify(context)).toString('base64url')
  return { [CONTEXT_HEADER]: encoded, [SIGNATURE_HEADER]: sign(secret, encoded, body).toString('base64url') }
}

/** Reads the headers back; `undefined` unless the signature fits secret and body and is fresh at `now` (ms since the epoch). */
export const verifyGatewayContext = (
  secret: string,
  headers: { get(name: string): string | null },
  body: string,
  now: number,
): GatewayContext | undefined => {
  const encoded = headers.get(CONTEXT_HEADER)
  const given = headers.get(SIGNATURE_HEADER)
  if (!encoded || !given) return undefined
  const expected = sign(secret, encoded, body)
  const actual = Buffer.from(given, 'base64url')
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) return undefined
  const context = JSON.parse(Buffer.from(encoded, 'base64url').toString()) as GatewayContext
  return Math.abs(now - context.issuedAt) <= HONOURED_MS ? context : undefined
}

/** The actor that events record for a viewer. */
export const actorOf = (viewer: Viewer): Actor =>
  viewer.user ? { kind: 'user', id: viewer.user.id } : { kind: 'anonymous', id: viewer.consumer }

export const hasScope = (viewer: Viewer, scope: string): boolean => viewer.user?.scopes.includes(scope) ?? false

/** Fault UNAUTHENTICATED when nobody is signed in, FORBIDDEN without the scope. */
export const requireScope = (viewer: Viewer, scope: string): void => {
  if (!viewer.user) throw new Fault('UNAUTHENTICATED', 'Sign in first.')
  if (!hasScope(viewer, scope)) throw new Fault('FORBIDDEN', `This needs the scope ${scope}.`)
}
