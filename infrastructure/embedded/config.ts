import { resolve } from 'node:path'
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
}

const port = (standard: number) =>
  z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port number from 0 to 65535')
    .transform(Number)
    .refine(value => value <= 65_535, 'must be a port number from 0 to 65535')
    .default(standard)

const schema = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  EDGE_PORT: port(8000),
  EDGE_ADMIN_PORT: port(8001),
  MERCATO_DATA_DIR: z.string().min(1).default('.data'),
  LOG_LEVEL: z.enum(['error', 'warn', 'info', 'debug'], 'must be error, warn, info or debug').default('warn'),
  ISSUER: z.url('must be an address').default('https://mercato.local'),
  AUDIENCE: z.string().min(1).default('mercato'),
  GATEWAY_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
})

const SUBGRAPH = /^SUBGRAPH_([A-Z][A-Z0-9]*)_URL$/

/** Where subgraphs run that are not in this process: `SUBGRAPH_ORDER_URL=http://…`. */
const subgraphsIn = (env: Readonly<Record<string, string | undefined>>) =>
  Object.entries(env).flatMap(([name, value]) => {
    const subgraph = SUBGRAPH.exec(name)?.[1]?.toLowerCase()
    return subgraph && value ? [{ name, subgraph, value }] : []
  })

/** Reads the environment; names all malformed settings at once in one sentence. */
export const readConfig = (env: Readonly<Record<string, string | undefined>>): EmbeddedConfig => {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const read = schema.safeParse(given)
  const problems = read.error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`) ?? []
  const remote = subgraphsIn(given)
  for (const { name, value } of remote)
    if (!/^https?:\/\//.test(value) || !URL.canParse(value)) problems.push(`${name} must be an http(s) address`)
  if (given['NODE_ENV'] === 'production')
    problems.push('NODE_ENV must not be production, for this run has users with known passwords and shows their mail')
  if (read.data && read.data.EDGE_PORT !== 0 && read.data.EDGE_PORT === read.data.EDGE_ADMIN_PORT)
    problems.push(`EDGE_PORT and EDGE_ADMIN_PORT must be two different ports, not both ${read.data.EDGE_PORT}`)
  if (!read.success || problems.length > 0)
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
    subgraphs: Object.fromEntries(remote.map(({ subgraph, value }) => [subgraph, value])),
    gatewaySecret: GATEWAY_SECRET,
  })
}
