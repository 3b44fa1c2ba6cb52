import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { composeForCosmo } from './cosmo.ts'

/** A gateway under measurement: how it is started on a port, with a supergraph. */
export interface Peer {
  readonly name: string
  /** Program and arguments. */
  command(files: Files, port: number): readonly string[]
  environment?(files: Files, port: number): Readonly<Record<string, string>>
}

export interface Files {
  readonly supergraph: string
  /** What it was composed of. */
  readonly subgraphs: Readonly<Record<string, { readonly url: string; readonly sdl: string }>>
  /** For the fan-out: requests to replay, and the answer. */
  readonly replay: (name: 'apollo' | 'mercato') => string
  /** Where the peers are installed. */
  readonly peers: string
  readonly folder: string
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

const profile = process.env['PROFILE'] ? ['--cpu-prof', `--cpu-prof-dir=${process.env['PROFILE']}`] : []

const ours: readonly Peer[] = [
  {
    name: 'Mercato, plain',
    command: ({ supergraph }, port) => [
      process.execPath,
      ...profile,
      here('./peers/mercato.ts'),
      supergraph,
      `${port}`,
    ],
  },
  {
    name: 'Mercato, with signatures and sessions',
    command: ({ supergraph }, port) => [
      process.execPath,
      ...profile,
      here('./peers/mercato-full.ts'),
      supergraph,
      `${port}`,
    ],
  },
]

const apolloServer: Peer = {
  name: 'Apollo Server 5.5 + @apollo/gateway 2.14.4',
  command: ({ supergraph }, port) => [process.execPath, here('./peers/apollo-server.mjs'), supergraph, `${port}`],
  environment: () => ({ NODE_ENV: 'production', APOLLO_TELEMETRY_DISABLED: '1' }),
}

/** What can be had of @apollo/gateway with a lighter server and client. */
const yoga: Peer = {
  name: 'graphql-yoga 5.24 + @apollo/gateway 2.14.4 + undici',
  command: ({ supergraph }, port) => [process.execPath, here('./peers/yoga-apollo-gateway.mjs'), supergraph, `${port}`],
  environment: () => ({ NODE_ENV: 'production', APOLLO_TELEMETRY_DISABLED: '1' }),
}

const configure = (files: Files, name: string, text: string): string => {
  const path = `${files.folder}/${name}`
  writeFileSync(path, text)
  return path
}

/** Collapses identical requests in flight unless told otherwise; plans and executes in JavaScript unless told otherwise. */
const hiveGateway = (collapses: boolean, runtime: 'JavaScript' | 'Rust'): Peer => {
  const options = JSON.stringify({
    transportEntries: { '*.http': { options: { deduplicateInflightRequests: collapses } } },
  })
  return {
    name: runtime === 'Rust' ? 'Hive Gateway 2.15.1 with its Rust planner' : 'Hive Gateway 2.15.1',
    command: (files, port) => [
      process.execPath,
      `${files.peers}/node_modules/@graphql-hive/gateway/dist/bin.js`,
      'supergraph',
      files.supergraph,
      '--config-path',
      configure(files, `hive-gateway-${collapses}.mjs`, `export const gatewayConfig = ${options}\n`),
      '--port',
      `${port}`,
      '--host',
      '127.0.0.1',
      '--fork',
      '1',
      ...(runtime === 'Rust' ? ['--hive-router-runtime'] : []),
    ],
    environment: () => ({ NODE_ENV: 'production' }),
  }
}

const fanOuts: readonly Peer[] = [
  {
    name: 'bare fan-out, the requests of @apollo/gateway',
    command: ({ replay }, port) => [process.execPath, here('./peers/fan-out.ts'), replay('apollo'), `${port}`],
  },
  {
    name: 'bare fan-out, the requests of Mercato',
    command: ({ replay }, port) => [process.execPath, here('./peers/fan-out.ts'), replay('mercato'), `${port}`],
  },
]

/** Those whose executables the environment names. */
const native = (env: Readonly<Record<string, string | undefined>>, collapses: boolean): readonly Peer[] => {
  const { HIVE_ROUTER: hive, APOLLO_ROUTER: apollo, COSMO_ROUTER: cosmo } = env
  const found: Peer[] = []
  if (hive) {
    // It has no option for the file of its settings.
    const settings = (files: Files, port: number): string =>
      configure(
        files,
        `hive-${port}.yaml`,
        `supergraph:\n  source: file\n  path: ${files.supergraph}\nhttp:\n  host: 127.0.0.1\n  port: ${port}\ntraffic_shaping:\n  all:\n    dedupe_enabled: ${collapses}\n`,
      )
    found.push({
      name: 'Hive Router',
      command: () => [hive],
      environment: (files, port) => ({ ROUTER_CONFIG_FILE_PATH: settings(files, port), LOG_LEVEL: 'error' }),
    })
  }
  if (apollo)
    found.push({
      name: 'Apollo Router',
      command: (files, port) => [
        apollo,
        '--supergraph',
        files.supergraph,
        '--config',
        configure(
          files,
          `apollo-${port}.yaml`,
          `supergraph:\n  listen: 127.0.0.1:${port}\n  path: /graphql\nhealth_check:\n  enabled: false\ntraffic_shaping:\n  all:\n    deduplicate_query: ${collapses}\n`,
        ),
      ],
      environment: () => ({ APOLLO_TELEMETRY_DISABLED: '1' }),
    })
  if (cosmo)
    found.push({
      name: 'Cosmo Router',
      command: (files, port) => {
        const settings = {
          version: '1',
          listen_addr: `127.0.0.1:${port}`,
          log_level: 'error',
          access_logs: { enabled: false },
          execution_config: { file: { path: composeForCosmo(files) } },
          engine: { enable_single_flight: collapses, enable_request_tracing: false },
          graphql_metrics: { enabled: false },
          telemetry: {
            tracing: { enabled: false },
            metrics: { otlp: { enabled: false }, prometheus: { enabled: false } },
          },
        }
        return [cosmo, '-config', configure(files, `cosmo-${port}.yaml`, JSON.stringify(settings))]
      },
    })
  return found
}

/** Every request of a client makes requests of its own. */
export const peersFor = (env: Readonly<Record<string, string | undefined>>): readonly Peer[] => [
  ...ours,
  apolloServer,
  yoga,
  hiveGateway(false, 'JavaScript'),
  hiveGateway(false, 'Rust'),
  ...fanOuts,
  ...native(env, false),
]

/** Identical requests in flight are sent once. */
export const collapsingPeers = (env: Readonly<Record<string, string | undefined>>): readonly Peer[] => [
  {
    name: 'Mercato, plain',
    command: ({ supergraph }, port) => [
      process.execPath,
      here('./peers/mercato.ts'),
      supergraph,
      `${port}`,
      'collapse',
    ],
  },
  {
    name: 'Mercato, with signatures and sessions',
    command: ({ supergraph }, port) => [
      process.execPath,
      here('./peers/mercato-full.ts'),
      supergraph,
      `${port}`,
      'collapse',
    ],
  },
  hiveGateway(true, 'JavaScript'),
  hiveGateway(true, 'Rust'),
  ...native(env, true),
]
