import { connect as connectPlain, isIP, type Socket } from 'node:net'
import { type ConnectionOptions, connect as connectTls } from 'node:tls'
import type { Logger } from '@mercato/shared-kernel/application'
import { type ISocketFactory, Kafka, logLevel, type SASLOptions } from 'kafkajs'
import { finalError } from './faults.ts'
import { kafkaLog } from './log.ts'

export interface KafkaConnectionOptions {
  /** `host:port` of some brokers; the others are found through them. */
  readonly brokers: readonly string[]
  /** Names this process in the brokers' logs. */
  readonly clientId: string
  readonly logger: Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>
  /** TLS: `true`, or the authority to trust, a client certificate … */
  readonly ssl?: ConnectionOptions | true
  readonly sasl?: SASLOptions
  /** How connections to brokers are made, instead of plainly: through a proxy, say. */
  readonly socketFactory?: ISocketFactory
}

export interface KafkaClient {
  readonly kafka: Kafka
  /** Cuts every connection and makes no other: whatever is still being tried ends. A second call does nothing. */
  readonly sever: () => void
  /** Rejects when the client is severed; to be raced with what it was asked. */
  readonly severed: Promise<never>
}

/** However long brokers are away, kafkajs goes on trying; who waits sets a limit and severs the client. */
export const RETRY = {
  initialRetryTime: 50,
  maxRetryTime: 1_000,
  factor: 0.2,
  multiplier: 2,
  retries: Number.MAX_SAFE_INTEGER,
} as const
const CONNECT_MS = 3_000
const REQUEST_MS = 10_000
const KEEP_ALIVE_MS = 60_000

const connect: ISocketFactory = ({ host, port, ssl, onConnect }) => {
  const name = isIP(host) ? {} : { servername: host }
  const socket: Socket = ssl
    ? connectTls({ host, port, ...name, ...ssl }, onConnect)
    : connectPlain({ host, port }, onConnect)
  return socket.setKeepAlive(true, KEEP_ALIVE_MS)
}

/**
 * A kafkajs client of its own for one producer, consumer or admin: kafkajs shares offsets between the consumers of a client,
 * and has no way to end what it keeps retrying but to take its network away.
 */
export const openClient = (options: KafkaConnectionOptions, name: string): KafkaClient => {
  const { brokers, clientId, logger, ssl, sasl, socketFactory = connect } = options
  const sockets = new Set<Socket>()
  let isSevered = false
  const { promise: severed, reject: announce } = Promise.withResolvers<never>()
  severed.catch(() => undefined)

  const kafka = new Kafka({
    clientId: `${clientId}-${name}`,
    // Asked before each round of connecting. An empty list is the one answer that ends the rounds: what is thrown is tried again.
    brokers: async () => (isSevered ? [] : [...brokers]),
    ...(ssl === undefined ? {} : { ssl }),
    ...(sasl === undefined ? {} : { sasl }),
    connectionTimeout: CONNECT_MS,
    requestTimeout: REQUEST_MS,
    retry: RETRY,
    logLevel: logLevel.INFO,
    logCreator: kafkaLog(logger, name),
    socketFactory: wanted => {
      if (isSevered) throw finalError('this client was severed')
      const socket = socketFactory(wanted)
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
      return socket
    },
  })

  return {
    kafka,
    severed,
    sever() {
      if (isSevered) return
      isSevered = true
      announce(finalError('this client was severed'))
      // With an error: kafkajs does not notice a socket that is merely closed, and would wait for its answers.
      for (const socket of sockets) socket.destroy(new Error('severed'))
    },
  }
}
