import type { LoadedSupergraph } from './supergraph.ts'

/** The supergraph in service. Another one takes its place between two requests; what is under way ends with the one it began with. */
export interface Supergraphs {
  readonly current: LoadedSupergraph
  swap(next: LoadedSupergraph): void
  /** Calls `listener` after each swap until the returned function is called. */
  onSwap(listener: (next: LoadedSupergraph) => void): () => void
}

export const createSupergraphs = (first: LoadedSupergraph): Supergraphs => {
  let current = first
  const listeners = new Set<(next: LoadedSupergraph) => void>()
  return {
    get current() {
      return current
    },
    swap(next) {
      current = next
      for (const listener of [...listeners]) listener(next)
    },
    onSwap(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
