import { createMemoryCheckpoints } from '@mercato/adapters/checkpoints/memory'
import { createInProcessBus } from '@mercato/adapters/event-bus/in-process'
import { createDevMailbox } from '@mercato/adapters/mailer/dev-mailbox'
import { createFakeClock } from '@mercato/adapters/testing/fake-clock'
import { createMemoryPorts } from '@mercato/adapters/testing/memory-ports'
import { createRecordingLogger } from '@mercato/adapters/testing/quiet'
import { type Answer, subgraphClient } from '@mercato/adapters/testing/subgraph-client'
import type { ContextPorts, IntegrationEvent, Viewer } from '@mercato/shared-kernel/application'
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose'
import { expect } from 'vitest'
import { createMemorySignInAttempts, createUserSubgraph, type UserSettings } from './composition.ts'

const gatewaySecret = 'the gateway and this subgraph share it'
export const ANYBODY: Viewer = { consumer: 'frontend' }
export const PASSWORD = 'correct horse battery staple'

export const REGISTER = `mutation ($input: RegisterUserInput!) {
  registerUser(input: $input) { user { id username createdAt } userErrors { code field } consistencyToken }
}`
export const VERIFY = `mutation ($token: String!) {
  verifyEmail(input: { token: $token }) { user { id } userErrors { code } }
}`
export const SIGN_IN = `mutation ($email: String!, $password: String!) {
  signIn(input: { email: $email, password: $password }) {
    session { id accessToken accessTokenExpiresAt refreshToken refreshTokenExpiresAt }
    user { id username }
    userErrors { code message }
    consistencyToken
  }
}`
export const REFRESH = `mutation ($token: String!) {
  refreshSession(input: { refreshToken: $token }) { session { id accessToken refreshToken } userErrors { code message } }
}`

/** The user context over memory adapters, with a mailbox and a clock to move, driven as its gateway does. */
export const openUserContext = async (
  options: { readonly settings?: Partial<UserSettings>; readonly ports?: Partial<ContextPorts> } = {},
) => {
  const open = new AsyncDisposableStack()
  const clock = createFakeClock()
  const published: IntegrationEvent[] = []
  const logger = createRecordingLogger()
  const bus = open.use(createInProcessBus({ checkpoints: createMemoryCheckpoints(), logger }))
  const ports = { ...open.use(createMemoryPorts({ bus, clock, logger })), ...options.ports }
  const mailbox = open.use(createDevMailbox({ clock, keep: 1_000 }))
  const attempts = open.use(createMemorySignInAttempts())
  const subgraph = open.use(
    await createUserSubgraph({
      ...ports,
      gatewaySecret,
      mailer: mailbox,
      attempts,
      ...(options.settings ? { settings: options.settings } : {}),
    }),
  )
  await bus.subscribe({
    topic: 'user.integration-events',
    group: 'test',
    from: 'earliest',
    handler: async ({ value }) => {
      published.push(value as IntegrationEvent)
    },
  })
  await subgraph.connect()
  await subgraph.start()
  const client = subgraphClient(subgraph, { secret: gatewaySecret, viewer: ANYBODY, now: () => clock.now().getTime() })

  const mailsTo = async (email: string) => (await mailbox.list()).filter(({ to }) => to === email)

  /** The token of the latest mail to an address; waits for the mail. */
  const mailedToken = async (email: string, subject: string | RegExp, after = 0): Promise<string> => {
    for (;;) {
      const mails = (await mailsTo(email)).filter(mail => mail.subject.match(subject))
      const token = mails.length > after ? /#token=(\S+)/.exec(mails[0]?.text ?? '')?.[1] : undefined
      if (token) return token
      await new Promise(resolve => setTimeout(resolve, 5))
    }
  }

  /** Who the gateway would say it is, from an access token. */
  const viewerFrom = async (accessToken: string): Promise<Viewer> => {
    const keySet = createLocalJWKSet((await subgraph.jwks()) as JSONWebKeySet)
    const { payload } = await jwtVerify(accessToken, keySet, {
      issuer: 'https://mercato.local',
      audience: 'mercato',
      typ: 'at+jwt',
      currentDate: clock.now(),
    })
    return {
      consumer: 'frontend',
      user: {
        id: String(payload.sub),
        roles: payload['roles'] as readonly string[],
        scopes: String(payload['scope']).split(' ').filter(Boolean),
        sessionId: String(payload['sid']),
        emailVerified: payload['email_verified'] === true,
        authenticatedAt: Number(payload['auth_time']),
      },
    }
  }

  const register = async (name: string, password: string | null = PASSWORD): Promise<string> => {
    const input = { email: `${name}@example.com`, username: name, password }
    const { data } = await client.query(REGISTER, { input })
    return data.registerUser.user.id
  }

  const trySignIn = (password: string, email = 'ann@example.com') => client.query(SIGN_IN, { email, password })

  /** Why somebody is not let in; undefined when they are. */
  const signInCode = async (password: string, email?: string) => refusalIn(await trySignIn(password, email), 'signIn')

  const signIn = async (name: string, password = PASSWORD) => {
    const { data } = await trySignIn(password, `${name}@example.com`)
    const { session } = data.signIn
    return { ...session, viewer: await viewerFrom(session.accessToken) } as {
      readonly id: string
      readonly accessToken: string
      readonly refreshToken: string
      readonly viewer: Viewer
    }
  }

  /** Somebody who has registered and signed in, by the id of their account. */
  const signedIn = async (name = 'ann') => {
    const id = await register(name)
    return { ...(await signIn(name)), id }
  }

  const refresh = async (token: string) => {
    const answer = await client.query(REFRESH, { token })
    return { session: answer.data.refreshSession.session, code: refusalIn(answer, 'refreshSession') }
  }

  /** Runs a mutation field with one input as somebody. */
  const doAs = (viewer: Viewer, field: string, input: Record<string, unknown>, selection = 'user { id }') => {
    const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input!`
    return client.query(
      `mutation ($input: ${type}) { ${field}(input: $input) { ${selection} userErrors { code field } consistencyToken } }`,
      { input },
      { viewer },
    )
  }

  /** Every event of the log as it lies there. */
  const log = async () => (await ports.store.readLog('', 5_000)).events

  /** Expects an act to append nothing. */
  const unchanged = async (act: () => Promise<void>) => {
    const before = await log()
    await act()
    expect(await log()).toEqual(before)
  }

  return {
    clock,
    client,
    subgraph,
    ports,
    attempts,
    logger,
    published,
    mailsTo,
    mailedToken,
    viewerFrom,
    register,
    trySignIn,
    signInCode,
    signIn,
    signedIn,
    refresh,
    doAs,
    log,
    unchanged,
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  }
}
export type UserContext = Awaited<ReturnType<typeof openUserContext>>

/** Code of the one refusal in a payload; undefined when there is none. */
export const refusalIn = ({ data }: Answer, field: string): string | undefined => data[field].userErrors[0]?.code

/** Code of the first error of an answer. */
export const faultIn = ({ errors }: Answer): unknown => errors?.[0]?.extensions?.['code']
