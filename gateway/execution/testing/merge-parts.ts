type Json = Record<string, unknown>

/** A payload of incremental delivery, as clients get it. */
export interface Received {
  readonly data?: unknown
  readonly errors?: readonly unknown[]
  readonly hasNext?: boolean
  readonly incremental?: readonly {
    readonly label?: string
    readonly path: readonly (string | number)[]
    readonly data: unknown
    readonly errors?: readonly unknown[]
  }[]
}

const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null

/** As clients merge: objects and lists by key, anything else replaces. */
const merge = (target: unknown, source: unknown): unknown => {
  if (!isRecord(target) || !isRecord(source)) return source
  for (const [key, value] of Object.entries(source)) target[key] = key in target ? merge(target[key], value) : value
  return target
}

/** What a client has when everything is there. Fails when something comes for an object that the client was not given. */
export const mergeParts = (payloads: readonly Received[]): { data: unknown; errors: unknown[] } => {
  const [first, ...rest] = payloads
  const data: unknown = structuredClone(first?.data)
  const errors = [...(first?.errors ?? [])]
  for (const { incremental = [] } of rest)
    for (const patch of incremental) {
      const place = patch.path.join('.')
      let at = data
      for (const element of patch.path) at = isRecord(at) ? at[element] : undefined
      if (!isRecord(at)) throw new Error(`nothing is at ${place}`)
      if (isRecord(patch.data)) merge(at, structuredClone(patch.data))
      errors.push(...(patch.errors ?? []))
    }
  payloads.forEach(({ hasNext }, index) => {
    if (hasNext !== index < payloads.length - 1) throw new Error(`payload ${index} says hasNext: ${hasNext}`)
  })
  return { data, errors }
}
