import * as kind from '@mercato/adapters/settings/kinds'
import { z } from 'zod'

/** The settings of an edge process. */
export const edgeSettings = z.object({
  HOST: z.string().min(1).default('127.0.0.1').describe('address to listen on'),
  EDGE_PORT: kind.port().default(8000).describe('port of the edge'),
  EDGE_ADMIN_PORT: kind.port().default(8001).describe('port of its admin interface, on this machine only'),
  KONG_FILE: z
    .string()
    .optional()
    .describe('the declarative configuration to serve')
    .meta({ standard: '[infrastructure/kong/kong.yml](infrastructure/kong/kong.yml)' }),
  LOG_LEVEL: kind.logLevel().default('warn').describe('`error`, `warn`, `info`, `debug`'),
})
