import type { Balancer, Peer } from './balancer.ts'
import { createBalancer } from './balancer.ts'
import type { KongConfig, Service } from './config/model.ts'
import { createPools, type InProcessTarget, type Pools } from './forwarding.ts'
import { type HealthChecks, startHealthChecks } from './health-checks.ts'
import { createPlans, type Plans } from './plan.ts'
import type { PluginEnvironment } from './plugin.ts'
import { type Asked, createRouter, type Match } from './router.ts'

export type Targets = Readonly<Record<string, InProcessTarget>>

/** A configuration made ready to serve. An exchange keeps the one with which it began, also when another takes over. */
export interface Runtime extends AsyncDisposable {
  readonly config: KongConfig
  readonly plans: Plans
  readonly pools: Pools
  readonly balancer: Balancer
  readonly health: Pick<HealthChecks, 'of'>
  match(asked: Asked): { match: Match; service: Service } | undefined
  /** The target in this process that stands for this service, by the name of its upstream or of the chosen peer. */
  inProcess(service: Service, peer: Peer): InProcessTarget | undefined
}

export type RuntimeEnvironment = Omit<PluginEnvironment, 'credential'>

export function createRuntime(config: KongConfig, environment: RuntimeEnvironment, targets: Targets): Runtime {
  const consumers = new Map(config.consumers.map(consumer => [consumer.username, consumer]))
  const credentials = new Map(config.credentials.map(credential => [credential.key, credential]))
  const services = new Map(config.services.filter(service => service.enabled).map(service => [service.name, service]))
  const find = createRouter(config.routes.filter(route => services.has(route.service)))
  const pools = createPools()
  const known = new Map(Object.entries(targets))
  const isHere = (name: string) => known.has(name) || known.has(name.slice(0, name.lastIndexOf(':')))
  const health = startHealthChecks(
    config.upstreams
      .filter(({ name }) => !known.has(name))
      .map(upstream => ({ ...upstream, targets: upstream.targets.filter(({ target }) => !isHere(target)) })),
    environment.log,
  )
  return {
    config,
    pools,
    health,
    balancer: createBalancer(config.upstreams, (upstream, target) => health.of(upstream, target) !== 'unhealthy'),
    plans: createPlans(config, {
      ...environment,
      credential(key) {
        const credential = credentials.get(key)
        const consumer = credential && consumers.get(credential.consumer)
        return credential && consumer ? { id: credential.id, consumer } : undefined
      },
    }),
    match(asked) {
      const match = find(asked)
      const service = match && services.get(match.route.service)
      return match && service ? { match, service } : undefined
    },
    inProcess: (service, peer) => known.get(peer.name) ?? known.get(peer.host) ?? known.get(service.host),
    async [Symbol.asyncDispose]() {
      health[Symbol.dispose]()
      await pools[Symbol.asyncDispose]()
    },
  }
}
