import type { CheckSettings, OpenContext } from '@mercato/adapters/hosting/context-host'
import { type Migrations, migrate } from '@mercato/adapters/postgres/migrate'
import { createPostgresSignInAttempts, createUserSubgraph, DEMO_USERS, userMigrations } from './composition.ts'
import { settingsFrom } from './config.ts'

/** Migrations of the context's own tables. */
export const migrations: readonly Migrations[] = [userMigrations]

/** Refuses malformed settings. */
export const checkSettings: CheckSettings = env => {
  settingsFrom(env)
}

/** The user context in a shared process. Demo users, whose passwords everybody knows, exist in development only. */
export const openContext: OpenContext = async ({ ports, pool, gatewaySecret, mailer, development }) => {
  for (const each of migrations) await migrate(pool, each)
  const attempts = createPostgresSignInAttempts(pool)
  const subgraph = await createUserSubgraph({
    ...ports,
    gatewaySecret,
    mailer,
    attempts,
    settings: settingsFrom(process.env),
  })
  const seed = async (): Promise<void> => {
    await subgraph.seedUsers(DEMO_USERS)
  }
  return development ? { ...subgraph, seed } : subgraph
}
