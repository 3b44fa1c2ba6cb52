import type { DomainEvent } from '#domain/decider.ts'
import type { Consistency } from './consistency.ts'
import { Fault } from './faults.ts'
import type { ListPage, ListRange, ViewStore } from './ports/view-store.ts'
import type { Projector } from './projector.ts'
import type { View } from './view.ts'

/** Reads of one view that include what the session wrote, or say that they cannot. */
export interface ViewReader<Doc> {
  /** By key; when the view lags behind what the session wrote, or cannot be read, `refold` answers instead (from the write side), else Fault STALE_READ. */
  get(key: string, consistency: Consistency): Promise<Doc | undefined>
  /** In the order asked, same rules. */
  getMany(keys: readonly string[], consistency: Consistency): Promise<readonly (Doc | undefined)[]>
  /** A page of an index; Fault STALE_READ when the view lags behind what the session wrote. */
  list(range: ListRange, consistency: Consistency): Promise<ListPage<Doc>>
  count(index: string, prefix?: string): Promise<number>
}

export const createViewReader = <Event extends DomainEvent, Doc>(options: {
  readonly view: View<Event, Doc>
  readonly store: ViewStore
  readonly projector: Projector
  /** Stream that a document is folded from, when it is one: only that stream's revision is then waited for. */
  readonly streamOf?: (key: string) => string
  /** The document as the write side has it now. */
  readonly refold?: (key: string) => Promise<Doc | undefined>
  /** How long a read waits for the view; default 1000 ms. */
  readonly waitMs?: number
}): ViewReader<Doc> => {
  const { view, store, projector, streamOf, refold, waitMs = 1_000 } = options

  const stale = (): Fault =>
    new Fault('STALE_READ', 'The list does not show your last change yet. Try again in a moment.')

  const relevant = (keys: readonly string[], consistency: Consistency): Consistency => {
    if (!streamOf) return consistency
    const streams = new Set(keys.map(streamOf))
    return Object.fromEntries(Object.entries(consistency).filter(([streamId]) => streams.has(streamId)))
  }

  /** `undefined` when the view lags; also when it cannot be read, and the write side can answer instead. */
  const current = async (keys: readonly string[], consistency: Consistency) => {
    try {
      if (!(await projector.includes(view.name, relevant(keys, consistency), waitMs))) return undefined
      return await projector.getMany(view.name, keys)
    } catch (error) {
      if (refold && error instanceof Fault && error.code === 'SERVICE_UNAVAILABLE') return undefined
      throw error
    }
  }

  const getMany: ViewReader<Doc>['getMany'] = async (keys, consistency) => {
    if (keys.length === 0) return []
    const found = await current(keys, consistency)
    if (found) return found.map(each => each?.doc as Doc | undefined)
    if (!refold) throw stale()
    return Promise.all(keys.map(refold))
  }

  return {
    getMany,
    async get(key, consistency) {
      return (await getMany([key], consistency))[0]
    },
    async list(range, consistency) {
      if (!(await projector.includes(view.name, consistency, waitMs))) throw stale()
      const [page] = await Promise.all([store.list(projector.live(view.name), range), projector.getMany(view.name, [])])
      return page as ListPage<Doc>
    },
    async count(index, prefix) {
      const build = projector.live(view.name)
      const [size] = await Promise.all([store.count(build, index, prefix), projector.getMany(view.name, [])])
      return size
    },
  }
}
