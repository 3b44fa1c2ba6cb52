import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { LocalSecrets } from '@mercato/embedded/secrets'
import type { Engines } from './engines.ts'
import { writeKongFile } from './kong-file.ts'
import type { NodeProgram } from './node-process.ts'
import type { PickPort } from './ports.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

export interface Plan {
  readonly contexts: readonly string[]
  /** Of each context. */
  readonly instances: number
  readonly gateways: number
  readonly folder: string
  readonly engines: Engines
  readonly secrets: LocalSecrets
  readonly pick: PickPort
  /** Settings of every process besides ours. */
  readonly env: Readonly<Record<string, string>>
  /** The key that browsers send, as kong.yml knows it. */
  readonly apiKey: string
}

/** What runs and how it is told so. */
export interface Programs {
  readonly contexts: readonly NodeProgram[]
  readonly gateways: readonly NodeProgram[]
  readonly edge: NodeProgram
  readonly edgeUrl: string
  readonly adminUrl: string
  /** What the edge serves. */
  readonly kongFile: string
}

const FIRST_PORTS: Readonly<Record<string, number>> = { user: 4001, order: 4002, inventory: 4003, payment: 4004 }
const OTHER_CONTEXTS = 4005
const GRPC_PORT = 50_051
/** Ports of further instances are this much higher. */
const STEP = 10

const numbered = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index)

/** Gives every process its port and settings. Instances of a context share their secrets and their state. */
export const planPrograms = async (plan: Plan): Promise<Programs> => {
  const { contexts, instances, gateways, folder, engines, secrets, pick, apiKey } = plan
  const logFile = (name: string): string => join(folder, 'logs', `${name}.log`)
  const edgePort = await pick(8000)
  const adminPort = await pick(8001)
  const edgeUrl = `http://localhost:${edgePort}`
  const common = {
    NODE_ENV: 'development',
    CONSUL_URL: engines.consul.url,
    KAFKA_BROKERS: engines.kafka.brokers.join(','),
    GATEWAY_SECRET: secrets.gateway,
    ...plan.env,
  }
  const listening = (port: number) => ({
    url: `http://127.0.0.1:${port}`,
    readyUrl: `http://127.0.0.1:${port}/health/ready`,
  })

  const contextProgram = async (context: string, place: number, index: number): Promise<NodeProgram> => {
    const name = `${context}-${index + 1}`
    const port = await pick((FIRST_PORTS[context] ?? OTHER_CONTEXTS + place) + index * STEP)
    return {
      name,
      main: join(root, 'subgraphs', context, 'main.ts'),
      env: {
        HTTP_PORT: String(port),
        GRPC_PORT: String(context === 'inventory' ? await pick(GRPC_PORT + index) : 0),
        DATABASE_URL: engines.postgres.url(context),
        REDIS_URL: engines.redis.url,
        CONTEXT_SECRET: secrets.context,
        DATA_KEY: secrets.data,
        DEMO_DATA: 'true',
        APP_URL: edgeUrl,
        PAYMENT_WEBHOOK_URL: `${edgeUrl}/webhooks/payments/sandbox`,
        ...common,
      },
      ...listening(port),
      logFile: logFile(name),
    }
  }

  const gatewayProgram = async (index: number): Promise<NodeProgram> => {
    const name = `gateway-${index + 1}`
    const port = await pick(4000 + index * STEP)
    return {
      name,
      main: join(root, 'gateway', 'main.ts'),
      env: { GATEWAY_PORT: String(port), SESSION_SECRET: secrets.session, BROWSER_API_KEY: apiKey, ...common },
      ...listening(port),
      logFile: logFile(name),
    }
  }

  const contextPrograms: NodeProgram[] = []
  for (const [place, context] of contexts.entries())
    for (const index of numbered(instances)) contextPrograms.push(await contextProgram(context, place, index))
  const gatewayPrograms: NodeProgram[] = []
  for (const index of numbered(gateways)) gatewayPrograms.push(await gatewayProgram(index))

  const kongFile = join(folder, 'kong.yml')
  const targets = gatewayPrograms.map(({ url }) => new URL(url).host)
  writeKongFile(join(root, 'infrastructure', 'kong', 'kong.yml'), kongFile, targets)
  const adminUrl = `http://localhost:${adminPort}`
  const edge: NodeProgram = {
    name: 'edge',
    main: join(root, 'infrastructure', 'edge', 'main.ts'),
    env: { EDGE_PORT: String(edgePort), EDGE_ADMIN_PORT: String(adminPort), KONG_FILE: kongFile, ...plan.env },
    url: edgeUrl,
    readyUrl: `http://127.0.0.1:${adminPort}/status`,
    logFile: logFile('edge'),
  }
  return { contexts: contextPrograms, gateways: gatewayPrograms, edge, edgeUrl, adminUrl, kongFile }
}
