import { z } from 'zod'
import type { RestAnswer } from './route.ts'

/** Query parameters of every list. */
export const page = {
  first: z.coerce.number().int().min(1).max(100).default(20).meta({ description: 'How many.' }),
  after: z.string().max(512).optional().meta({ description: 'Only what comes after this cursor.' }),
}

interface Connection {
  readonly edges: readonly { readonly node: unknown }[]
  readonly totalCount?: number | null
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
}

/** Leaves out what was not given. */
export const given = (values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))

/** A connection of the graph as a list; the `Link` header leads to the next page. */
export const listed = (
  { edges, totalCount = null, pageInfo }: Connection,
  self: URL,
  shape: (node: unknown) => unknown = node => node,
): RestAnswer => {
  const nextCursor = pageInfo.hasNextPage ? pageInfo.endCursor : null
  const body = { items: edges.map(({ node }) => shape(node)), totalCount, nextCursor }
  if (nextCursor === null) return { status: 200, body }
  const next = new URL(self)
  next.searchParams.set('after', nextCursor)
  return { status: 200, headers: { link: `<${next.pathname}${next.search}>; rel="next"` }, body }
}

/** The thing, or the `undefined` that becomes a 404. */
export const found = (thing: unknown): RestAnswer | undefined =>
  thing == null ? undefined : { status: 200, body: thing }

/** A list that comes in one piece. */
export const whole = (items: readonly unknown[]): RestAnswer => ({
  status: 200,
  body: { items, totalCount: items.length, nextCursor: null },
})
