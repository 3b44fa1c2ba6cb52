import type { Timer, Timers } from '@mercato/shared-kernel/application'
import { openGate } from '../open-gate.ts'

type Entry = { readonly status: 'waiting'; readonly timer: Timer } | { readonly status: 'fired'; readonly at: number }

/** Timers in this process only; gone when it ends. */
export const createMemoryTimers = (): Timers => {
  const gate = openGate('Timers')
  const entries = new Map<string, Entry>()

  return {
    async schedule(timer) {
      gate.check()
      if (entries.get(timer.id)?.status !== 'fired')
        entries.set(timer.id, { status: 'waiting', timer: structuredClone(timer) })
    },

    async cancel(id) {
      gate.check()
      if (entries.get(id)?.status === 'waiting') entries.delete(id)
    },

    async due(kind, now, limit) {
      gate.check()
      return [...entries.values()]
        .flatMap(entry => (entry.status === 'waiting' ? [entry.timer] : []))
        .filter(timer => timer.kind === kind && timer.dueAt <= now)
        .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime() || (a.id < b.id ? -1 : 1))
        .slice(0, limit)
        .map(timer => structuredClone(timer))
    },

    async fired(id) {
      gate.check()
      if (entries.get(id)?.status === 'waiting') entries.set(id, { status: 'fired', at: Date.now() })
    },

    async purge(before) {
      gate.check()
      const old = [...entries].filter(([, entry]) => entry.status === 'fired' && entry.at < before.getTime())
      for (const [id] of old) entries.delete(id)
      return old.length
    },

    async [Symbol.asyncDispose]() {
      gate.close()
    },
  }
}
