import type { GraphQLError } from 'graphql'
import type { Result } from '../supergraph.ts'
import { completeAnswer, type Schema } from './completion.ts'
import type { Data } from './data.ts'
import { type Following, followingOn } from './deferred.ts'
import type { ErrorPath } from './failures.ts'
import { partOf } from './fetches.ts'
import type { Running } from './run.ts'
import type { Shape } from './selection.ts'

/** Which part of an answer: undefined is the first, otherwise what follows on an object of this type at this path. */
export type Place = { readonly number: number; readonly typename: string; readonly path: ErrorPath } | undefined

interface Reviewed {
  readonly data: Data | null
  readonly errors: readonly GraphQLError[]
}

/** Has the last word on what a part shows. */
export type Review = (data: Data | null, place: Place) => Reviewed

/** What follows on one object. */
export interface Piece extends Reviewed {
  readonly label: string | undefined
  readonly path: ErrorPath
}

/** Pieces that are there together; `more` says whether others follow. */
export interface Batch {
  readonly pieces: readonly Piece[]
  readonly more: boolean
}

/** An answer that comes in parts. */
export interface InParts {
  readonly first: Result
  /** Undefined when nothing follows. Everything that follows an object comes after the object itself. */
  readonly rest: AsyncGenerator<Batch, void, undefined> | undefined
}

/** Errors of a part by the piece that they are about; those that are about none go with the first. */
const sortErrors = (errors: readonly GraphQLError[], followings: readonly Following[]): readonly GraphQLError[][] => {
  const sorted: GraphQLError[][] = followings.map(() => [])
  if (errors.length === 0) return sorted
  const depth = followings[0]?.path.length ?? 0
  const places = new Map(followings.map(({ path }, index) => [path.join(), index]))
  for (const error of errors) sorted[places.get(error.path?.slice(0, depth).join() ?? '') ?? 0]?.push(error)
  return sorted
}

export const deliverInParts = async (
  shape: Shape,
  { data: given, parts }: Running,
  schema: Schema,
  review: Review,
): Promise<InParts> => {
  const complete = (
    shape: Shape,
    given: Data,
    place: Place,
    failures: readonly GraphQLError[],
  ): { readonly shown: Reviewed; readonly followings: readonly Following[] } => {
    const path = place?.path ?? []
    const { data, flaws } = completeAnswer(shape, given, schema, path)
    const reviewed = review(data, place)
    const errors = [...(failures.length > 0 ? failures : flaws), ...reviewed.errors]
    return {
      shown: { data: reviewed.data, errors },
      followings: reviewed.data ? followingOn(shape, given, reviewed.data, path) : [],
    }
  }

  /** What is still to come, by its part. */
  const waiting = new Map<number, Following[]>()
  const expect = (followings: readonly Following[]): void => {
    for (const following of followings) {
      const part = partOf(following.deferred)
      const others = waiting.get(part)
      if (others) others.push(following)
      else waiting.set(part, [following])
    }
  }

  const there = new Map<number, readonly GraphQLError[]>()
  let wake: (() => void) | undefined
  for (const [part, running] of parts.entries())
    if (part > 0)
      void running.then(errors => {
        there.set(part, errors)
        wake?.()
      })
  /** A part without fetches is there as soon as what it follows. */
  const errorsOf = (part: number): readonly GraphQLError[] | undefined => (part < parts.length ? there.get(part) : [])

  const deliver = (part: number, errors: readonly GraphQLError[]): readonly Piece[] => {
    const followings = waiting.get(part) ?? []
    waiting.delete(part)
    const sorted = sortErrors(errors, followings)
    return followings.map(({ deferred: { number, label, shape: inner }, given: object, path }, index) => {
      const place = { number, typename: inner.typename, path }
      const { shown, followings: next } = complete(inner, object, place, sorted[index] ?? [])
      expect(next)
      return { label, path, ...shown }
    })
  }

  async function* follow(): AsyncGenerator<Batch, void, undefined> {
    while (waiting.size > 0) {
      const pieces: Piece[] = []
      // What is delivered may be followed by something that is there already.
      for (const part of waiting.keys()) {
        const errors = errorsOf(part)
        if (errors) pieces.push(...deliver(part, errors))
      }
      if (pieces.length > 0) yield { pieces, more: waiting.size > 0 }
      else
        await new Promise<void>(resolve => {
          wake = resolve
        })
    }
  }

  const failures = (await parts[0]) ?? []
  const { shown, followings } = complete(shape, given, undefined, failures)
  expect(followings)
  const { data, errors } = shown
  return { first: { ...(errors.length > 0 && { errors }), data }, rest: waiting.size > 0 ? follow() : undefined }
}
