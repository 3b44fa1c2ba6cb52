import type { DomainEvent } from '#domain/decider.ts'
import type { Consistency } from './consistency.ts'
import { Fault } from './faults.ts'
import type { ListPage, ListRange, ViewStore } from './ports/view-store.ts'
import type { Projector } from './projector.ts'
import { buildOf, type View } from './view.ts'

/** Reads of one view that include what the session wrote, or say that they cannot. */
export interface ViewReader<Doc> {
  /** By key; when the view lags behind what the session wrote, `refold` answers instead (from the write side), else Fault STALE_READ. */
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
  const build = buildOf(view)

  const stale = (): Fault =>
    new Fault('STALE_READ', 'The list does not show your last change yet. Try again in a moment.')

  const relevant = (keys: readonly string[], consistency: Consistency): Consistency => {
    if (!streamOf) return consistency
    const streams = new Set(keys.map(streamOf))
    return Object.fromEntries(Object.entries(consistency).filter(([streamId]) => streams.has(streamId)))
  }

  const getMany: ViewReader<Doc>['getMany'] = async (keys, consistency) => {
    if (keys.length === 0) return []
    if (!(await projector.includes(view.name, relevant(keys, consistency), waitMs))) {
      if (!refold) throw stale()
      return Promise.all(keys.map(refold))
    }
    const found = await store.getMany(build, keys)
    return found.map(each => each?.doc as Doc | undefined)
  }

  return {
    getMany,
    async get(key, consistency) {
      return (await getMany([key], consistency))[0]
    },
    async list(range, consistency) {
      if (!(await projector.includes(view.name, consistency, waitMs))) throw stale()
      return (await store.list(build, range)) as ListPage<Doc>
    },
    count: (index, prefix) => store.count(build, index, prefix),
  }
}
