import { z } from 'zod'
import * as kind from '../settings/kinds.ts'
import { type Environment, readSettings } from '../settings/read-settings.ts'

/** How to reach Kafka; read by every process that is on the bus. */
export const kafkaSettings = z.object({
  KAFKA_BROKERS: kind.brokers().describe('some of the brokers, `host:port`, with commas'),
  KAFKA_TLS: kind.flag().default(false).describe('whether they speak TLS'),
  KAFKA_CA_FILE: z.string().optional().describe('certificate authority to trust, besides the known ones'),
  KAFKA_USERNAME: z.string().optional().describe('for SASL'),
  KAFKA_PASSWORD: z.string().optional().describe('for SASL'),
  KAFKA_SASL: z
    .enum(['plain', 'scram-sha-256', 'scram-sha-512'], 'must be plain, scram-sha-256 or scram-sha-512')
    .default('plain')
    .describe('how the password is shown'),
})

/** How to reach Consul; read by every process that is found there. */
export const consulSettings = z.object({
  CONSUL_URL: kind.httpAddress().optional().describe('where instances are registered and found'),
  CONSUL_CA_FILE: z.string().optional().describe('certificate authority to trust for `https:`'),
  CONSUL_TOKEN: z
    .string()
    .optional()
    .describe('ACL token; what it must allow is in [acl/mercato.hcl](infrastructure/consul/acl/mercato.hcl)'),
})

/** Where a process is and how it runs; read by contexts. */
export const contextSettings = z.object({
  HTTP_HOST: z.string().default('127.0.0.1').describe('address to listen on'),
  HTTP_PORT: kind
    .port()
    .optional()
    .describe('port to listen on: GraphQL for the gateway, `/metrics`, `/health/*`')
    .meta({ standard: 'the one in [schema/supergraph.graphql](schema/supergraph.graphql), 4001 to 4004' }),
  SERVICE_HOST: z
    .string()
    .optional()
    .describe('where others reach this process, as told to Consul')
    .meta({ standard: '`HTTP_HOST`; the name of the machine when that is `0.0.0.0`' }),
  DATABASE_URL: kind
    .address('postgres://user:password@host:5432/order', 'postgres:', 'postgresql:')
    .describe("PostgreSQL; an address without a database means the one with the context's name"),
  DATABASE_REPLICA_URL: kind
    .address('postgres://user:password@replica:5432/order', 'postgres:', 'postgresql:')
    .optional()
    .describe('a streaming replica, asked first for what cannot change: history, the log from its beginning'),
  DATABASE_CONNECTIONS: kind.whole(2, 500).default(10).describe('most connections to it'),
  EVENT_STORE_URL: kind
    .address('esdb://host:2113', 'esdb:', 'esdb+discover:', 'postgres:', 'postgresql:')
    .optional()
    .describe('where the log is, when not in that database: EventStoreDB (`esdb:`) or another PostgreSQL')
    .meta({ standard: '`DATABASE_URL`' }),
  REDIS_URL: kind
    .address('redis://host:6379', 'redis:', 'rediss:')
    .describe('views, shared by the instances of the context (`rediss:` for TLS)'),
  REDIS_CA_FILE: z.string().optional().describe('certificate authority to trust for `rediss:`'),
  ...kafkaSettings.shape,
  ...consulSettings.shape,
  GATEWAY_SECRET: kind.secret().describe('shared with the gateway: what is not signed with it is refused'),
  CONTEXT_SECRET: kind.secret().describe('shared by the instances of the context: keys cursors, hashes and claims'),
  DATA_KEY: kind.key().describe('wraps the keys of people and tokens at rest; 32 bytes in base64').meta({
    standard: 'required',
  }),
  MAIL_URL: kind
    .address('smtp://user:password@host:587', 'smtp:', 'smtps:')
    .optional()
    .describe('server that takes mail (`smtps:`, or `smtp:` with STARTTLS); `?tls=false` sends in the clear'),
  MAIL_FROM: z.string().optional().describe('who writes it: `Mercato <shop@example.com>`').meta({
    standard: 'required with `MAIL_URL`',
  }),
  MAIL_CA_FILE: z.string().optional().describe('certificate authority to trust for it'),
  DEMO_DATA: kind.flag().default(false).describe('makes the demo data of the context once'),
  DRAIN_MS: kind
    .whole(0, 60_000)
    .default(1_000)
    .describe('how long a process that is stopping still answers, so that nobody is sent to it any more'),
  NODE_ENV: z.string().optional().describe('`development` turns on the mailbox and demo users'),
  LOG_LEVEL: kind.logLevel().default('info').describe('`error`, `warn`, `info`, `debug`'),
})

export type ContextConfig = Readonly<z.output<typeof contextSettings>>
export type ConsulConfig = Readonly<z.output<typeof consulSettings>>
export type KafkaConfig = Readonly<z.output<typeof kafkaSettings>>

/** Reads the settings of a context's process. `problems` are those of the context's own settings: all are named at once. */
export const readContextConfig = (env: Environment, problems: readonly string[] = []): ContextConfig => {
  const nobody = env['MAIL_URL'] && !env['MAIL_FROM'] ? ['MAIL_FROM is required with MAIL_URL'] : []
  return Object.freeze(readSettings(contextSettings, env, [...problems, ...nobody]))
}

/** An address of a server without a database is completed with the name of the context. */
export const databaseOf = (url: string, context: string): string => {
  const address = new URL(url)
  if (address.pathname === '' || address.pathname === '/') address.pathname = `/${context}`
  return address.href
}
