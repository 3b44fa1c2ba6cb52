import { Client } from 'pg'
import { expect, test } from 'vitest'
import { testPostgres } from './testing.ts'

test('each caller of the test helper gets a fresh database', async () => {
  const postgres = await testPostgres()
  const [one, two] = await Promise.all([postgres.createDatabase(), postgres.createDatabase()])
  expect(one).not.toBe(two)
  for (const connectionString of [one, two]) {
    const client = new Client({ connectionString })
    await client.connect()
    await client.query('create table thing (id int)')
    expect((await client.query('select * from thing')).rows).toEqual([])
    await client.end()
  }
})
