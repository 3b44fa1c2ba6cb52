import * as z from 'zod'
import type { Consumer } from './config/model.ts'
import type { RateCounters } from './counters.ts'
import type { Exchange, Reply } from './exchange.ts'
import type { Log } from './log.ts'
import type { EdgeMetrics } from './metrics.ts'
import type { ResponseCache } from './response-cache.ts'

/** What lives as long as the edge and outlasts a change of configuration. */
export interface PluginEnvironment {
  /** Milliseconds since the epoch. */
  now(): number
  readonly log: Log
  readonly counters: RateCounters
  readonly cache: ResponseCache
  readonly metrics: EdgeMetrics
  /** Who owns an API key. */
  credential(key: string): { readonly consumer: Consumer; readonly id: string } | undefined
}

/** Where a plugin entry hangs; counters and cache entries of two entries never mix. */
export interface PluginScope {
  readonly service?: string
  readonly route?: string
  readonly consumer?: string
}

/**
 * What a plugin does to one exchange, named after Kong's phases. `access` runs in order of priority until one replies;
 * `headerFilter` runs for every plugin of the exchange, also when the answer is an error; `log` once it is over.
 */
export interface PluginRun {
  access?(): Reply | undefined | Promise<Reply | undefined>
  headerFilter?(): void
  log?(): void
}

export type Plugin = (exchange: Exchange) => PluginRun

export interface PluginDefinition<Config extends z.ZodType> {
  readonly name: string
  /** Kong's own number; higher runs first. */
  readonly priority: number
  /** Kong refuses some plugins on a consumer. */
  readonly onConsumer: boolean
  /** Strict: a field that is not in here stops the start. Defaults are Kong's. */
  readonly config: Config
  create(config: z.output<Config>, environment: PluginEnvironment, scope: PluginScope): Plugin
}

const reference = z.string().min(1).optional()

const entryFields = {
  id: z.uuid().optional(),
  instance_name: z.string().optional(),
  enabled: z.boolean().default(true),
  tags: z.array(z.string()).optional(),
  service: reference,
  route: reference,
  consumer: reference,
}

/** The checked settings of one entry, and how to make its plugin of them. */
export interface Settings {
  readonly value: unknown
  create(environment: PluginEnvironment, scope: PluginScope): Plugin
}

/** Turns a definition into the schema of its entries in the file. */
export function definePlugin<Config extends z.ZodType>(definition: PluginDefinition<Config>) {
  const { name, priority, onConsumer, config, create } = definition
  const settings = config.transform(
    (value): Settings => ({ value, create: (environment, scope) => create(value, environment, scope) }),
  )
  const entry = z
    .strictObject({ name: z.literal(name), config: settings, ...entryFields })
    .transform(fields => ({ ...fields, priority }))
  return { name, onConsumer, entry }
}
