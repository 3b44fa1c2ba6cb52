import { Client, credentials } from '@grpc/grpc-js'
import { hostAndPort, type Instance, type Instances } from '../service-directory/service-directory.ts'
import { createRotation } from '../subgraph-transport/rotation.ts'

const CHANNEL = {
  // Retries are ours: the channel's own would hide failures from the breaker.
  'grpc.enable_retries': 0,
  'grpc.initial_reconnect_backoff_ms': 100,
  'grpc.max_reconnect_backoff_ms': 2_000,
  'grpc.max_receive_message_length': 4 * 1024 * 1024,
}
const REST_MS = 2_000

/** Connections to the instances of a service, taken in turn. */
export interface Channels {
  /** The one whose turn it is; `undefined` while no instance is known. `rest` leaves it alone for a while. */
  next(): { readonly client: Client; rest(): void } | undefined
  close(): void
}

export const createChannels = (instances: Instances, encrypted: boolean): Channels => {
  const clients = new Map<string, Client>()
  const rotation = createRotation<Instance>({ of: () => instances.current(), keyOf: hostAndPort, restMs: REST_MS })
  const unwatch = instances.onChange(() => {
    const present = new Set(instances.current().map(hostAndPort))
    for (const [key, client] of clients)
      if (!present.has(key)) {
        clients.delete(key)
        // Calls under way end first.
        client.close()
      }
  })

  const clientOf = (instance: Instance): Client => {
    const key = hostAndPort(instance)
    const known = clients.get(key)
    if (known) return known
    const client = new Client(key, encrypted ? credentials.createSsl() : credentials.createInsecure(), CHANNEL)
    clients.set(key, client)
    return client
  }

  return {
    next() {
      const [instance] = rotation.next()
      return instance && { client: clientOf(instance), rest: () => rotation.rest(instance) }
    },
    close() {
      unwatch()
      for (const client of clients.values()) client.close()
    },
  }
}
