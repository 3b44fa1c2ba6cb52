import type { z } from 'zod'
import type { RestAnswer, Route } from './route.ts'

/** A route that changes something through one mutation with one input. */
export interface Action {
  readonly method: Exclude<Route['method'], 'GET'>
  readonly path: string
  readonly summary: string
  /** File name in schema/operations/rest, without ending. */
  readonly operation: string
  /** The mutation's field. */
  readonly mutation: string
  /** Field of the input that each path parameter is. */
  readonly input?: Readonly<Record<string, string>>
  readonly body?: z.ZodObject
  /** Turns the body into the input's other fields; as it is when absent. */
  readonly toInput?: (body: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>
  /** Needs nobody who is signed in. */
  readonly open?: boolean
  /** What is answered with: a field of the payload; nothing (204) when absent. */
  readonly gives?: {
    readonly entity: string
    readonly schema: z.ZodType
    readonly description: string
    /** Something new is at this path, followed by its id: 201 with its Location. */
    readonly newBelow?: string
    /** Something new that has no address of its own: 201. */
    readonly isNew?: boolean
  }
}

const statusOf = ({ gives }: Action): number => {
  if (!gives) return 204
  return gives.newBelow === undefined && !gives.isNew ? 200 : 201
}

const successOf = (action: Action): Route['success'] => {
  const { gives } = action
  const status = statusOf(action)
  if (!gives) return { status, description: 'Done.' }
  const { description, schema, newBelow } = gives
  return { status, description, schema, ...(newBelow === undefined ? {} : { header: 'Location' as const }) }
}

const answerOf = (action: Action, payload: Readonly<Record<string, unknown>>): RestAnswer | undefined => {
  const { gives } = action
  if (!gives) return { status: 204 }
  const entity = payload[gives.entity] as { readonly id: string } | null
  if (!entity) return undefined
  const headers = gives.newBelow === undefined ? {} : { location: `/api/v1${gives.newBelow}/${entity.id}` }
  return { status: statusOf(action), headers, body: entity }
}

export const action = (given: Action): Route => {
  const { method, path, summary, operation, body, mutation, input = {}, toInput = each => each, open } = given
  return {
    method,
    path,
    summary,
    operation,
    ...(body ? { body } : {}),
    signedIn: !open,
    success: successOf(given),
    variables: ({ params, body: sent }) => ({
      input: {
        ...Object.fromEntries(Object.entries(input).map(([name, field]) => [field, params[name]])),
        ...toInput(sent),
      },
    }),
    answer: data => answerOf(given, data[mutation]),
  }
}
