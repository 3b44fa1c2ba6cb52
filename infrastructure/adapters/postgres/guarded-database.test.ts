import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { guardedDatabase } from './guarded-database.ts'

/** A port on which nobody listens any more. */
const deadPort = async (): Promise<number> => {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise(resolve => server.close(resolve))
  return port
}

describe('guarded database', () => {
  it('says SERVICE_UNAVAILABLE, without address or parameters, when the database is away', async () => {
    const port = await deadPort()
    const pool = new pg.Pool({ host: '127.0.0.1', port, user: 'u', database: 'd', password: 'p' })
    const { query } = guardedDatabase('Timers', pool)
    const failure = await query(db => db.execute(sql`select ${'cnry'}::text`)).catch((error: unknown) => error)
    expect(failure).toMatchObject({ name: 'Fault', code: 'SERVICE_UNAVAILABLE', retryable: true })
    expect(String(failure)).not.toMatch(new RegExp(`cnry|${port}`))
    await pool.end()
  })

  it('says Closed after close, without asking the database', async () => {
    const pool = new pg.Pool({ host: '127.0.0.1', port: await deadPort() })
    const { query, close } = guardedDatabase('Timers', pool)
    close()
    await expect(query(async () => 1)).rejects.toMatchObject({ name: 'Closed', message: 'Timers is closed' })
    await pool.end()
  })
})
