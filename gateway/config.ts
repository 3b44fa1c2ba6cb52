import { consulSettings, kafkaSettings } from '@mercato/adapters/hosting/config'
import * as kind from '@mercato/adapters/settings/kinds'
import { readSettings } from '@mercato/adapters/settings/read-settings'
import { z } from 'zod'

const { KAFKA_BROKERS, ...kafka } = kafkaSettings.shape
const { CONSUL_URL, ...consul } = consulSettings.shape

/** The settings of a gateway process. */
export const gatewaySettings = z.object({
  GATEWAY_HOST: z.string().default('127.0.0.1').describe('address to listen on'),
  GATEWAY_PORT: kind
    .port()
    .default(4000)
    .describe('port to listen on: the graph, REST, pages, `/metrics`, `/health/*`'),
  SERVICE_HOST: z
    .string()
    .optional()
    .describe('where others reach this process, as told to Consul')
    .meta({ standard: '`GATEWAY_HOST`; the name of the machine when that is `0.0.0.0`' }),
  SUPERGRAPH_FILE: z
    .string()
    .optional()
    .describe('the supergraph to serve')
    .meta({ standard: '[schema/supergraph.graphql](schema/supergraph.graphql)' }),
  GATEWAY_SECRET: kind.secret().describe('shared with the subgraphs: signs what they are asked'),
  SESSION_SECRET: kind.secret().describe("shared by all gateways: signs sessions' consistency tokens"),
  ISSUER: kind.httpAddress().default('https://mercato.local').describe('`iss` of access tokens'),
  AUDIENCE: z.string().default('mercato').describe('`aud` of access tokens'),
  JWKS_URL: kind
    .httpAddress()
    .optional()
    .describe('where the public keys of access tokens are')
    .meta({ standard: "the user subgraph's" }),
  CONSUL_URL: CONSUL_URL.describe('where subgraphs without a `SUBGRAPH_<NAME>_URL` are found'),
  ...consul,
  KAFKA_BROKERS: KAFKA_BROKERS.optional().describe(
    'where it hears of revoked tokens; without it they are honoured until they expire',
  ),
  ...kafka,
  BROWSER_API_KEY: z
    .string()
    .optional()
    .describe('API key of browsers: with it GraphiQL and the pages of mailed links are served')
    .meta({ standard: '–' }),
  DRAIN_MS: kind
    .whole(0, 60_000)
    .default(1_000)
    .describe('how long a process that is stopping still answers, so that nobody is sent to it any more'),
  PERSISTED_DOCUMENTS: z
    .enum(['any', 'only'], 'must be any or only')
    .default('any')
    .describe('`only` serves the operations of [the manifest](schema/persisted-documents.json) and no others'),
  OVERRIDE_LABELS: z
    .string()
    .default('')
    .transform(text => text.split(',').flatMap(label => label.trim() || []))
    .describe('labels of progressive `@override` that are on, with commas; `percent(N)` needs no setting')
    .meta({ standard: '–' }),
  COLLAPSE_QUERIES: kind
    .flag()
    .default(false)
    .describe('asks a subgraph once for equal queries of equal callers at the same time'),
  DEFER: kind
    .flag()
    .default(true)
    .describe(
      '`false` answers operations with `@defer` whole, and leaves it out of the schema that introspection shows',
    ),
  NODE_ENV: z.string().optional().describe('`development` turns introspection, suggestions and the mailbox on'),
  LOG_LEVEL: kind.logLevel().default('info').describe('`error`, `warn`, `info`, `debug`'),
})

/** How a gateway runs as a process of its own. */
export type GatewayConfig = Readonly<z.output<typeof gatewaySettings>> & {
  /** Addresses of subgraphs that are where the environment says, by name: `SUBGRAPH_ORDER_URL=http://127.0.0.1:4002`. */
  readonly subgraphs: Readonly<Record<string, string>>
}

/** Reads the environment; one sentence names every malformed setting, and no value of one. */
export const readConfig = (env: Readonly<Record<string, string | undefined>>): GatewayConfig => {
  const { addresses, problems } = kind.subgraphAddresses(env)
  return Object.freeze({ ...readSettings(gatewaySettings, env, problems), subgraphs: addresses })
}
