import { join } from 'node:path'

/** A listener that speaks TLS and asks for a user name and password. */
export interface SecureListener {
  /** PEM file with the broker's private key (PKCS #8) and certificate chain. */
  readonly pemFile: string
  readonly user: string
  readonly password: string
}

export interface KafkaPorts {
  readonly plain: number
  readonly controller: number
  readonly secure?: number
}

const HOST = '127.0.0.1'

const secureSettings = ({ pemFile, user, password }: SecureListener): Record<string, string> => ({
  'ssl.keystore.type': 'PEM',
  'ssl.keystore.location': pemFile,
  'sasl.enabled.mechanisms': 'PLAIN',
  'listener.name.secure.plain.sasl.jaas.config': `org.apache.kafka.common.security.plain.PlainLoginModule required user_${user}="${password}";`,
})

/**
 * One process as broker and controller, tuned to start and come back quickly: small internal topics, no wait for further group
 * members, and a broker that died is given up after 1.5 s (by default its port reopens only 12 s after a `kill -9`).
 */
export const kafkaSettings = (options: {
  readonly dir: string
  readonly ports: KafkaPorts
  readonly secure?: SecureListener
  readonly more?: Readonly<Record<string, string>>
}): Readonly<Record<string, string>> => {
  const { dir, ports, secure, more } = options
  const listeners = [`PLAINTEXT://${HOST}:${ports.plain}`]
  if (secure) listeners.push(`SECURE://${HOST}:${ports.secure}`)
  return {
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@${HOST}:${ports.controller}`,
    listeners: [...listeners, `CONTROLLER://${HOST}:${ports.controller}`].join(','),
    'advertised.listeners': listeners.join(','),
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SECURE:SASL_SSL',
    'log.dirs': join(dir, 'data'),
    'log.index.size.max.bytes': '1048576',
    'auto.create.topics.enable': 'false',
    'offsets.topic.num.partitions': '4',
    'offsets.topic.replication.factor': '1',
    'transaction.state.log.num.partitions': '4',
    'transaction.state.log.replication.factor': '1',
    'transaction.state.log.min.isr': '1',
    'share.coordinator.state.topic.replication.factor': '1',
    'share.coordinator.state.topic.min.isr': '1',
    'group.initial.rebalance.delay.ms': '0',
    'log.cleaner.dedupe.buffer.size': '8388608',
    'broker.session.timeout.ms': '1500',
    'broker.heartbeat.interval.ms': '500',
    ...(secure ? secureSettings(secure) : {}),
    ...more,
  }
}

export const toProperties = (settings: Readonly<Record<string, string>>): string =>
  Object.entries(settings)
    .map(([name, value]) => `${name}=${value.replaceAll('\\', '\\\\')}\n`)
    .join('')
