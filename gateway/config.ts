import { z } from 'zod'

/** How a gateway runs as a process of its own. Read once, from the environment. */
export interface GatewayConfig {
  readonly host: string
  readonly port: number
  /** File of the composed supergraph; the committed one when absent. */
  readonly supergraphFile: string | undefined
  readonly gatewaySecret: string
  readonly sessionSecret: string
  readonly issuer: string
  readonly audience: string
  /** Where the issuer's keys are; the user subgraph's when absent. */
  readonly jwksUrl: URL | undefined
  readonly development: boolean
  readonly logLevel: 'error' | 'warn' | 'info' | 'debug'
  /** Origins of subgraphs that are not where the supergraph says, by name: `SUBGRAPH_ORDER_URL=http://127.0.0.1:4002`. */
  readonly subgraphs: Readonly<Record<string, string>>
}

const secret = z.string('is required').min(32, 'must have at least 32 characters')
const address = z.url({ protocol: /^https?$/, error: 'must be an http(s) address' })

const variables = z.object({
  GATEWAY_HOST: z.string().default('127.0.0.1'),
  GATEWAY_PORT: z.coerce
    .number<string>()
    .int('must be a port number')
    .min(0, 'must be a port number')
    .max(65_535, 'must be a port number')
    .default(4000),
  SUPERGRAPH_FILE: z.string().optional(),
  GATEWAY_SECRET: secret,
  SESSION_SECRET: secret,
  ISSUER: address.default('https://mercato.local'),
  AUDIENCE: z.string().default('mercato'),
  JWKS_URL: address.optional(),
  NODE_ENV: z.string().optional(),
  LOG_LEVEL: z.enum(['error', 'warn', 'info', 'debug'], 'must be error, warn, info or debug').default('info'),
})

const SUBGRAPH = /^SUBGRAPH_([A-Z][A-Z0-9_]*)_URL$/

/** Reads the environment; one sentence names every malformed setting, and no value of one. */
export const readConfig = (env: Readonly<Record<string, string | undefined>>): GatewayConfig => {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const read = variables.safeParse(given)
  const problems = read.error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`) ?? []
  const subgraphs: Record<string, string> = {}
  for (const [name, value] of Object.entries(given)) {
    const subgraph = SUBGRAPH.exec(name)?.[1]?.toLowerCase().replaceAll('_', '-')
    const url = address.safeParse(value)
    if (subgraph === undefined) continue
    if (url.success) subgraphs[subgraph] = url.data
    else problems.push(`${name} must be an http(s) address`)
  }
  if (!read.success || problems.length > 0) throw new Error(`The gateway cannot start: ${problems.join('; ')}.`)
  const { data } = read
  return Object.freeze({
    host: data.GATEWAY_HOST,
    port: data.GATEWAY_PORT,
    supergraphFile: data.SUPERGRAPH_FILE,
    gatewaySecret: data.GATEWAY_SECRET,
    sessionSecret: data.SESSION_SECRET,
    issuer: data.ISSUER,
    audience: data.AUDIENCE,
    jwksUrl: data.JWKS_URL === undefined ? undefined : new URL(data.JWKS_URL),
    development: data.NODE_ENV === 'development',
    logLevel: data.LOG_LEVEL,
    subgraphs,
  })
}
