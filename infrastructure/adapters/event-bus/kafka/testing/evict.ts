import { type Broker, type Cluster, Kafka, logLevel, PartitionAssigners } from 'kafkajs'

/** Asks the coordinator to forget a member, as it would by itself when the member's session times out. */
const leaveFor = async (coordinator: Broker, groupId: string, memberId: string): Promise<void> => {
  const leaveGroup: unknown = Reflect.get(coordinator, 'leaveGroup')
  if (typeof leaveGroup !== 'function') throw new Error('kafkajs has no leaveGroup')
  await leaveGroup.call(coordinator, { groupId, memberId })
}

/** Ends the sessions of all members of groups that read a topic: a test need not wait until the brokers miss the dead. */
export const evictMembers = async (brokers: readonly string[], topics: readonly string[]): Promise<void> => {
  const kafka = new Kafka({ brokers: [...brokers], clientId: 'evict', logLevel: logLevel.NOTHING })
  let cluster: Cluster | undefined
  const consumer = kafka.consumer({
    groupId: 'evict',
    partitionAssigners: [
      config => {
        cluster = config.cluster
        return PartitionAssigners.roundRobin(config)
      },
    ],
  })
  const admin = kafka.admin()
  await Promise.all([admin.connect(), consumer.connect()])
  try {
    await cluster?.refreshMetadata()
    const { groups } = await admin.listGroups()
    const names = groups.map(({ groupId }) => groupId).filter(name => topics.some(topic => name.endsWith(`@${topic}`)))
    const described = names.length === 0 ? [] : (await admin.describeGroups(names)).groups
    for (const { groupId, members } of described) {
      const coordinator = await cluster?.findGroupCoordinator({ groupId })
      for (const { memberId } of members) if (coordinator) await leaveFor(coordinator, groupId, memberId)
    }
  } finally {
    await Promise.all([admin.disconnect(), consumer.disconnect()])
  }
}
