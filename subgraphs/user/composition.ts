import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createSubgraphServer } from '@mercato/adapters/subgraph-server/create-subgraph-server'
import type { Subgraph } from '@mercato/adapters/subgraph-server/subgraph'
import {
  type ContextPorts,
  createContextRuntime,
  createIdempotency,
  createMutate,
  type Loop,
  type Mailer,
  type Published,
  type RequestContext,
} from '@mercato/shared-kernel/application'
import DataLoader from 'dataloader'
import { createAdministration } from '#application/administration.ts'
import { createAggregates } from '#application/aggregates.ts'
import { createChanges } from '#application/changes.ts'
import { createSeedUsers, type SeedUsers } from '#application/demo-users.ts'
import { createGuessingBudget } from '#application/guessing-budget.ts'
import { createIdentityClaims } from '#application/identity-claims.ts'
import { createLetters } from '#application/mails.ts'
import { startMaintenance } from '#application/maintenance.ts'
import { createOwnAccount } from '#application/own-account.ts'
import { createOwnNames } from '#application/own-names.ts'
import { createPasswords } from '#application/passwords.ts'
import type { PasswordHasher, SignInAttempts } from '#application/ports.ts'
import { publish } from '#application/published-events.ts'
import { createQueries } from '#application/queries.ts'
import { createReactions } from '#application/reactions.ts'
import { createRegistration } from '#application/registration.ts'
import { createReadRevocations, revocationsView } from '#application/revocations-view.ts'
import { createSessionKeeper } from '#application/sessions.ts'
import { sessionsView } from '#application/sessions-view.ts'
import { defaultSettings, type UserSettings } from '#application/settings.ts'
import { createSignIn } from '#application/sign-in.ts'
import { createSigningKeyRing, PUBLISHED_AHEAD_MS } from '#application/signing-key-ring.ts'
import { usersView } from '#application/users-view.ts'
import type { Jwk } from '#domain/signing-keys.ts'
import { createAccessTokens } from '#infrastructure/access-tokens.ts'
import { createUserCodec } from '#infrastructure/event-codec.ts'
import { createLinkTokens } from '#infrastructure/link-tokens.ts'
import { createArgon2Hasher } from '#infrastructure/password-hasher.ts'
import { createRefreshTokens } from '#infrastructure/refresh-tokens.ts'
import { createKeyedHash } from '#infrastructure/subkey.ts'
import type { SubgraphContext, UseCases } from '#presentation/context.ts'
import * as entities from '#presentation/entities.ts'
import { Mutation } from '#presentation/mutations.ts'
import { Query } from '#presentation/queries.ts'
import { Subscription } from '#presentation/subscriptions.ts'

export { DEMO_USERS, type DemoUser } from '#application/demo-users.ts'
export type { UserSettings } from '#application/settings.ts'
export { createArgon2Hasher } from '#infrastructure/password-hasher.ts'
export { createMemorySignInAttempts } from '#infrastructure/sign-in-attempts/memory.ts'
export { createPostgresSignInAttempts } from '#infrastructure/sign-in-attempts/postgres.ts'

/** Migrations of this context's own tables, run in the user database besides the technical ones. */
export const userMigrations = {
  folder: fileURLToPath(new URL('./infrastructure/migrations', import.meta.url)),
  table: 'user_migrations',
}

export interface UserDependencies extends ContextPorts {
  readonly gatewaySecret: string
  readonly mailer: Mailer
  readonly attempts: SignInAttempts
  readonly hasher?: PasswordHasher
  readonly settings?: Partial<UserSettings>
}

export interface UserSubgraph extends Subgraph {
  /** Public keys of access tokens, those of the next rotation included. */
  jwks(): Promise<{ readonly keys: readonly Jwk[] }>
  /** What it published within the lifetime of an access token that makes such tokens void. To be asked once it is connected. */
  recentRevocations(): Promise<readonly Published[]>
  readonly seedUsers: SeedUsers
}

const SDL = new URL('../../schema/subgraphs/user.graphql', import.meta.url)

