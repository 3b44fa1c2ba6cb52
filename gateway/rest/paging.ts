import { z } from 'zod'
import type { RestAnswer, RestInput } from './route.ts'

const USUAL = 20
const size = z.coerce.number().int().min(1).max(100).optional()
const cursor = z.string().max(512).optional()

/** Query parameters of every list. */
export const page = {
  first: size.meta({ description: `How many, from the start; ${USUAL} when neither this nor \`last\` is given.` }),
  after: cursor.meta({ description: 'Only what comes after this cursor.' }),
  last: size.meta({ description: 'How many, from the end.' }),
  before: cursor.meta({ description: 'Only what comes before this cursor.' }),
}

/** The variables of a page. */
export const pageOf = ({ first, after, last, before }: RestInput['query']): Record<string, unknown> =>
  given({ first: first ?? (last === undefined ? USUAL : undefined), after, last, before })

interface Connection {
  readonly edges: readonly { readonly node: unknown }[]
  readonly totalCount?: number | null
  readonly pageInfo: {
    readonly hasNextPage: boolean
    readonly hasPreviousPage: boolean
    readonly startCursor: string | null
    readonly endCursor: string | null
  }
}

/** Leaves out what was not given. */
export const given = (values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))

type Step = Readonly<Partial<Record<keyof typeof page, string>>>

/** The same list, elsewhere: relative, as RFC 8288 allows. */
const link = (self: URL, rel: string, step: Step): string => {
  const target = new URL(self)
  for (const name of Object.keys(page)) target.searchParams.delete(name)
  for (const [name, value] of Object.entries(step)) target.searchParams.set(name, value)
  return `<${target.pathname}${target.search}>; rel="${rel}"`
}

/** A connection of the graph as a list; the `Link` header leads to the first, the previous and the next page. */
export const listed = (
  { edges, totalCount = null, pageInfo }: Connection,
  self: URL,
  shape: (node: unknown) => unknown = node => node,
): RestAnswer => {
  const nextCursor = pageInfo.hasNextPage ? pageInfo.endCursor : null
  const previousCursor = pageInfo.hasPreviousPage ? pageInfo.startCursor : null
  const body = { items: edges.map(({ node }) => shape(node)), totalCount, nextCursor, previousCursor }
  const many = self.searchParams.get('first') ?? self.searchParams.get('last') ?? String(USUAL)
  const links = [
    link(self, 'first', { first: many }),
    ...(previousCursor === null ? [] : [link(self, 'prev', { last: many, before: previousCursor })]),
    ...(nextCursor === null ? [] : [link(self, 'next', { first: many, after: nextCursor })]),
  ]
  return { status: 200, headers: { link: links.join(', ') }, body }
}

/** The thing, or the `undefined` that becomes a 404. */
export const found = (thing: unknown): RestAnswer | undefined =>
  thing == null ? undefined : { status: 200, body: thing }

/** A list that comes in one piece. */
export const whole = (items: readonly unknown[]): RestAnswer => ({
  status: 200,
  body: { items, totalCount: items.length, nextCursor: null, previousCursor: null },
})
