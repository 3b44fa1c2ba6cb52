import { Closed } from '@mercato/shared-kernel/application'
import type { Instance, ServiceDirectory } from './service-directory.ts'
import { createWatched, type Watched } from './watched.ts'

/** What several processes would share; within one. */
export interface MemoryDirectory {
  /** A directory that knows what is registered through all of them. */
  open(): ServiceDirectory
}

export const createMemoryDirectory = (): MemoryDirectory => {
  const registered = new Map<string, Set<Instance>>()
  const everybody = new Set<(service: string) => void>()
  const present = (service: string): readonly Instance[] => [...(registered.get(service) ?? [])]
  const changed = (service: string): void => {
    for (const tell of everybody) tell(service)
  }

  const open = (): ServiceDirectory => {
    const watches = new Map<string, Watched>()
    const mine = new Set<() => void>()
    let closed = false
    const check = (): void => {
      if (closed) throw new Closed('ServiceDirectory')
    }
    const tell = (service: string): void => watches.get(service)?.replace(present(service))
    everybody.add(tell)

    return {
      register(service, instance) {
        check()
        const entry = { ...instance }
        const all = registered.get(service) ?? new Set()
        registered.set(service, all.add(entry))
        const leave = (): void => {
          mine.delete(leave)
          if (all.delete(entry)) changed(service)
        }
        mine.add(leave)
        changed(service)
        return { [Symbol.asyncDispose]: async () => leave() }
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
        everybody.delete(tell)
        for (const leave of [...mine]) leave()
      },
    }
  }

  return { open }
}
