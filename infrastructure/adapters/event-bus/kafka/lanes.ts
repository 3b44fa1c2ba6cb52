import type { Offsets } from 'kafkajs'
import { createLane, type Lane, type LaneOptions } from './lane.ts'

/** The lanes of the partitions that a consumer has now, and what of their progress is committed. */
export interface Lanes {
  /** Replaces all lanes by new ones for these partitions. */
  readonly assign: (partitions: readonly number[]) => void
  /** The lane of a partition; none when the consumer does not have it, or is giving it up. */
  readonly of: (partition: number) => Lane | undefined
  readonly partitions: () => readonly number[]
  /** Offsets that are done and not committed. */
  readonly uncommitted: () => Offsets
  readonly committed: (offsets: Offsets) => void
  /** No lane takes or starts anything more, from this call on; resolves when the calls under way have ended. */
  readonly stop: () => Promise<void>
}

export const createLanes = (options: Omit<LaneOptions, 'partition'>): Lanes => {
  const { topic } = options.subscription
  const lanes = new Map<number, { readonly lane: Lane; committed: string | undefined }>()
  let stopped = false

  return {
    assign(partitions) {
      lanes.clear()
      stopped = false
      for (const partition of partitions)
        lanes.set(partition, { lane: createLane({ ...options, partition }), committed: undefined })
    },
    of: partition => (stopped ? undefined : lanes.get(partition)?.lane),
    partitions: () => [...lanes.keys()],
    uncommitted() {
      const partitions = [...lanes].flatMap(([partition, { lane, committed }]) => {
        const offset = lane.done()
        return offset === undefined || offset === committed ? [] : [{ partition, offset }]
      })
      return { topics: partitions.length === 0 ? [] : [{ topic, partitions }] }
    },
    committed({ topics }) {
      for (const { partition, offset } of topics.flatMap(each => each.partitions)) {
        const known = lanes.get(partition)
        if (known) known.committed = offset
      }
    },
    async stop() {
      stopped = true
      await Promise.all([...lanes.values()].map(({ lane }) => lane.stop()))
    },
  }
}
