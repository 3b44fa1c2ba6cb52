import type { Logger } from '@mercato/shared-kernel/application'

/** What goes wrong between us and a directory, told once however often it is tried, and that all is well again. */
export interface Troubles {
  went(what: string): void
  failed(what: string, error: unknown): void
  /** Nobody tries it any more. */
  dropped(what: string): void
}

export const createTroubles = (logger: Pick<Logger, 'info' | 'warn'>): Troubles => {
  const failing = new Set<string>()
  const told = new Set<string>()
  const end = (what: string): boolean => {
    if (!failing.delete(what) || failing.size > 0) return false
    told.clear()
    return true
  }
  return {
    went(what) {
      if (end(what)) logger.info('Consul answers again')
    },
    failed(what, error) {
      failing.add(what)
      const reason = error instanceof Error ? error.message : String(error)
      if (told.has(reason)) return
      told.add(reason)
      logger.warn('Consul is of no help; what is known of instances stays', { error })
    },
    dropped: what => void end(what),
  }
}
