import type { BusMessage, DeliveredMessage } from '@mercato/shared-kernel/application'

/** What consumers of one group saw, to be held against what was published. */
export interface History {
  /** Runs `work` as the handling of a message by one of the consumers, and remembers it. */
  readonly handle: (message: DeliveredMessage, work?: () => Promise<void>) => Promise<void>
  readonly handled: () => number
  readonly distinct: () => number
  /** Everything that must not be: a message missing, a key out of order, two messages of a key at the same time. */
  readonly faults: (published: readonly BusMessage[]) => readonly string[]
  readonly duplicates: () => number
}

export const createHistory = (): History => {
  const seen = new Map<string, string[]>()
  const busy = new Set<string>()
  const overlaps: string[] = []
  const all = () => [...seen.values()].flat()
  return {
    async handle({ key, id }, work = async () => undefined) {
      if (busy.has(key)) overlaps.push(`overlap at ${key}: ${id}`)
      busy.add(key)
      try {
        await work()
        seen.set(key, [...(seen.get(key) ?? []), id])
      } finally {
        busy.delete(key)
      }
    },
    handled: () => all().length,
    distinct: () => new Set(all()).size,
    duplicates: () => all().length - new Set(all()).size,
    faults(published) {
      const wrong = [...Map.groupBy(published, ({ key }) => key)].flatMap(([key, messages]) => {
        // A message that comes again is ignored by its consumer: what counts is when each came first.
        const came = [...new Set(seen.get(key))]
        const at = messages.findIndex(({ id }, place) => came[place] !== id)
        return at < 0 ? [] : [`${key}: ${came[at] ?? 'nothing'} instead of ${messages[at]?.id}`]
      })
      return [...overlaps, ...wrong]
    },
  }
}

/** Messages of a few keys, in turn. */
export const messagesFor = (keys: number, from: number, count: number): BusMessage[] =>
  Array.from({ length: count }, (_, n) => ({
    key: `key-${(from + n) % keys}`,
    id: `event-${from + n}`,
    value: { n: from + n },
    headers: {},
    position: String(from + n).padStart(9, '0'),
  }))
