import { randomUUID } from 'node:crypto'
import { MAILBOX_PATH, REVOCATIONS_PATH } from '@mercato/adapters/hosting/inside-routes'
import type { SubgraphTransport } from '@mercato/adapters/subgraph-transport/subgraph-transport'
import { Fault, signGatewayContext } from '@mercato/shared-kernel/application'
import type { JSONWebKeySet } from 'jose'
import type { ShownMail } from './mailbox-page.ts'

/** What a gateway asks of the user context besides GraphQL, when that is another process. */
export interface UserContext {
  jwks(): Promise<JSONWebKeySet>
  /** Events within the lifetime of an access token that make such tokens void. */
  recentRevocations(): Promise<readonly unknown[]>
  /** The development mailbox. */
  list(): Promise<readonly ShownMail[]>
}

const WITHIN_MS = 5_000

/** Asks over the same way as GraphQL, signed in the same way. */
export const createUserContext = (options: {
  readonly transport: SubgraphTransport
  readonly secret: string
  readonly now: () => number
}): UserContext => {
  const { transport, secret, now } = options

  const ask = async (path: string): Promise<unknown> => {
    const issuedAt = now()
    const context = { viewer: { consumer: 'gateway' }, correlationId: randomUUID(), consistency: {}, issuedAt }
    const headers = signGatewayContext(secret, { ...context, deadline: issuedAt + WITHIN_MS }, '')
    const request = new Request(`http://user${path}`, { headers, signal: AbortSignal.timeout(WITHIN_MS) })
    const response = await transport.fetch(request)
    if (!response.ok) throw new Fault('SERVICE_UNAVAILABLE', `The user service answered ${response.status} to ${path}.`)
    return response.json()
  }

  return {
    jwks: async () => (await ask('/.well-known/jwks.json')) as JSONWebKeySet,
    recentRevocations: async () => (await ask(REVOCATIONS_PATH)) as readonly unknown[],
    async list() {
      const { mails } = (await ask(MAILBOX_PATH)) as { readonly mails: readonly (ShownMail & { sentAt: string })[] }
      return mails.map(mail => ({ ...mail, sentAt: new Date(mail.sentAt) }))
    },
  }
}
