import { readFileSync } from 'node:fs'
import type { EventBus, Logger } from '@mercato/shared-kernel/application'
import type { KafkaConnectionOptions } from '../event-bus/kafka/client.ts'
import { createKafkaBus } from '../event-bus/kafka.ts'
import type { KafkaConfig } from './config.ts'

/** How Kafka is reached, as the environment describes it. */
export const kafkaConnection = (config: KafkaConfig): Pick<KafkaConnectionOptions, 'brokers' | 'ssl' | 'sasl'> => {
  const { KAFKA_BROKERS, KAFKA_TLS, KAFKA_CA_FILE, KAFKA_USERNAME, KAFKA_PASSWORD, KAFKA_SASL } = config
  const ca = KAFKA_CA_FILE === undefined ? undefined : readFileSync(KAFKA_CA_FILE, 'utf8')
  const login = { username: KAFKA_USERNAME ?? '', password: KAFKA_PASSWORD ?? '' }
  return {
    brokers: KAFKA_BROKERS,
    ...(ca === undefined ? (KAFKA_TLS ? { ssl: true as const } : {}) : { ssl: { ca } }),
    ...(KAFKA_USERNAME === undefined ? {} : { sasl: saslOf(KAFKA_SASL, login) }),
  }
}

/** The bus there. Nothing is connected before it is used. */
export const openKafka = (
  config: KafkaConfig,
  { clientId, logger }: { readonly clientId: string; readonly logger: Logger },
): EventBus => createKafkaBus({ ...kafkaConnection(config), clientId, logger })

const saslOf = (mechanism: KafkaConfig['KAFKA_SASL'], login: { username: string; password: string }) => {
  switch (mechanism) {
    case 'plain':
      return { mechanism, ...login } as const
    case 'scram-sha-256':
      return { mechanism, ...login } as const
    case 'scram-sha-512':
      return { mechanism, ...login } as const
  }
}
