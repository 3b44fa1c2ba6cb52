import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { freePort } from '@mercato/adapters/http-server/free-port'
import { findKafka, type KafkaInstallation } from './kafka/install.ts'
import { kafkaSettings, type SecureListener, toProperties } from './kafka/settings.ts'
import { type ServiceProcess, startServiceProcess } from './process/service-process.ts'

export interface KafkaOptions {
  /** Data, settings and log of the broker; made when it is not there, kept afterwards. */
  readonly dir: string
  /** A free one when not given. */
  readonly port?: number
  /** Adds a listener with TLS and SASL PLAIN; its address is {@link KafkaServer.secureBrokers}. */
  readonly secure?: SecureListener
  /** Broker settings besides or instead of ours. */
  readonly settings?: Readonly<Record<string, string>>
}

/** A running Kafka: one process, broker and controller. Dispose stops it. */
export interface KafkaServer extends AsyncDisposable {
  readonly brokers: readonly string[]
  readonly secureBrokers: readonly string[]
  pid(): number
  /** `kill -9`; resolves when it is gone. */
  kill(): Promise<void>
  /** Stops it in order. */
  stop(): Promise<void>
  /** Starts it again on its data and ports, after {@link kill} or {@link stop} or instead of them; resolves when it is ready. */
  restart(): Promise<void>
}

const run = promisify(execFile)
const CLUSTER_ID = 'AAAAAAAAAAAAAAAAAAAAAQ'
const READY_WITHIN_MS = 60_000
const JVM = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn']

const format = async ({ java, jars }: KafkaInstallation, file: string): Promise<void> => {
  const tool = ['kafka.tools.StorageTool', 'format', '-t', CLUSTER_ID, '-c', file]
  try {
    await run(java, ['-Xmx256m', ...JVM, '-cp', join(jars, '*'), ...tool])
  } catch (cause) {
    throw new Error("Kafka's data folder could not be prepared", { cause })
  }
}

/** Starts Kafka as a child of this process; it dies with it. Throws with the reason when it is not installed or does not start. */
export const startKafka = async (options: KafkaOptions): Promise<KafkaServer> => {
  const installation = findKafka()
  if ('missing' in installation) throw new Error(installation.missing)
  const { dir, secure } = options
  const ports = {
    plain: options.port ?? (await freePort()),
    controller: await freePort(),
    ...(secure ? { secure: await freePort() } : {}),
  }
  const file = join(dir, 'server.properties')
  mkdirSync(dir, { recursive: true })
  writeFileSync(
    file,
    toProperties(
      kafkaSettings({
        dir,
        ports,
        ...(secure ? { secure } : {}),
        ...(options.settings ? { more: options.settings } : {}),
      }),
    ),
    { mode: 0o600 },
  )
  if (!existsSync(join(dir, 'data', 'meta.properties'))) await format(installation, file)

  const start = async (): Promise<ServiceProcess> => {
    const { java, jars } = installation
    const started = startServiceProcess({
      name: 'Kafka',
      command: java,
      args: ['-Xms128m', '-Xmx512m', ...JVM, '-cp', join(jars, '*'), 'kafka.Kafka', file],
      logFile: join(dir, 'kafka.log'),
    })
    try {
      for (const port of [ports.plain, ports.secure]) {
        if (port !== undefined) await started.listening(port, READY_WITHIN_MS)
      }
      return started
    } catch (error) {
      await started.end('SIGKILL')
      throw error
    }
  }

  let server = await start()
  return {
    brokers: [`127.0.0.1:${ports.plain}`],
    secureBrokers: ports.secure === undefined ? [] : [`127.0.0.1:${ports.secure}`],
    pid: () => server.pid,
    kill: () => server.end('SIGKILL'),
    stop: () => server.end('SIGTERM'),
    async restart() {
      await server.end('SIGTERM')
      server = await start()
    },
    [Symbol.asyncDispose]: () => server.end('SIGTERM'),
  }
}
