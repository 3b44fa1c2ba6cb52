import { chmodSync, existsSync, readFileSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  dataFolder,
  holdInAnotherProcess,
  isRoot,
  nobody,
  othersCanEnter,
  query,
  refusal,
  start,
} from './fixtures/postgres-folder.ts'
import { findCluster } from './postgres/cluster.ts'
import { resetEmbeddedPostgres } from './postgres.ts'

const folderOf = (dataDir: string) => findCluster(dataDir)?.folder ?? ''

describe.skipIf(!isRoot)('as root (needs root)', () => {
  test('PostgreSQL runs as another user, who owns the data', async () => {
    const dataDir = dataFolder()
    await using postgres = await start(dataDir)
    expect(await query(postgres.url('shop'), 'select 1 as up')).toEqual([{ up: 1 }])
    expect(statSync(join(dataDir, 'cluster', 'pgdata')).uid).not.toBe(0)
  })

  test('in a 0700 folder the data lives where that user can reach it, and a reset deletes it there', async () => {
    const dataDir = dataFolder({ mode: 0o700 })
    const first = await start(dataDir)
    await query(first.url('shop'), 'create table kept as select 42 as answer')
    await first[Symbol.asyncDispose]()
    const folder = folderOf(dataDir)
    expect(folder).toMatch(/^\/var\/lib\/mercato\//)
    expect(readFileSync(join(dirname(folder), 'origin'), 'utf8').trim()).toBe(dataDir)

    const second = await start(dataDir)
    expect(second.created).toBe(false)
    expect(await query(second.url('shop'), 'select answer from kept')).toEqual([{ answer: 42 }])
    await second[Symbol.asyncDispose]()

    await resetEmbeddedPostgres({ dataDir, log: () => undefined })
    expect(existsSync(dirname(folder))).toBe(false)
  })

  test('deleting a 0700 folder by hand leaves the data where it is, and the next start says where', async () => {
    const dataDir = dataFolder({ mode: 0o700 })
    await (await start(dataDir))[Symbol.asyncDispose]()
    const abandoned = dirname(folderOf(dataDir))
    rmSync(dataDir, { recursive: true })

    const messages: string[] = []
    await using second = await start(dataDir, messages)
    expect(second.created).toBe(true)
    expect(messages).toContain(`An earlier database of ${dataDir} is still in ${abandoned}.`)
    rmSync(abandoned, { recursive: true })
  })

  test('data whose folder becomes 0700 moves with everything in it', async () => {
    const dataDir = dataFolder()
    const first = await start(dataDir)
    await query(first.url('shop'), 'create table kept as select 42 as answer')
    await first[Symbol.asyncDispose]()
    chmodSync(dirname(dataDir), 0o700)

    const messages: string[] = []
    await using second = await start(dataDir, messages)
    expect(messages.join()).toContain(folderOf(dataDir))
    expect(existsSync(join(dataDir, 'cluster'))).toBe(false)
    expect(await query(second.url('shop'), 'select answer from kept')).toEqual([{ answer: 42 }])
  })

  test('data that is gone from where it was put is reported, not silently replaced', async () => {
    const dataDir = dataFolder({ mode: 0o700 })
    await (await start(dataDir))[Symbol.asyncDispose]()
    const folder = folderOf(dataDir)
    rmSync(folder, { recursive: true })
    const error = await refusal(start(dataDir))
    expect(error.code).toBe('START.DATA_MISSING')
    expect(error.message).toContain(folder)
  })
})

describe.skipIf(!othersCanEnter)('as an ordinary user (needs root, and a clone that others can enter)', () => {
  test('it runs in a 0700 folder of that user, and later also as root', async () => {
    const dataDir = dataFolder({ mode: 0o700, owner: nobody })
    const holder = holdInAnotherProcess(dataDir, nobody)
    const { url = '' } = await holder.answer()
    await query(url, 'create table kept as select 42 as answer')
    holder.process.kill('SIGINT')
    await holder.ended
    expect(statSync(join(dataDir, 'cluster', 'pgdata')).uid).toBe(nobody.uid)

    await using postgres = await start(dataDir)
    expect(await query(postgres.url('shop'), 'select answer from kept')).toEqual([{ answer: 42 }])
  })
})
