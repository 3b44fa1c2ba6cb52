import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { testPostgres } from '@mercato/embedded/testing'
import type { Pool } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { migrate, technicalMigrations } from './migrate.ts'
import { createPool } from './pool.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const count = readdirSync(technicalMigrations.folder).filter(name => name.endsWith('.sql')).length

let scratch: string
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'mercato-migrate-'))
})
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

let pools: Pool[]
beforeEach(async () => {
  const url = await (await testPostgres()).createDatabase()
  pools = Array.from({ length: 6 }, (_, n) =>
    createPool({ url, applicationName: `migrate-test-${n}`, max: 2, onError: console.error }),
  )
  return async () => void (await Promise.all(pools.map(pool => pool.end())))
})

const onePool = (): Pool => pools[0] ?? expect.fail('no pool')

const ran = async (table: string): Promise<number> => {
  const { rows } = await onePool().query<{ n: number }>(`select count(*)::integer as n from drizzle.${table}`)
  return rows[0]?.n ?? 0
}

describe('migrate', () => {
  it('brings an empty database up to date once when six processes start together, and again does nothing', async () => {
    await Promise.all(pools.map(pool => migrate(pool)))
    expect(await ran('technical_migrations')).toBe(count)
    await migrate(onePool())
    expect(await ran('technical_migrations')).toBe(count)
    await expect(onePool().query('select 1 from events')).resolves.toMatchObject({ rowCount: 0 })
  })

  it('leaves nothing behind when a statement fails, gives the lock back, and goes on when it is mended', async () => {
    const folder = join(scratch, 'failing')
    cpSync(technicalMigrations.folder, folder, { recursive: true })
    const broken = { folder, table: 'broken_migrations' }
    const [last = ''] = readdirSync(folder)
      .filter(name => name.endsWith('.sql'))
      .sort()
      .slice(-1)
    const sql = readFileSync(join(folder, last), 'utf8')
    writeFileSync(join(folder, last), `${sql}\n--> statement-breakpoint\nselect nonsense;`)
    await expect(migrate(onePool(), broken)).rejects.toThrow()
    await expect(onePool().query('select 1 from events')).rejects.toMatchObject({ code: '42P01' })
    writeFileSync(join(folder, last), sql)
    await migrate(onePool(), broken)
    expect(await ran('broken_migrations')).toBe(count)
  })

  it('keeps the books of every folder apart', async () => {
    await migrate(onePool())
    const folder = join(scratch, 'own')
    cpSync(join(here, 'migrations'), folder, { recursive: true })
    for (const name of readdirSync(folder)) if (name.endsWith('.sql')) writeFileSync(join(folder, name), 'select 1;')
    await migrate(onePool(), { folder, table: 'own_migrations' })
    expect(await ran('own_migrations')).toBe(count)
    expect(await ran('technical_migrations')).toBe(count)
  })
})

describe('the committed migrations', () => {
  it('are what drizzle-kit makes of the schema: nothing is left to generate', async () => {
    const out = join(scratch, 'generated')
    cpSync(technicalMigrations.folder, out, { recursive: true })
    const root = join(here, '..')
    const { stdout } = await promisify(execFile)(
      join(root, '../../node_modules/.bin/drizzle-kit'),
      ['generate', '--dialect', 'postgresql', '--schema', './postgres/schema/*.ts', '--out', relative(root, out)],
      { cwd: root },
    )
    expect(stdout).toContain('No schema changes')
    expect(readdirSync(out)).toEqual(readdirSync(technicalMigrations.folder))
  })
})
