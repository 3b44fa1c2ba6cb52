import { Closed } from '@mercato/shared-kernel/application'
import type { Instance, ServiceDirectory } from './service-directory.ts'
import { createWatched, type Watched } from './watched.ts'

/** A directory within one process. */
export const createMemoryDirectory = (): ServiceDirectory => {
  const registered = new Map<string, Set<Instance>>()
  const watches = new Map<string, Watched>()
  let closed = false

  const tell = (service: string): void => watches.get(service)?.replace([...(registered.get(service) ?? [])])
  const check = (): void => {
    if (closed) throw new Closed('ServiceDirectory')
  }

  return {
    register(service, instance) {
      check()
      const mine = { ...instance }
      const all = registered.get(service) ?? new Set()
      registered.set(service, all.add(mine))
      tell(service)
      return {
        async [Symbol.asyncDispose]() {
          if (all.delete(mine)) tell(service)
        },
      }
    },
    watch(service) {
      check()
      const watched = watches.get(service) ?? createWatched()
      watches.set(service, watched)
      tell(service)
      return watched
    },
    async [Symbol.asyncDispose]() {
      closed = true
    },
  }
}
