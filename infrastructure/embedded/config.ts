import { resolve } from 'node:path'
import { contextSettings, type KafkaConfig, kafkaSettings } from '@mercato/adapters/hosting/config'
import * as kind from '@mercato/adapters/settings/kinds'
import { tracingProblems } from '@mercato/adapters/settings/tracing-endpoints'
import { z } from 'zod'
import { startError } from './postgres/start-error.ts'

/** How the whole of Mercato runs in one process. Read once, from the environment. */
export interface EmbeddedConfig {
  /** Address to listen on; only this machine by default. */
  readonly host: string
  /** Port of the edge: everything a client needs. */
  readonly edgePort: number
  /** Port of the edge's admin interface. */
  readonly adminPort: number
  /** Folder of the database and the local secrets. */
  readonly dataDir: string
  readonly logLevel: 'error' | 'warn' | 'info' | 'debug'
  /** `iss` and `aud` of access tokens. */
  readonly issuer: string
  readonly audience: string
  /** Subgraphs that run elsewhere, by name: called over HTTP instead of in this process. */
  readonly subgraphs: Readonly<Record<string, string>>
  /** Shared with subgraphs that run elsewhere; a secret of the data folder when absent. */
  readonly gatewaySecret: string | undefined
  /** A PostgreSQL server instead of the one that comes along. */
  readonly databaseUrl: string | undefined
  /** Where the log is when not in the database. */
  readonly eventStoreUrl: string | undefined
  /** Where views are kept when not in this process. */
  readonly redisUrl: string | undefined
  /** Certificate authority to trust for it. */
  readonly redisCaFile: string | undefined
  /** The bus, when not in this process. */
  readonly kafka: KafkaConfig | undefined
}

const schema = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  EDGE_PORT: kind.port().default(8000),
  EDGE_ADMIN_PORT: kind.port().default(8001),
  MERCATO_DATA_DIR: z.string().min(1).default('.data'),
  LOG_LEVEL: z.enum(['error', 'warn', 'info', 'debug'], 'must be error, warn, info or debug').default('warn'),
  ISSUER: z.url('must be an address').default('https://mercato.local'),
  AUDIENCE: z.string().min(1).default('mercato'),
  GATEWAY_SECRET: kind.secret().optional(),
  DATABASE_URL: contextSettings.shape.DATABASE_URL.optional(),
  EVENT_STORE_URL: contextSettings.shape.EVENT_STORE_URL,
  REDIS_URL: contextSettings.shape.REDIS_URL.optional(),
  REDIS_CA_FILE: contextSettings.shape.REDIS_CA_FILE,
  KAFKA_BROKERS: kafkaSettings.shape.KAFKA_BROKERS.optional(),
})

/** Reads the environment; names all malformed settings at once in one sentence. */
export const readConfig = (env: Readonly<Record<string, string | undefined>>): EmbeddedConfig => {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const read = schema.safeParse(given)
  const problems = read.error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`) ?? []
  const remote = kind.subgraphAddresses(given)
  problems.push(...remote.problems)
  const kafka = kafkaSettings.omit({ KAFKA_BROKERS: true }).safeParse(given)
  problems.push(...(kafka.error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`) ?? []))
  problems.push(...tracingProblems(given))
  if (given['NODE_ENV'] === 'production')
    problems.push('NODE_ENV must not be production, for this run has users with known passwords and shows their mail')
  if (read.data && read.data.EDGE_PORT !== 0 && read.data.EDGE_PORT === read.data.EDGE_ADMIN_PORT)
    problems.push(`EDGE_PORT and EDGE_ADMIN_PORT must be two different ports, not both ${read.data.EDGE_PORT}`)
  if (!read.success || !kafka.success || problems.length > 0)
    throw startError('START.CONFIGURATION', `The configuration cannot be used: ${problems.join('; ')}.`)
  const { HOST, EDGE_PORT, EDGE_ADMIN_PORT, MERCATO_DATA_DIR, LOG_LEVEL, ISSUER, AUDIENCE, GATEWAY_SECRET } = read.data
  return Object.freeze({
    host: HOST,
    edgePort: EDGE_PORT,
    adminPort: EDGE_ADMIN_PORT,
    dataDir: resolve(MERCATO_DATA_DIR),
    logLevel: LOG_LEVEL,
    issuer: ISSUER,
    audience: AUDIENCE,
    subgraphs: remote.addresses,
    databaseUrl: read.data.DATABASE_URL,
    eventStoreUrl: read.data.EVENT_STORE_URL,
    redisUrl: read.data.REDIS_URL,
    redisCaFile: read.data.REDIS_CA_FILE,
    kafka: read.data.KAFKA_BROKERS && { ...kafka.data, KAFKA_BROKERS: read.data.KAFKA_BROKERS },
    gatewaySecret: GATEWAY_SECRET,
  })
}