/** The user context: its subgraph and the workers behind it. */
export const createUserSubgraph = async (dependencies: UserDependencies): Promise<UserSubgraph> => {
  const { gatewaySecret, mailer, attempts, hasher = createArgon2Hasher(), settings, ...ports } = dependencies
  const { issuer, audience, appUrl, accessTokenMs, signingKeyMs } = { ...defaultSettings, ...settings }
  const { clock, ids, secret, vault, logger, metrics } = ports

  const codec = createUserCodec(vault)
  const { users, sessions, keyRing } = createAggregates(ports, codec)
  const keyedHash = createKeyedHash(secret)
  const links = createLinkTokens(secret)
  const refreshTokens = createRefreshTokens(secret)
  const accessTokens = createAccessTokens({ issuer, audience, lifetimeMs: accessTokenMs })
  const keys = createSigningKeyRing({ keyRing, tokens: accessTokens, clock, ids, periodMs: signingKeyMs })
  const identities = createIdentityClaims({ claims: ports.claims, users, keyedHash })
  const keeper = createSessionKeeper({ users, sessions, refreshTokens, accessTokens, keys, ids })
  const shared = {
    users,
    sessions,
    keeper,
    identities,
    hasher,
    refreshTokens,
    attempts,
    budget: createGuessingBudget(),
    keyedHash,
    links,
    ids,
    metrics,
  }
  const registration = createRegistration(shared)

  const runtime = createContextRuntime(
    {
      context: 'user',
      codec,
      views: [usersView, sessionsView, revocationsView],
      translate: publish,
      react: createReactions({ users, identities, vault, mailer, links, letters: createLetters(appUrl) }),
    },
    ports,
  )
  const idempotent = createIdempotency({ store: ports.idempotency, clock, ids, logger, secret })
  const useCases: UseCases = {
    users,
    registration,
    signIn: createSignIn(shared),
    sessions: keeper,
    passwords: createPasswords(shared),
    ownAccount: createOwnAccount(shared),
    ownNames: createOwnNames(shared),
    administration: createAdministration(shared),
    queries: createQueries(users, runtime.projector, ports),
    changes: createChanges(users, runtime),
    mutate: createMutate({ idempotent, clock }),
    operations: runtime.operations,
    commandOf: ({ actor, correlationId, traceparent }) => ({
      actor,
      correlationId,
      commandId: ids.next(),
      now: clock.now(),
      ...(traceparent === undefined ? {} : { traceparent }),
    }),
  }

  const extend = (base: RequestContext): SubgraphContext => {
    const loader = new DataLoader((userIds: readonly string[]) => useCases.queries.users(userIds, base))
    return { ...base, ...useCases, userOf: id => loader.load(id) }
  }

  const jwks = async () => ({ keys: await keys.published() })
  const publishKeys = async () =>
    Response.json(await jwks(), { headers: { 'cache-control': `public, max-age=${PUBLISHED_AHEAD_MS / 2_000}` } })
  const { bookOf: _, ...types } = entities
  const health = () => ({ ready: runtime.ready(), detail: {} })
  const server = createSubgraphServer<SubgraphContext>({
    context: 'user',
    sdl: readFileSync(SDL, 'utf8'),
    resolvers: { Query, Mutation, Subscription, ...types },
    gatewaySecret,
    logger,
    metrics,
    now: () => clock.now().getTime(),
    extend,
    routes: { '/.well-known/jwks.json': publishKeys },
    health,
  })
  const revocations = createReadRevocations(ports.views, async () => {
    await runtime.catchUp()
    return runtime.projector.live(revocationsView.name)
  })
  let maintenance: Loop | undefined

  return {
    name: 'user',
    fetch: request => server.fetch(request),
    connect: () => runtime.connect(),
    rebuilding: runtime.rebuilding,
    async start() {
      await keys.signer()
      await runtime.start()
      maintenance = startMaintenance({ keys, identities, attempts, clock, ids, logger })
    },
    drain: () => server.drain(),
    health,
    jwks,
    recentRevocations: () => revocations(new Date(clock.now().getTime() - accessTokenMs)),
    seedUsers: createSeedUsers({ users, registration, clock, ids }),
    async [Symbol.asyncDispose]() {
      await server.drain()
      await maintenance?.[Symbol.asyncDispose]()
      await runtime[Symbol.asyncDispose]()
    },
  }
}
