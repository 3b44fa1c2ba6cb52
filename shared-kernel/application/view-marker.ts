import { LOG_START } from './ports/event-store.ts'
import type { ViewStore } from './ports/view-store.ts'

/** Stands among the documents of a build, in no index, and goes when they go. */
export const MARKER = '$filled'

/** How far a build is filled. */
export interface Marker {
  /** Every event up to this position of the log is applied; later ones may be. */
  readonly position: string
  /** Whether it has once included everything: only then it may be read. */
  readonly complete: boolean
  /** Counts the moves of the marker. */
  readonly move: number
  readonly version: number
}

type Markers = Pick<ViewStore, 'getMany' | 'apply'>

const write = (store: Markers, build: string, next: Omit<Marker, 'version'>, basedOn: number) =>
  store.apply({
    view: build,
    streamId: MARKER,
    revision: next.move,
    writes: [{ key: MARKER, doc: next, indexes: {}, basedOn }],
  })

export const readMarker = async (store: Markers, build: string): Promise<Marker | undefined> => {
  const [found] = await store.getMany(build, [MARKER])
  return found && { ...(found.doc as Omit<Marker, 'version'>), version: found.version }
}

/** The marker of a build, set to its beginning when it has none. */
export const openMarker = async (store: Markers, build: string): Promise<Marker> => {
  for (;;) {
    const found = await readMarker(store, build)
    if (found) return found
    await write(store, build, { position: LOG_START, complete: false, move: 0 }, 0)
  }
}

/** Moves the marker; `undefined` when somebody else moved it, or the build was lost meanwhile, and it must be read anew. */
export const moveMarker = async (
  store: Markers,
  build: string,
  from: Marker,
  to: { readonly position: string; readonly complete: boolean },
): Promise<Marker | undefined> => {
  const outcome = await write(store, build, { ...to, move: from.move + 1 }, from.version)
  return outcome === 'applied' ? readMarker(store, build) : undefined
}
