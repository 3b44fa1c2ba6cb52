import { request as httpRequest } from 'node:http'
import { peerOf } from './balancer.ts'
import type { Upstream } from './config/model.ts'
import { codeOf } from './forwarding.ts'
import type { Log } from './log.ts'

export type TargetHealth = 'healthchecks_off' | 'healthy' | 'unhealthy'

/** What Kong's active health checks have found out about the targets of upstreams. Disposing ends them. */
export interface HealthChecks extends Disposable {
  of(upstream: string, target: string): TargetHealth
}

type ActiveChecks = Upstream['healthchecks']['active']
type Failure = 'http_failures' | 'tcp_failures' | 'timeouts'
type Finding = 'success' | Failure | undefined

/**
 * Asks every target for its `http_path` again and again, `interval` seconds apart. So many successes in a row make it healthy, so many
 * failures of one kind without a success in between unhealthy; it begins healthy. An interval or a count of 0 switches that part off.
 */
export const startHealthChecks = (upstreams: readonly Upstream[], log: Log): HealthChecks => {
  const checks = new Map(
    upstreams.flatMap(({ name, targets, healthchecks: { active } }) =>
      active.healthy.interval > 0 || active.unhealthy.interval > 0
        ? targets.map(({ target }) => [keyOf(name, target), watch(target, active, log)] as const)
        : [],
    ),
  )
  return {
    of: (upstream, target) => checks.get(keyOf(upstream, target))?.health() ?? 'healthchecks_off',
    [Symbol.dispose]() {
      for (const check of checks.values()) check[Symbol.dispose]()
    },
  }
}

const keyOf = (upstream: string, target: string): string => `${upstream} ${target}`

const watch = (target: string, active: ActiveChecks, log: Log) => {
  const over = new AbortController()
  let healthy = true
  let successes = 0
  let failures: Partial<Record<Failure, number>> = {}
  let timer: NodeJS.Timeout | undefined

  const become = (next: boolean, why: Finding): void => {
    if (healthy === next) return
    healthy = next
    log(next ? 'info' : 'warn', 'the health of an upstream target changed', { target, healthy, why })
  }
  const count = (finding: Finding): void => {
    if (finding === undefined) return
    if (finding === 'success') {
      failures = {}
      successes += 1
      if (active.healthy.successes > 0 && successes >= active.healthy.successes) become(true, finding)
      return
    }
    successes = 0
    const times = (failures[finding] ?? 0) + 1
    failures = { ...failures, [finding]: times }
    const enough = active.unhealthy[finding]
    if (enough > 0 && times >= enough) become(false, finding)
  }
  const schedule = (): void => {
    const { interval } = healthy ? active.healthy : active.unhealthy
    if (interval > 0 && !over.signal.aborted) timer = setTimeout(check, interval * 1_000).unref()
  }
  const check = (): void => {
    void probe(target, active, over.signal).then(finding => {
      if (over.signal.aborted) return
      count(finding)
      schedule()
    })
  }
  schedule()
  return {
    health: (): TargetHealth => (healthy ? 'healthy' : 'unhealthy'),
    [Symbol.dispose]() {
      over.abort()
      clearTimeout(timer)
    },
  }
}

/** One check, on a connection of its own. A status that is on neither list says nothing. */
const probe = (target: string, active: ActiveChecks, over: AbortSignal): Promise<Finding> =>
  new Promise(resolve => {
    const { host, port } = peerOf(target)
    const late = AbortSignal.timeout(active.timeout * 1_000)
    const asking = httpRequest({
      ...{ host, port, path: active.http_path, agent: false },
      signal: AbortSignal.any([over, late]),
    })
    asking.once('response', response => {
      const status = response.statusCode ?? 0
      response.resume().once('error', () => undefined)
      if (active.healthy.http_statuses.includes(status)) resolve('success')
      else resolve(active.unhealthy.http_statuses.includes(status) ? 'http_failures' : undefined)
    })
    asking.once('error', error => resolve(late.aborted || codeOf(error) === 'ETIMEDOUT' ? 'timeouts' : 'tcp_failures'))
    asking.end()
  })
