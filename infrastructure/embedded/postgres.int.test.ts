import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { dataFolder, holdInAnotherProcess, isRunning, postmasterOf, query, start } from './fixtures/postgres-folder.ts'
import { resetEmbeddedPostgres, startEmbeddedPostgres } from './postgres.ts'
import { testPostgres } from './testing.ts'

describe('a new data folder', () => {
  test('gets a durable PostgreSQL with the databases asked for', async () => {
    await using postgres = await start(dataFolder())
    expect(postgres.created).toBe(true)
    expect(await query(postgres.url('shop'), 'select current_database() as name')).toEqual([{ name: 'shop' }])
    const settings =
      "name in ('fsync', 'synchronous_commit', 'full_page_writes', 'idle_in_transaction_session_timeout')"
    expect(
      await query(postgres.url('shop'), `select setting from pg_settings where ${settings} order by name`),
    ).toEqual([{ setting: 'on' }, { setting: 'on' }, { setting: '60000' }, { setting: 'on' }])
  })

  test('lets nobody in without the password', async () => {
    await using postgres = await start(dataFolder())
    const guessed = new URL(postgres.url('shop'))
    guessed.password = 'guessed'
    await expect(query(guessed.href, 'select 1')).rejects.toMatchObject({ code: '28P01' })
  })
})

describe('a data folder that was stopped', () => {
  test('starts again with everything in it, and adds databases that are missing', async () => {
    const dataDir = dataFolder()
    const first = await start(dataDir)
    await query(first.url('shop'), 'create table kept as select 42 as answer')
    await first[Symbol.asyncDispose]()

    await using second = await startEmbeddedPostgres({ dataDir, databases: ['shop', 'more'], log: () => undefined })
    expect(second.created).toBe(false)
    expect(await query(second.url('shop'), 'select answer from kept')).toEqual([{ answer: 42 }])
    expect(await query(second.url('more'), 'select 1 as there')).toEqual([{ there: 1 }])
  })

  test('may be disposed of twice; it stopped cleanly and its process is gone', async () => {
    const dataDir = dataFolder()
    const postgres = await start(dataDir)
    const pid = postmasterOf(dataDir)
    await Promise.all([postgres[Symbol.asyncDispose](), postgres[Symbol.asyncDispose]()])
    await postgres.ended
    expect(isRunning(pid)).toBe(false)
    expect(readFileSync(join(dataDir, 'postgres.log'), 'utf8')).toContain('database system is shut down')
  })

  test('is empty after a reset', async () => {
    const dataDir = dataFolder()
    const first = await start(dataDir)
    await query(first.url('shop'), 'create table kept (id int)')
    await first[Symbol.asyncDispose]()
    await resetEmbeddedPostgres({ dataDir, log: () => undefined })
    await using second = await start(dataDir)
    expect(second.created).toBe(true)
    expect(await query(second.url('shop'), "select to_regclass('kept') as found")).toEqual([{ found: null }])
  })
})

describe('a reset', () => {
  test('deletes what is Mercato’s and nothing else: the folder may be anybody’s', async () => {
    const dataDir = dataFolder()
    await (await start(dataDir))[Symbol.asyncDispose]()
    for (const name of ['secrets.json', 'thesis.txt']) writeFileSync(join(dataDir, name), name)
    await resetEmbeddedPostgres({ dataDir, log: () => undefined, also: ['secrets.json'] })
    expect(readdirSync(dataDir)).toEqual(['thesis.txt'])
  })
})

describe('Ctrl-C, which signals the whole process group', () => {
  test('leaves the database up until its owner has drained', async () => {
    const dataDir = dataFolder()
    const holder = holdInAnotherProcess(dataDir)
    await holder.answer()
    const pid = postmasterOf(dataDir)
    process.kill(-(holder.process.pid ?? Number.NaN), 'SIGINT')
    expect(await holder.answer()).toEqual({ drained: 1 })
    await holder.ended
    expect(isRunning(pid)).toBe(false)
  })
})

test('each caller of the test helper gets a fresh database', async () => {
  const postgres = await testPostgres()
  const urls = await Promise.all([postgres.createDatabase(), postgres.createDatabase()])
  for (const url of urls) {
    await query(url, 'create table thing (id int)')
    expect(await query(url, 'select * from thing')).toEqual([])
  }
})
