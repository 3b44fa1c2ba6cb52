import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseEnv } from 'node:util'
import { databaseOf } from '@mercato/adapters/hosting/config'
import { isRunningStack, STACK_FILE } from '../stack/stack-file.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const COMPOSE_ENV = join(root, 'infrastructure', 'docker', '.env')
/** Where compose publishes the database of each context on this machine. */
const COMPOSE_DATABASES: Readonly<Record<string, number>> = { user: 5433, order: 5434, inventory: 5435, payment: 5436 }

/** Where the services are that a script sets up. */
export interface Addresses {
  /** How they were found, for people. */
  readonly from: string
  readonly brokers: string
  databaseOf(context: string): string
  readonly kongAdmin: string
  readonly kongFile: string
}

type Variables = Readonly<Record<string, string | undefined>>

const readVariables = (file: string): Variables => parseEnv(readFileSync(file, 'utf8'))

/** What the running stack or compose say; a variable of the environment wins over both. */
const known = (env: Variables): { readonly from: string; readonly variables: Variables } => {
  const stack = join(env['MERCATO_STACK'] ?? join(root, '.data', 'stack'), STACK_FILE)
  if (existsSync(stack) && isRunningStack(stack)) return { from: 'the native stack', variables: readVariables(stack) }
  if (existsSync(COMPOSE_ENV)) return { from: 'docker compose', variables: readVariables(COMPOSE_ENV) }
  return { from: 'the environment', variables: {} }
}

export const findAddresses = (env: Variables): Addresses => {
  const { from, variables } = known(env)
  const value = (name: string): string | undefined => env[name] || variables[name]
  return {
    from,
    brokers: value('KAFKA_BROKERS') ?? 'localhost:9092',
    kongAdmin: value('KONG_ADMIN_URL') ?? 'http://localhost:8001',
    kongFile: value('KONG_FILE') ?? join(root, 'infrastructure', 'kong', 'kong.yml'),
    databaseOf(context) {
      const server = value('DATABASE_URL')
      if (server !== undefined) return databaseOf(server, context)
      const [password, port] = [variables['POSTGRES_PASSWORD'], COMPOSE_DATABASES[context]]
      if (password === undefined || port === undefined)
        throw new Error(
          `Where is the database of ${context}? Start the stack, or set DATABASE_URL to a PostgreSQL server.`,
        )
      return `postgres://mercato:${password}@localhost:${port}/${context}`
    },
  }
}
