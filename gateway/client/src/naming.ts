import type { Request } from './document.ts'
import { ClientFailure } from './failure.ts'

/** How a request goes out: by the SHA-256 of its document alone, or spelled out, with the document beside it. */
export type Naming = (request: Request, spelledOut: boolean) => Promise<Request>

const hashes = new Map<string, Promise<string>>()

const hashOf = async (text: string): Promise<string> => {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
}

const known = (text: string): Promise<string> => {
  const hash = hashes.get(text) ?? hashOf(text)
  hashes.set(text, hash)
  return hash
}

/** Documents by hash, where there is something to hash with: browsers have it for pages that came over a safe connection. */
export const byHash: Naming = async (request, spelledOut) => {
  if (!globalThis.crypto?.subtle) return request
  const persistedQuery = { version: 1, sha256Hash: await known(request.query) }
  const { query, extensions } = request
  return { ...request, query: spelledOut ? query : '', extensions: { ...extensions, persistedQuery } }
}

/** The gateway wants to be told what a hash stands for. */
export const isUnknown = (error: unknown): boolean =>
  error instanceof ClientFailure && error.code === 'PERSISTED_QUERY_NOT_FOUND'
