import type { Engines } from './engines.ts'

/** A certificate of all engines (PEM files; it is its own authority), and the password of Redis and Kafka. PostgreSQL has one anyway, Consul a token. */
export interface Secured {
  readonly keyFile: string
  readonly certFile: string
  /** Key and certificate in one file, as Kafka wants them. */
  readonly bothFile: string
  readonly password: string
}

export const KAFKA_USER = 'mercato'

/** What tells a process how to reach them; the addresses of PostgreSQL and Redis say it themselves. */
export const securedSettings = (
  { certFile, password }: Secured,
  { kafka, consul }: Pick<Engines, 'kafka' | 'consul'>,
): Readonly<Record<string, string>> => ({
  REDIS_CA_FILE: certFile,
  KAFKA_BROKERS: kafka.secureBrokers.join(','),
  KAFKA_TLS: 'true',
  KAFKA_CA_FILE: certFile,
  KAFKA_USERNAME: KAFKA_USER,
  KAFKA_PASSWORD: password,
  CONSUL_CA_FILE: certFile,
  ...(consul.token === undefined ? {} : { CONSUL_TOKEN: consul.token }),
})
