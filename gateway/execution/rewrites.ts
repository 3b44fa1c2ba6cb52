import type { FetchDataRewrite } from '@apollo/query-planner'
import { type Data, isData, readOwn, write } from './data.ts'

/** Whether an object of the type named last may stand where the type named first is asked for; both are names of the supergraph. */
export type IsOfType = (condition: string, typename: string) => boolean

/** Changes what goes to a subgraph or comes from one, in place. */
export type Rewrite = (value: unknown) => void

const FRAGMENT = '... on '

type Step = (value: Data, go: Rewrite) => void

/** The type that an element of a path asks for; undefined when it is the name of a field. */
export const conditionIn = (element: string): string | undefined =>
  element.startsWith(FRAGMENT) ? element.slice(FRAGMENT.length) : undefined

const compileStep = (element: string, isOfType: IsOfType): Step => {
  const condition = conditionIn(element)
  if (condition === undefined) return (value, go) => go(readOwn(value, element))
  return (value, go) => {
    const typename = value['__typename']
    if (typeof typename !== 'string' || isOfType(condition, typename)) go(value)
  }
}

const compileLast = (rewrite: FetchDataRewrite, name: string): ((value: Data) => void) =>
  rewrite.kind === 'ValueSetter'
    ? value => write(value, name, rewrite.setValueTo)
    : value => {
        const present = readOwn(value, name)
        if (!present) return
        write(value, rewrite.renameKeyTo, present)
        write(value, name, undefined)
      }

const compileOne = (rewrite: FetchDataRewrite, isOfType: IsOfType): Rewrite => {
  const name = rewrite.path.at(-1)
  if (name === undefined) return () => undefined
  const steps = rewrite.path.slice(0, -1).map(element => compileStep(element, isOfType))
  const last = compileLast(rewrite, name)
  const at = (depth: number): Rewrite => {
    const step = steps[depth]
    const next = step ? at(depth + 1) : undefined
    const apply: Rewrite = value => {
      if (Array.isArray(value)) for (const item of value) apply(item)
      else if (isData(value))
        if (step && next) step(value, next)
        else last(value)
    }
    return apply
  }
  return at(0)
}

/** Undefined when there is nothing to rewrite. */
export const compileRewrites = (
  rewrites: readonly FetchDataRewrite[] | undefined,
  isOfType: IsOfType,
): Rewrite | undefined => {
  if (!rewrites || rewrites.length === 0) return undefined
  const all = rewrites.map(rewrite => compileOne(rewrite, isOfType))
  return value => {
    for (const rewrite of all) rewrite(value)
  }
}
