/** What a session has written: stream id → revision. Travels as an opaque token. */
export type Consistency = Readonly<Record<string, number>>

/** The union of two, the higher revision winning. The streams of `b` come last: where only so many are kept, the latest are. */
export const mergeConsistency = (a: Consistency, b: Consistency): Consistency => ({
  ...Object.fromEntries(Object.entries(a).filter(([stream]) => !Object.hasOwn(b, stream))),
  ...Object.fromEntries(Object.entries(b).map(([stream, revision]) => [stream, Math.max(revision, a[stream] ?? -1)])),
})

/** The token a mutation's payload carries: base64url JSON; clients treat it as opaque and the gateway signs its own. */
export const encodeConsistency = (consistency: Consistency): string =>
  Buffer.from(JSON.stringify(Object.entries(consistency))).toString('base64url')

const STREAM = /^[a-z][a-z0-9-]*\.[A-Za-z]+-[0-9a-zA-Z-]{1,64}$/

/** Reads a token; `undefined` when it is not one. At most 16 streams are honoured. */
export const decodeConsistency = (token: string): Consistency | undefined => {
  try {
    const entries: unknown = JSON.parse(Buffer.from(token, 'base64url').toString())
    if (!Array.isArray(entries) || entries.length > 16) return undefined
    const consistency: Record<string, number> = {}
    for (const entry of entries) {
      if (
        !Array.isArray(entry) ||
        typeof entry[0] !== 'string' ||
        !STREAM.test(entry[0]) ||
        !Number.isSafeInteger(entry[1])
      )
        return undefined
      consistency[entry[0]] = entry[1]
    }
    return consistency
  } catch {
    return undefined
  }
}
