import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { GraphQLError } from 'graphql'
import type { GraphQLRequest } from './engine.ts'
import { refusal } from './refusal.ts'

/** Documents that clients name by their SHA-256 instead of sending them: those of a manifest, and any that was sent along with its hash before. */
export interface PersistedDocuments {
  /** The text that a request stands for, or why it is refused. */
  textOf(request: GraphQLRequest): string | GraphQLError
}

export interface PersistedDocumentsOptions {
  /** Text by hash, in hexadecimal; see schema/persisted-documents.json. */
  readonly manifest?: Readonly<Record<string, string>>
  /** Serves the manifest and nothing else. */
  readonly only?: boolean
}

/** The stored operations that front ends send, as generated. */
export const readManifest = (): Readonly<Record<string, string>> =>
  JSON.parse(readFileSync(new URL('../schema/persisted-documents.json', import.meta.url), 'utf8'))

const KEPT = 1_000
const KEPT_LENGTH = 16_000
const HASH = /^[0-9a-f]{64}$/

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** `extensions.persistedQuery` as Apollo's clients send it: the hash, none when nothing is named, or why it cannot be read. */
const namedBy = ({ extensions }: GraphQLRequest): string | undefined | GraphQLError => {
  const given = extensions?.['persistedQuery']
  if (given === undefined || given === null) return undefined
  const { version, sha256Hash }: { version?: unknown; sha256Hash?: unknown } = typeof given === 'object' ? given : {}
  if (typeof version === 'number' && version !== 1) return notSupported()
  return version === 1 && typeof sha256Hash === 'string' && HASH.test(sha256Hash) ? sha256Hash : malformed()
}

/** Clients know it by its message. */
const notFound = (): GraphQLError =>
  refusal('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound', { status: 200, spec: false })
/** Clients that know it send the text from then on. */
const notSupported = (): GraphQLError =>
  refusal('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported', { status: 200, spec: false })
const malformed = (): GraphQLError =>
  refusal('BAD_REQUEST', 'persistedQuery is { version: 1, sha256Hash: 64 hexadecimal digits in lower case }.')
const notStored = (): GraphQLError =>
  refusal('FORBIDDEN', 'Only stored operations are served here.', { status: 403, spec: false })
const otherText = (): GraphQLError => refusal('BAD_USER_INPUT', 'This hash is not that of the query that came with it.')

export const createPersistedDocuments = (options: PersistedDocumentsOptions = {}): PersistedDocuments => {
  const { manifest = {}, only = false } = options
  const stored = new Map(Object.entries(manifest))
  const sent = new Map<string, string>()

  const remember = (hash: string, text: string): void => {
    if (text.length > KEPT_LENGTH) return
    sent.delete(hash)
    sent.set(hash, text)
    const [oldest] = sent.keys()
    if (sent.size > KEPT && oldest !== undefined) sent.delete(oldest)
  }

  return {
    textOf(request) {
      const { query } = request
      if (request.ours) return query
      const hash = namedBy(request)
      if (hash instanceof GraphQLError) return hash
      if (hash === undefined) return only && !stored.has(hashOf(query)) ? notStored() : query
      if (query === '') {
        const text = stored.get(hash) ?? sent.get(hash)
        if (text !== undefined && !stored.has(hash)) remember(hash, text)
        return text ?? notFound()
      }
      if (hashOf(query) !== hash) return otherText()
      if (only && !stored.has(hash)) return notStored()
      if (!stored.has(hash)) remember(hash, query)
      return query
    },
  }
}
