import { allowedOnConsumer } from '../plugins/registry.ts'
import type { KongConfig, ScopedPlugin } from './model.ts'

/** What no schema sees: names given twice, references to nothing, the same plugin twice in one place. */
export function contradictions(config: KongConfig): string[] {
  const services = config.services.map(service => service.name)
  const routes = config.routes.map(route => route.name)
  const consumers = config.consumers.map(consumer => consumer.username)
  return [
    ...twice(services, 'service'),
    ...twice(routes, 'route'),
    ...twice(consumers, 'consumer'),
    ...twice(
      config.upstreams.map(upstream => upstream.name),
      'upstream',
    ),
    ...(new Set(config.credentials.map(credential => credential.key)).size < config.credentials.length
      ? ['two keyauth_credentials have the same key']
      : []),
    ...twice(config.plugins.map(describe), 'plugin'),
    ...config.plugins.flatMap(plugin => [
      ...unknown(plugin, 'service', services),
      ...unknown(plugin, 'route', routes),
      ...unknown(plugin, 'consumer', consumers),
      ...(plugin.scope.consumer !== undefined && !allowedOnConsumer(plugin.entry.name)
        ? [`the plugin ${plugin.entry.name} cannot be set on a consumer`]
        : []),
    ]),
  ]
}

function twice(names: readonly string[], kind: string): string[] {
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) !== index))
  return [...repeated].map(name => `the ${kind} "${name}" is there twice`)
}

const describe = ({ entry, scope }: ScopedPlugin): string =>
  [entry.name, ...Object.entries(scope).map(([kind, name]) => `on ${kind} ${name}`)].join(' ')

function unknown(plugin: ScopedPlugin, kind: keyof ScopedPlugin['scope'], names: readonly string[]): string[] {
  const name = plugin.scope[kind]
  return name === undefined || names.includes(name)
    ? []
    : [`the plugin ${plugin.entry.name} refers to the ${kind} "${name}", which is not in the file`]
}
