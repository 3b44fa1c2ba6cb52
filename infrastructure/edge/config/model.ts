import { createHash } from 'node:crypto'
import type * as z from 'zod'
import type { PluginScope } from '../plugin.ts'
import type { PluginEntry } from '../plugins/registry.ts'
import type { consumerSchema, DeclarativeFile, routeSchema, serviceSchema, upstreamSchema } from './entities.ts'

export type Service = Omit<z.output<typeof serviceSchema>, 'routes' | 'plugins' | 'id'> & { readonly id: string }
export type Route = Omit<z.output<typeof routeSchema>, 'plugins' | 'id'> & {
  readonly id: string
  readonly service: string
}
export type Upstream = z.output<typeof upstreamSchema>
export type Consumer = Omit<z.output<typeof consumerSchema>, 'plugins' | 'id' | 'keyauth_credentials'> & {
  readonly id: string
}

export interface Credential {
  readonly id: string
  readonly key: string
  readonly consumer: string
}

export interface ScopedPlugin {
  readonly id: string
  readonly entry: PluginEntry
  /** Names of the entities that must all match; empty is global. */
  readonly scope: PluginScope
}

/** A declarative file that the edge has understood completely, with nesting resolved into scopes. */
export interface KongConfig {
  /** Changes when any setting changes. */
  readonly hash: string
  readonly services: readonly Service[]
  readonly routes: readonly Route[]
  readonly upstreams: readonly Upstream[]
  readonly consumers: readonly Consumer[]
  readonly credentials: readonly Credential[]
  readonly plugins: readonly ScopedPlugin[]
}

/** A stable UUID (version 5 layout) for an entity to which the file gives none. */
function stableId(kind: string, ...names: string[]): string {
  const hex = createHash('sha1')
    .update(['mercato-edge', kind, ...names].join('\0'))
    .digest('hex')
  const variant = ((Number.parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(18, 20)}-${hex.slice(20, 32)}`
}

/** Resolves the nesting of a parsed file: what hangs under an entity gets that entity as its scope. */
export function resolveFile(file: DeclarativeFile, hash: string): KongConfig {
  const scoped = (entries: readonly PluginEntry[], scope: PluginScope): ScopedPlugin[] =>
    entries.map(entry => {
      const { service, route, consumer } = { ...pick(entry), ...scope }
      const full = { ...(service && { service }), ...(route && { route }), ...(consumer && { consumer }) }
      return {
        id: entry.id ?? stableId('plugin', entry.name, service ?? '', route ?? '', consumer ?? ''),
        entry,
        scope: full,
      }
    })

  return {
    hash,
    services: file.services.map(({ routes, plugins, ...service }) => ({
      ...service,
      id: service.id ?? stableId('service', service.name),
    })),
    routes: file.services.flatMap(service =>
      service.routes.map(({ plugins, ...route }) => ({
        ...route,
        id: route.id ?? stableId('route', route.name),
        service: service.name,
      })),
    ),
    upstreams: file.upstreams,
    consumers: file.consumers.map(({ plugins, keyauth_credentials, ...consumer }) => ({
      ...consumer,
      id: consumer.id ?? stableId('consumer', consumer.username),
    })),
    credentials: file.consumers.flatMap(consumer =>
      consumer.keyauth_credentials.map(({ id, key }, index) => ({
        id: id ?? stableId('credential', consumer.username, String(index)),
        key,
        consumer: consumer.username,
      })),
    ),
    plugins: [
      ...scoped(file.plugins, {}),
      ...file.services.flatMap(service => [
        ...scoped(service.plugins, { service: service.name }),
        ...service.routes.flatMap(route => scoped(route.plugins, { route: route.name })),
      ]),
      ...file.consumers.flatMap(consumer => scoped(consumer.plugins, { consumer: consumer.username })),
    ],
  }
}

const pick = ({ service, route, consumer }: PluginEntry) => ({ service, route, consumer })
