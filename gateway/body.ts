import { refusal } from './refusal.ts'

/** How much more than allowed is still read, and thrown away, so that the sender gets to see the refusal. */
const PATIENCE = 16

/**
 * Reads at most `limit` bytes of a body; `undefined` when there are more. A body that breaks off, because its sender is gone,
 * is refused: that is no failure of ours.
 */
export const readBytes = async (request: Request, limit: number): Promise<Buffer<ArrayBuffer> | undefined> => {
  if (!request.body) return Buffer.alloc(0)
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = request.body.getReader()
  const read = () =>
    reader.read().catch(() => {
      throw refusal('BAD_REQUEST', 'The body broke off.')
    })
  for (let next = await read(); !next.done; next = await read()) {
    size += next.value.byteLength
    if (size <= limit) chunks.push(next.value)
    else chunks.length = 0
    if (size > limit * PATIENCE) return undefined
  }
  return size > limit ? undefined : Buffer.concat(chunks)
}

/** The same as text. */
export const readText = async (request: Request, limit: number): Promise<string | undefined> =>
  (await readBytes(request, limit))?.toString()
