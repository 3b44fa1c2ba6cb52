import { createHash } from 'node:crypto'
import type { Logger, Metrics } from '@mercato/shared-kernel/application'
import { print } from 'graphql'
import type { Prepared } from './documents.ts'

/** Why the planner knew no way to put something off: its fetches wait for each other, it had too many ways to compare, anything else. */
export type Obstacle = 'circle' | 'too_many_ways' | 'fault'

/** Hears of operations whose `@defer` is passed over because they cannot be planned with it. */
export interface Undeferred {
  /** When it is found out. Tells the log once for each operation. */
  planned(prepared: Prepared, error: unknown): Obstacle
  /** Each time one is answered whole. */
  answered(prepared: Prepared, obstacle: Obstacle): void
}

/** Operations that were told of; the oldest is forgotten. */
const REMEMBERED = 500

const obstacleIn = (error: unknown): Obstacle => {
  const message = error instanceof Error ? error.message : ''
  if (message.includes('would create a cycle')) return 'circle'
  return message.includes('Too many options') ? 'too_many_ways' : 'fault'
}

export const createUndeferred = (logger: Logger, metrics: Metrics): Undeferred => {
  const told = new Set<string>()
  return {
    planned({ supergraph, document, operation, label }, error) {
      const obstacle = obstacleIn(error)
      const hash = createHash('sha256').update(print(document)).digest('hex')
      const key = `${supergraph.id} ${hash} ${operation.name?.value ?? ''}`
      if (told.has(key)) return obstacle
      told.add(key)
      const [oldest] = told
      if (told.size > REMEMBERED && oldest !== undefined) told.delete(oldest)
      logger.warn('an operation cannot be planned with its @defer and is answered whole', {
        operation: operation.name?.value ?? label,
        hash,
        obstacle,
        error,
      })
      return obstacle
    },
    answered({ label }, obstacle) {
      metrics.count('mercato_gateway_undeferred_operations_total', { operation: label, obstacle })
    },
  }
}
