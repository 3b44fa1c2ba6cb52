import type { KongConfig, Route, ScopedPlugin } from './config/model.ts'
import type { Exchange } from './exchange.ts'
import type { Plugin, PluginEnvironment, PluginRun } from './plugin.ts'

interface Candidate {
  readonly consumer: string | undefined
  readonly plugin: Plugin
}

/** The plugins of one route in order of priority; of each, its configurations from the most specific to the least. */
export type Plan = readonly (readonly Candidate[])[]

export interface Plans {
  forRoute(route: Route): Plan
  /** What runs when no route matched: the global entries. */
  readonly unmatched: Plan
}

/**
 * Resolves Kong's precedence. Of a plugin's configurations exactly one runs for a request, the most specific that
 * matches: consumer+route+service, consumer+route, consumer+service, route+service, consumer, route, service, global.
 */
export function createPlans(config: KongConfig, environment: PluginEnvironment): Plans {
  const active = config.plugins
    .filter(({ entry }) => entry.enabled)
    .map(plugin => ({ ...plugin, run: plugin.entry.config.create(environment, plugin.scope) }))

  const plan = (applies: (plugin: ScopedPlugin) => boolean): Plan => {
    const chosen = active.filter(applies)
    const names = [...new Set(chosen.map(({ entry }) => entry.name))]
    return names
      .map(name => chosen.filter(({ entry }) => entry.name === name))
      .sort((one, other) => (other[0]?.entry.priority ?? 0) - (one[0]?.entry.priority ?? 0))
      .map(entries =>
        entries
          .sort((one, other) => specificity(other) - specificity(one))
          .map(({ scope, run }) => ({ consumer: scope.consumer, plugin: run })),
      )
  }

  const perRoute = new Map(
    config.routes.map(route => [
      route.id,
      plan(({ scope }) => matches(scope.route, route.name) && matches(scope.service, route.service)),
    ]),
  )
  const unmatched = plan(
    ({ scope }) => scope.route === undefined && scope.service === undefined && scope.consumer === undefined,
  )
  return { forRoute: route => perRoute.get(route.id) ?? unmatched, unmatched }
}

const matches = (wanted: string | undefined, actual: string): boolean => wanted === undefined || wanted === actual

/** Two parts beat one; among as many, a consumer beats a route beats a service. */
function specificity({ scope }: ScopedPlugin): number {
  const parts = [scope.service, scope.route, scope.consumer].map(part => (part === undefined ? 0 : 1))
  const [service = 0, route = 0, consumer = 0] = parts
  return (service + route + consumer) * 8 + consumer * 4 + route * 2 + service
}

/** The configuration of one plugin that counts for this exchange, if any does. */
export function select(candidates: readonly Candidate[], exchange: Exchange): PluginRun | undefined {
  const chosen = candidates.find(({ consumer }) => consumer === undefined || consumer === exchange.consumer?.username)
  return chosen?.plugin(exchange)
}
