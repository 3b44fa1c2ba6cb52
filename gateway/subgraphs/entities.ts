import { Fault } from '@mercato/shared-kernel/application'
import type { SubgraphRequest, SubgraphResult } from '../supergraph.ts'

/** The most representations a subgraph takes in one request. */
const CHUNK = 500

type Send = (request: SubgraphRequest) => Promise<SubgraphResult>

/** Entities that were asked for more than once are fetched once, and large batches in several requests at a time. */
export const fetchEntities = async (request: SubgraphRequest, send: Send): Promise<SubgraphResult> => {
  const representations: unknown = request.variables['representations']
  if (!Array.isArray(representations)) return send(request)
  const places = new Map<string, number[]>()
  representations.forEach((representation: unknown, index) => {
    const key = JSON.stringify(representation)
    const known = places.get(key)
    if (known) known.push(index)
    else places.set(key, [index])
  })
  if (places.size === representations.length && representations.length <= CHUNK) return send(request)

  const unique = [...places.values()]
  const chunks = Array.from({ length: Math.ceil(unique.length / CHUNK) }, (_, i) =>
    unique.slice(i * CHUNK, (i + 1) * CHUNK),
  )
  const results = await Promise.all(
    chunks.map(async chunk => {
      const variables = { ...request.variables, representations: chunk.map(([first = 0]) => representations[first]) }
      return spread(chunk, await send({ ...request, variables }))
    }),
  )
  const entities: unknown[] = new Array(representations.length).fill(null)
  for (const { found } of results) for (const [index, entity] of found) entities[index] = entity
  const errors = results.flatMap(result => result.errors)
  return { data: { _entities: entities }, ...(errors.length > 0 && { errors }) }
}

/** Puts what came back for a chunk at all the places that asked for it. */
const spread = (chunk: readonly (readonly number[])[], { data, errors = [] }: SubgraphResult) => {
  const list: unknown = data?.['_entities']
  const found: (readonly [number, unknown])[] = []
  chunk.forEach((indices, i) => {
    const entity: unknown = Array.isArray(list) ? list[i] : null
    for (const index of indices) found.push([index, index === indices[0] ? entity : structuredClone(entity)])
  })
  const moved = errors.flatMap(error => {
    const at = error.path?.[1]
    if (error.path?.[0] !== '_entities' || typeof at !== 'number') return [error]
    return (chunk[at] ?? []).map(index => ({ ...error, path: ['_entities', index, ...(error.path ?? []).slice(2)] }))
  })
  if (!Array.isArray(list) && moved.length === 0)
    throw new Fault('INTERNAL_SERVER_ERROR', 'a subgraph answered without entities')
  return { found, errors: moved }
}
