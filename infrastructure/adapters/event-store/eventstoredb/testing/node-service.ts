import gossip from '@eventstore/db-client/generated/gossip_pb.js'
import features from '@eventstore/db-client/generated/serverfeatures_pb.js'

/** What a node says of its cluster: itself, and who leads when that is another one. */
export const clusterInfo = (port: number, leaderPort: number | undefined): gossip.ClusterInfo => {
  const { LEADER, FOLLOWER } = gossip.MemberInfo.VNodeState
  const member = (at: number, state: gossip.MemberInfo.VNodeState) =>
    new gossip.MemberInfo()
      .setIsAlive(true)
      .setTimeStamp('0')
      .setState(state)
      .setHttpEndPoint(new gossip.EndPoint().setAddress('127.0.0.1').setPort(at))
  const members =
    leaderPort === undefined ? [member(port, LEADER)] : [member(port, FOLLOWER), member(leaderPort, LEADER)]
  return new gossip.ClusterInfo().setMembersList(members)
}

/** What a node says it can do: batches too, as the real one does. */
export const supportedMethods = (): features.SupportedMethods => {
  const method = (name: string) =>
    new features.SupportedMethod().setServiceName('event_store.client.streams.streams').setMethodName(name)
  return new features.SupportedMethods()
    .setEventStoreServerVersion('24.10.0')
    .setMethodsList(['read', 'append', 'batchappend'].map(method))
}
