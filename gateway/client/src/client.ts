import { createConsistencyKeeper } from './consistency.ts'
import type { Document, Given, GraphQLProblem, Request, Result } from './document.ts'
import { ClientFailure } from './failure.ts'
import { type FollowOptions, follow, type StreamEvent } from './follow.ts'
import { MergeGuestCart, type MergeGuestCartMutation, RefreshSession, SignIn, SignOut } from './generated/operations.ts'
import { type SendOptions, send } from './send.ts'
import { createSession, type Session, type Tokens } from './session.ts'
import { createServerSentEvents } from './transports/server-sent-events.ts'
import { createWebSocketTransport } from './transports/web-socket.ts'

export interface ClientOptions {
  /** Where GraphQL is answered: `https://shop.example/graphql`. */
  readonly url: string | URL
  readonly apiKey?: string
  /** What live operations go by; `websocket` when absent. */
  readonly live?: 'websocket' | 'sse'
  /** Of somebody who signed in before. */
  readonly tokens?: Tokens
  /** Told whenever they change: keep them where a reload finds them. */
  readonly onTokens?: (tokens: Tokens | undefined) => void
}

export interface Answer<Data> {
  readonly data: Data
  /** What could not be shown of it. */
  readonly problems: readonly GraphQLProblem[]
}

/** What was gathered before signing in. */
export interface GuestCart {
  readonly guestToken: string
}

export interface MercatoClient extends Disposable {
  readonly session: Session
  /**
   * Rejects with a `ClientFailure` of the code `USER.…` when the gateway says so. With the token of a guest's cart, what it held is
   * in the person's own cart afterwards, and the answer says what found no room; a token that is no good does not keep anybody out.
   */
  signIn(email: string, password: string, guest?: GuestCart): Promise<Answer<MergeGuestCartMutation> | undefined>
  signOut(): Promise<void>
  query<Data, Variables>(document: Document<Data, Variables>, ...given: Given<Variables>): Promise<Answer<Data>>
  /** Has its effect once, however often it must be sent. */
  mutate<Data, Variables>(
    document: Document<Data, Variables>,
    variables: Variables,
    options?: SendOptions,
  ): Promise<Answer<Data>>
  /**
   * Every event once and in order, for as long as the loop runs; see `follow`. A cursor belongs to who it was given to: whoever signs
   * in or out begins their streams anew.
   */
  subscribe<Data, Variables>(
    document: Document<Data, Variables>,
    variables: Variables,
    options?: FollowOptions,
  ): AsyncGenerator<StreamEvent<Data>, void, undefined>
}

interface Issued {
  readonly session: Tokens | null
  readonly userErrors: readonly { readonly code: string; readonly message: string }[]
}

const requestFor = (query: string, variables: unknown, extensions?: Request['extensions']): Request => ({
  query,
  variables: { ...(variables as Request['variables']) },
  ...(extensions && { extensions }),
})

const answerOf = <Data>({ data, errors }: Result): Answer<Data> => ({ data: data as Data, problems: errors ?? [] })

/** Mercato for a front end, in a browser or in Node. Typed by the documents it is given. */
export const createMercatoClient = (options: ClientOptions): MercatoClient => {
  const url = new URL(options.url)
  const { apiKey } = options
  const consistency = createConsistencyKeeper()
  const anonymous = { url, apiKey, consistency, accessToken: async () => undefined, renew: async () => false }
  const session = createSession({
    tokens: options.tokens,
    onTokens: options.onTokens,
    async refresh(refreshToken) {
      const { data } = await send(anonymous, { query: RefreshSession, variables: { input: { refreshToken } } }, {})
      return (data?.['refreshSession'] as Issued | undefined)?.session ?? undefined
    },
  })
  const { accessToken, renew } = session
  const sender = { ...anonymous, accessToken, renew }
  const createLive = options.live === 'sse' ? createServerSentEvents : createWebSocketTransport
  const transport = createLive({ url, apiKey, accessToken, turn: () => session.turn })

  const mutate: MercatoClient['mutate'] = async (document, variables, given = {}) => {
    const idempotencyKey = given.idempotencyKey ?? crypto.randomUUID()
    return answerOf(await send(sender, requestFor(document, variables), { ...given, idempotencyKey }))
  }

  return {
    session,
    async signIn(email, password, guest) {
      const { data } = await send(anonymous, { query: SignIn, variables: { input: { email, password } } }, {})
      const answered = data?.['signIn'] as Issued | null | undefined
      const issued = answered?.session
      const { code, message } = answered?.userErrors[0] ?? { code: 'UNKNOWN', message: 'No session was opened.' }
      if (!issued) throw new ClientFailure(code, message)
      session.use(issued)
      return guest && mutate(MergeGuestCart, { input: { guestToken: guest.guestToken } })
    },
    async signOut() {
      // Signed out here in any case; a session nobody can reach ends by itself.
      await send(sender, { query: SignOut, variables: { input: {} } }, {}).catch(() => undefined)
      session.use(undefined)
    },
    query: async (document, ...[variables]) => answerOf(await send(sender, requestFor(document, variables), {})),
    mutate,
    subscribe(document, variables, given = {}) {
      const written = consistency.current()
      const extensions = written.length > 0 ? { consistencyToken: written.join(', ') } : undefined
      const source = { transport, token: () => session.tokens?.accessToken, renew }
      return follow(source, requestFor(document, variables, extensions), given)
    },
    [Symbol.dispose]() {
      transport.close()
    },
  }
}
