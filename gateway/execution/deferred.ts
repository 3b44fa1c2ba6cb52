import { type Data, isData, readOwn } from './data.ts'
import type { ErrorPath } from './failures.ts'
import type { DeferredShape, Position, Shape } from './selection.ts'

/** An object of the answer of which something follows. */
export interface Following {
  readonly deferred: DeferredShape
  /** What subgraphs gave of the object. */
  readonly given: Data
  readonly path: ErrorPath
}

/**
 * What follows on a completed part of the answer. Only objects that are shown count: what a null took along has nothing that could
 * follow.
 */
export const followingOn = (shape: Shape, given: Data, shown: Data, path: ErrorPath): readonly Following[] => {
  const found: Following[] = []
  const lookInto = (position: Position, given: unknown, shown: unknown, path: ErrorPath): void => {
    if (position.kind === 'list') {
      const { item } = position
      if (!item || !Array.isArray(given) || !Array.isArray(shown)) return
      for (let i = 0; i < shown.length; i++) lookInto(item, given[i], shown[i], [...path, i])
    } else if (isData(given) && isData(shown)) {
      const inner = position.selection?.shape(given['__typename'])
      if (inner) look(inner, given, shown, path)
    }
  }
  const look = (shape: Shape, given: Data, shown: Data, path: ErrorPath): void => {
    for (const deferred of shape.deferred) found.push({ deferred, given, path })
    for (const { name, source, position } of shape.fields)
      if (position.defers) lookInto(position, readOwn(given, source), readOwn(shown, name), [...path, name])
  }
  look(shape, given, shown, path)
  return found
}
