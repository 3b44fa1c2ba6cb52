import { z } from 'zod'

/** Where other processes may ask the catalogue. */
export interface GrpcSettings {
  /** Address to listen on; only this machine by default. */
  readonly host: string
  /** Port to listen on; `undefined` when nobody asked for one. */
  readonly port: number | undefined
}

const variables = z.object({
  GRPC_HOST: z.string().default('127.0.0.1'),
  GRPC_PORT: z.coerce
    .number<string>('must be a port number')
    .int('must be a port number')
    .min(0, 'must be a port number')
    .max(65_535, 'must be a port number')
    .optional(),
})

/** The settings of this context from the environment. One sentence names every malformed one. */
export const grpcFrom = (env: Readonly<Record<string, string | undefined>>): GrpcSettings => {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const read = variables.safeParse(given)
  if (!read.success)
    throw new Error(`${read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ')}.`)
  return Object.freeze({ host: read.data.GRPC_HOST, port: read.data.GRPC_PORT })
}
