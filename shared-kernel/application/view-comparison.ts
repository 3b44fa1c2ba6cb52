import { createHash } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { ScannedDocument, ViewStore } from './ports/view-store.ts'
import { MARKER } from './view-marker.ts'

/** What a build holds, whatever the order: two of the same content have the same digest. */
export interface Contents {
  readonly documents: number
  /** Entries in all indexes. */
  readonly entries: number
  /** SHA-256, hexadecimal. */
  readonly hash: string
}

export interface Comparison {
  readonly live: Contents
  readonly beside: Contents
  /** Keys of documents that differ for good: not merely because events came in between. */
  readonly different: readonly string[]
}

const SCANNED = 500
/** A document that is just being changed differs for a moment. */
const LOOKS = 50
const LOOK_AGAIN_MS = 20

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  )
}

const digest = (value: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(sorted(value)))
    .digest('base64')

const digestOf = ({ doc, indexes }: ScannedDocument): string =>
  digest({ doc, indexes: Object.fromEntries(Object.entries(indexes).map(([name, keys]) => [name, keys.toSorted()])) })

const scanAll = async (store: ViewStore, build: string) => {
  const digests = new Map<string, string>()
  const entries = new Map<string, number>()
  for (let after: string | undefined, done = false; !done; ) {
    const page = await store.scan(build, SCANNED, after)
    for (const each of page.documents) {
      if (each.key === MARKER) continue
      digests.set(each.key, digestOf(each))
      entries.set(
        each.key,
        Object.values(each.indexes).reduce((sum, keys) => sum + keys.length, 0),
      )
    }
    after = page.next
    done = after === undefined
  }
  const hash = createHash('sha256')
  for (const [key, value] of [...digests].toSorted(([a], [b]) => (a < b ? -1 : 1))) hash.update(`${key}\0${value}\n`)
  const contents: Contents = {
    documents: digests.size,
    entries: [...entries.values()].reduce((sum, count) => sum + count, 0),
    hash: hash.digest('hex'),
  }
  return { digests, contents }
}

/** Reads a whole build. */
export const contentsOf = async (store: ViewStore, build: string): Promise<Contents> =>
  (await scanAll(store, build)).contents

/** Which of the documents differ between two builds now. */
const differing = async (store: ViewStore, a: string, b: string, keys: readonly string[]): Promise<string[]> => {
  const [inA, inB] = await Promise.all([store.getMany(a, keys), store.getMany(b, keys)])
  return keys.filter((_, place) => digest(inA[place]?.doc ?? null) !== digest(inB[place]?.doc ?? null))
}

/** Holds two builds against each other while events go on coming in; `catchUp` brings both to the present end of the log. */
export const compareBuilds = async (
  store: ViewStore,
  { live, beside }: { readonly live: string; readonly beside: string },
  catchUp: () => Promise<void>,
): Promise<Comparison> => {
  await catchUp()
  const [a, b] = [await scanAll(store, live), await scanAll(store, beside)]
  let different = [...new Set([...a.digests.keys(), ...b.digests.keys()])].filter(
    key => a.digests.get(key) !== b.digests.get(key),
  )
  for (let look = 0; look < LOOKS && different.length > 0; look++) {
    if (look > 0) await delay(LOOK_AGAIN_MS)
    await catchUp()
    different = await differing(store, live, beside, different)
  }
  return { live: a.contents, beside: b.contents, different }
}
