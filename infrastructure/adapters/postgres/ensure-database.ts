import { Client, escapeIdentifier } from 'pg'

const MISSING = '3D000'
/** Somebody else made it just now. */
const TAKEN: ReadonlySet<unknown> = new Set(['42P04', '23505'])

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined)

/** Makes the database of an address unless it is there; that takes a user who may. */
export const ensureDatabase = async (url: string): Promise<'was there' | 'created'> => {
  const probe = new Client({ connectionString: url })
  try {
    await probe.connect()
    return 'was there'
  } catch (error) {
    if (codeOf(error) !== MISSING) throw error
  } finally {
    await probe.end().catch(() => undefined)
  }
  const server = new URL(url)
  const name = decodeURIComponent(server.pathname.slice(1))
  server.pathname = '/postgres'
  const client = new Client({ connectionString: server.href })
  await client.connect()
  try {
    await client.query(`create database ${escapeIdentifier(name)}`)
  } catch (error) {
    if (!TAKEN.has(codeOf(error))) throw error
  } finally {
    await client.end()
  }
  return 'created'
}
