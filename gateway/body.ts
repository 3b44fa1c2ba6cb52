/** How much more than allowed is still read, and thrown away, so that the sender gets to see the refusal. */
const PATIENCE = 16

/** Reads at most `limit` bytes of a body as text; `undefined` when there are more. */
export const readText = async (request: Request, limit: number): Promise<string | undefined> => {
  if (!request.body) return ''
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = request.body.getReader()
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    size += next.value.byteLength
    if (size <= limit) chunks.push(next.value)
    else chunks.length = 0
    if (size > limit * PATIENCE) return undefined
  }
  return size > limit ? undefined : Buffer.concat(chunks).toString()
}
