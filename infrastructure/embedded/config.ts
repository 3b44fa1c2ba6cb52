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
  LOG_LEVEL: z.enum(['error', 'warn', 'info', 'debug']).default('warn'),
})

/** Reads the environment; names all malformed settings at once in one sentence. */
export const readConfig = (env: Readonly<Record<string, string | undefined>>): EmbeddedConfig => {
  const read = schema.safeParse(env)
  if (!read.success) {
    const problems = read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ')
    throw startError('START.CONFIGURATION', `The configuration cannot be used: ${problems}.`)
  }
  const { HOST, EDGE_PORT, EDGE_ADMIN_PORT, MERCATO_DATA_DIR, LOG_LEVEL } = read.data
  return {
    host: HOST,
    edgePort: EDGE_PORT,
    adminPort: EDGE_ADMIN_PORT,
    dataDir: resolve(MERCATO_DATA_DIR),
    logLevel: LOG_LEVEL,
  }
}
