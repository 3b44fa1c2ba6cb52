import { hostAndPort, type Instance, type Instances } from './service-directory.ts'

/** Instances as the last answer named them; an empty answer leaves those that are known. */
export interface Watched extends Instances {
  replace(instances: readonly Instance[]): void
}

export const createWatched = (): Watched => {
  let known: readonly Instance[] = []
  const listeners = new Set<() => void>()
  return {
    current: () => known,
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    replace(instances) {
      if (instances.length === 0) return
      const names = (list: readonly Instance[]) => list.map(hostAndPort).sort().join(' ')
      const changed = names(instances) !== names(known)
      known = instances
      if (changed) for (const listener of [...listeners]) listener()
    },
  }
}
