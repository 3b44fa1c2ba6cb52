/** The text of an operation, which knows the types of its variables and of its answer. `npm run generate` writes one for each stored operation. */
export type Document<Data = unknown, Variables = Readonly<Record<string, unknown>>> = string & {
  readonly ' types'?: (variables: Variables) => Data
}

/** Variables may be left out when none is required. */
export type Given<Variables> =
  Readonly<Record<never, never>> extends Variables ? [variables?: Variables] : [variables: Variables]

export interface GraphQLProblem {
  readonly message: string
  readonly path?: readonly (string | number)[]
  readonly extensions?: Readonly<Record<string, unknown>>
}

/** An answer, or one item of a stream, as it came. */
export interface Result {
  readonly data?: Readonly<Record<string, unknown>> | null
  readonly errors?: readonly GraphQLProblem[]
  readonly extensions?: Readonly<Record<string, unknown>>
}

/** What is sent, whatever it goes by. */
export interface Request {
  /** Empty when it is named by its hash alone. */
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
  readonly extensions?: Readonly<Record<string, unknown>>
}
