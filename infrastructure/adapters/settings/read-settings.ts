import type { z } from 'zod'
import { tracingProblems } from './tracing-endpoints.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** Settings that a program reads from the environment, each described for people: `schema.describe('where it listens')`. */
export type Settings = z.ZodObject<Readonly<Record<string, z.ZodType>>>

/** A program that cannot start with what it was told. The message is one sentence that names settings, never their values. */
export class MalformedSettings extends Error {
  override readonly name = 'MalformedSettings'
  readonly code = 'START.CONFIGURATION'
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(`The configuration cannot be used: ${problems.join('; ')}.`)
    this.problems = problems
  }
}

/** Reads settings; an empty variable counts as absent. Throws {@link MalformedSettings} with every problem, `others` and those of the endpoint of traces included. */
export const readSettings = <Shape extends Settings>(
  settings: Shape,
  env: Environment,
  others: readonly string[] = [],
): z.output<Shape> => {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const read = settings.safeParse(given)
  const own = read.error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`) ?? []
  const problems = [...own, ...others, ...tracingProblems(env)]
  if (!read.success || problems.length > 0) throw new MalformedSettings(problems)
  return read.data
}

export interface DescribedSetting {
  readonly name: string
  readonly meaning: string
  /** What holds when it is not set: a value, `required`, or a dash. */
  readonly standard: string
}

/** What there is to set, in order, for the tables that people read. `meta({ standard })` says a default that is no plain value. */
export const describeSettings = (settings: Settings): readonly DescribedSetting[] =>
  Object.entries(settings.shape).map(([name, schema]) => {
    const { description = '', standard } = schema.meta() ?? {}
    const absent = schema.safeParse(undefined)
    const plain = absent.success ? String(absent.data ?? '–') : 'required'
    return { name, meaning: description, standard: typeof standard === 'string' ? standard : plain }
  })
