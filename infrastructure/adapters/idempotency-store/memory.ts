import type { IdempotencyOutcome, IdempotencyStore } from '@mercato/shared-kernel/application'
import { openGate } from '../open-gate.ts'
import { RECORD_LIFETIME_MS } from './lifetime.ts'

interface Run {
  readonly payloadHash: string
  readonly commandId: string
  readonly startedAt: number
  /** Until when the run counts as alive; 0 after it was abandoned. */
  readonly leasedUntil: number
  /** The outcome as JSON: what is handed out is never shared. */
  readonly outcome?: string
}

/** Idempotency records in this process only; gone when it ends. */
export const createMemoryIdempotencyStore = (): IdempotencyStore => {
  const gate = openGate('IdempotencyStore')
  const runs = new Map<string, Run>()
  const placeOf = (actorId: string, key: string): string => JSON.stringify([actorId, key])

  return {
    async begin({ actorId, key, payloadHash, commandId, now, leaseMs }) {
      gate.check()
      const place = placeOf(actorId, key)
      const known = runs.get(place)
      const leasedUntil = now.getTime() + leaseMs
      if (!known || now.getTime() - known.startedAt >= RECORD_LIFETIME_MS) {
        runs.set(place, { payloadHash, commandId, startedAt: now.getTime(), leasedUntil })
        return { status: 'first', commandId }
      }
      if (known.payloadHash !== payloadHash) return { status: 'mismatch' }
      if (known.outcome !== undefined) return { status: 'done', outcome: parseOutcome(known.outcome) }
      if (known.leasedUntil > now.getTime()) return { status: 'running', commandId: known.commandId }
      runs.set(place, { ...known, leasedUntil })
      return { status: 'first', commandId: known.commandId }
    },

    async complete(actorId, key, outcome) {
      gate.check()
      const known = runs.get(placeOf(actorId, key))
      if (known && known.outcome === undefined)
        runs.set(placeOf(actorId, key), { ...known, outcome: JSON.stringify(outcome) })
    },

    async abandon(actorId, key) {
      gate.check()
      const known = runs.get(placeOf(actorId, key))
      if (known && known.outcome === undefined) runs.set(placeOf(actorId, key), { ...known, leasedUntil: 0 })
    },

    async purge(before) {
      gate.check()
      const old = [...runs].filter(([, run]) => run.startedAt < before.getTime())
      for (const [place] of old) runs.delete(place)
      return old.length
    },

    async [Symbol.asyncDispose]() {
      gate.close()
    },
  }
}

const parseOutcome = (json: string): IdempotencyOutcome => JSON.parse(json)
