import type { Metrics } from './ports/environment.ts'
import type { ParkedMessages } from './ports/parked-messages.ts'

/** Tells `mercato_parked_messages` of every group that has any, or had: one whose last message was replayed says 0. */
export const createParkedGauge = (parked: Pick<ParkedMessages, 'counts'>, metrics: Metrics): (() => Promise<void>) => {
  const known = new Set<string>()
  return async () => {
    const counts = await parked.counts()
    for (const group of counts.keys()) known.add(group)
    for (const group of known) metrics.gauge('mercato_parked_messages', counts.get(group) ?? 0, { group })
  }
}
