import { type Assigner, type Cluster, type PartitionAssigner, PartitionAssigners } from 'kafkajs'

export interface HookedAssigner {
  readonly assigner: PartitionAssigner
  /** The consumer's own connection to the cluster, once the consumer is made. */
  readonly cluster: () => Cluster
}

/**
 * Calls `beforeJoin` before a consumer joins its group, for the first time or again, and waits for it; if it rejects, the consumer
 * does not join and crashes. kafkajs has no such hook, and without one a message could still be in hand here when its partition
 * goes to another consumer. Joining begins with the search for the group's coordinator, and an assigner is given the cluster object
 * that searches.
 */
export const hookJoin = (beforeJoin: () => Promise<void>): HookedAssigner => {
  let hooked: Cluster | undefined
  return {
    assigner(config): Assigner {
      const { cluster } = config
      const find = cluster.findGroupCoordinator.bind(cluster)
      cluster.findGroupCoordinator = async group => {
        await beforeJoin()
        return find(group)
      }
      hooked = cluster
      return PartitionAssigners.roundRobin(config)
    },
    cluster() {
      if (!hooked) throw new Error('the consumer has not been made yet')
      return hooked
    },
  }
}
