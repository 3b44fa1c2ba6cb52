import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  dataFolder,
  holdInAnotherProcess,
  isRunning,
  postmasterFile,
  postmasterOf,
  query,
  refusal,
  start,
} from './fixtures/postgres-folder.ts'
import { resetEmbeddedPostgres } from './postgres.ts'

async function killedWithData(dataDir: string): Promise<number> {
  const holder = holdInAnotherProcess(dataDir)
  const { url = '' } = await holder.answer()
  await query(url, 'create table kept as select 42 as answer')
  holder.process.kill('SIGKILL')
  await holder.ended
  return postmasterOf(dataDir)
}

describe('after kill -9 of its owner', () => {
  test('the surviving PostgreSQL is stopped, and the next start has everything', async () => {
    const dataDir = dataFolder()
    const survivor = await killedWithData(dataDir)
    expect(isRunning(survivor)).toBe(true)

    const messages: string[] = []
    await using postgres = await start(dataDir, messages)
    expect(isRunning(survivor)).toBe(false)
    expect(messages.join()).toContain(String(survivor))
    expect(await query(postgres.url('shop'), 'select answer from kept')).toEqual([{ answer: 42 }])
  })

  test('and of PostgreSQL, the next start recovers everything', async () => {
    const dataDir = dataFolder()
    process.kill(await killedWithData(dataDir), 'SIGKILL')
    await using postgres = await start(dataDir)
    expect(await query(postgres.url('shop'), 'select answer from kept')).toEqual([{ answer: 42 }])
  })

  test('and of PostgreSQL, whose pid another program has now, that program is left alone', async () => {
    const dataDir = dataFolder()
    const pid = await killedWithData(dataDir)
    process.kill(pid, 'SIGKILL')
    const stranger = holdInAnotherProcess(dataFolder())
    await stranger.answer()
    const noted = readFileSync(postmasterFile(dataDir), 'utf8')
    writeFileSync(postmasterFile(dataDir), noted.replace(String(pid), String(stranger.process.pid)))

    await using postgres = await start(dataDir)
    expect(await query(postgres.url('shop'), 'select answer from kept')).toEqual([{ answer: 42 }])
    expect(isRunning(stranger.process.pid ?? 0)).toBe(true)
  })

  test('a reset stops the survivor', async () => {
    const dataDir = dataFolder()
    const survivor = await killedWithData(dataDir)
    await resetEmbeddedPostgres({ dataDir, log: () => undefined })
    expect(isRunning(survivor)).toBe(false)
  })
})

describe('a data folder with a living owner', () => {
  test('refuses a second start and a reset, naming the owner', async () => {
    const dataDir = dataFolder()
    const holder = holdInAnotherProcess(dataDir)
    const { url = '' } = await holder.answer()
    for (const second of [start(dataDir), start(dataDir)]) {
      const error = await refusal(second)
      expect(error.code).toBe('START.DATA_IN_USE')
      expect(error.message).toContain(`kill ${holder.process.pid}`)
    }
    await expect(resetEmbeddedPostgres({ dataDir, log: () => undefined })).rejects.toMatchObject({
      code: 'START.DATA_IN_USE',
    })
    expect(await query(url, 'select 1 as alive')).toEqual([{ alive: 1 }])
    holder.process.kill('SIGINT')
    await holder.ended
  })

  test('of ten starts at once lets exactly one through, also past the lock of a dead owner', async () => {
    const dataDir = dataFolder()
    await killedWithData(dataDir)
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => start(dataDir)))
    const started = outcomes.filter(outcome => outcome.status === 'fulfilled')
    expect(started).toHaveLength(1)
    await started[0]?.value[Symbol.asyncDispose]()
  })
})

test('the lock of an owner whose pid another process has now is taken over', async () => {
  const dataDir = dataFolder()
  await (await start(dataDir))[Symbol.asyncDispose]()
  const lock = { pid: process.pid, startedAt: 'long ago', since: 'long ago' }
  writeFileSync(join(dataDir, 'owner.lock'), JSON.stringify(lock))
  await using postgres = await start(dataDir)
  expect(postgres.created).toBe(false)
})
