import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import {
  dataFolder,
  holdInAnotherProcess,
  isRoot,
  nobody,
  othersCanEnter,
  postmasterFile,
  query,
  refusal,
  start,
} from './fixtures/postgres-folder.ts'
import { startEmbeddedPostgres } from './postgres.ts'

describe('a data folder of another PostgreSQL version', () => {
  test('is refused with both versions named, and left as it is', async () => {
    const dataDir = dataFolder()
    await (await start(dataDir))[Symbol.asyncDispose]()
    const versionFile = join(dirname(postmasterFile(dataDir)), 'PG_VERSION')
    const original = readFileSync(versionFile, 'utf8')
    writeFileSync(versionFile, '15\n')
    const error = await refusal(start(dataDir))
    expect(error.code).toBe('START.DATA_VERSION')
    expect(error.message).toMatch(/PostgreSQL 15.*PostgreSQL 18.*--reset/)
    expect(readFileSync(versionFile, 'utf8')).toBe('15\n')
    writeFileSync(versionFile, original)
    await using postgres = await start(dataDir)
    expect(postgres.created).toBe(false)
  })
})

describe('a data folder that lacks something', () => {
  test.each(['pgdata/PG_VERSION', 'password'])('(%s) is refused', async file => {
    const dataDir = dataFolder()
    await (await start(dataDir))[Symbol.asyncDispose]()
    rmSync(join(dataDir, 'cluster', file))
    expect((await refusal(start(dataDir))).code).toBe('START.DATA_DAMAGED')
  })

  test('its control file, is refused in the words of PostgreSQL and lets go of the folder', async () => {
    const dataDir = dataFolder()
    await (await start(dataDir))[Symbol.asyncDispose]()
    rmSync(join(dataDir, 'cluster', 'pgdata', 'global', 'pg_control'))
    const error = await refusal(start(dataDir))
    expect(error.code).toBe('START.DATABASE_FAILED')
    expect(error.message).toContain('pg_control')
    expect(existsSync(join(dataDir, 'owner.lock'))).toBe(false)
  })

  test.each(['cluster.new-1', 'cluster.old-1'])('because %s was interrupted, is created anew', async half => {
    const dataDir = dataFolder()
    mkdirSync(join(dataDir, half, 'pgdata'), { recursive: true })
    await using postgres = await start(dataDir)
    expect(postgres.created).toBe(true)
    expect(readdirSync(dataDir).filter(name => name.startsWith('cluster'))).toEqual(['cluster'])
  })
})

describe('a data folder that is new', () => {
  test('gets its cluster after what the data cannot be read without, or none', async () => {
    const dataDir = dataFolder()
    const beforeCreation = () => Promise.reject(new Error('no secrets'))
    const starting = startEmbeddedPostgres({ dataDir, databases: [], log: () => undefined, beforeCreation })
    await expect(starting).rejects.toThrow('no secrets')
    expect(readdirSync(dataDir)).toEqual([])
  })
})

describe('a data folder that cannot be used', () => {
  test.skipIf(!existsSync('/proc/self'))('because nothing can be made there, is refused (needs /proc)', async () => {
    expect((await refusal(start('/proc/mercato/data'))).code).toBe('START.DATA_UNREADABLE')
  })

  test('because it is a file, is refused', async () => {
    const dataDir = join(mkdtempSync(join(tmpdir(), 'mercato-data-')), 'file')
    onTestFinished(() => rmSync(dirname(dataDir), { recursive: true }))
    writeFileSync(dataDir, 'precious')
    expect((await refusal(start(dataDir))).code).toBe('START.DATA_UNREADABLE')
    expect(readFileSync(dataDir, 'utf8')).toBe('precious')
  })

  test.skipIf(isRoot && !othersCanEnter)(
    'because it belongs to another user, is refused (as root: needs a clone that others can enter)',
    async () => {
      const parent = mkdtempSync(join(tmpdir(), 'mercato-data-'))
      onTestFinished(() => rmSync(parent, { recursive: true }))
      chmodSync(parent, isRoot ? 0o755 : 0o500)
      const holder = holdInAnotherProcess(join(parent, 'data'), isRoot ? nobody : undefined)
      expect(await holder.answer()).toMatchObject({ code: 'START.DATA_UNREADABLE' })
      await holder.ended
      expect(holder.process.exitCode).toBe(1)
      expect(readdirSync(parent)).toEqual([])
    },
  )
})

describe.skipIf(!canMount())('a full disk (needs the right to mount one)', () => {
  test('refuses to create the data and leaves nothing half-written', async () => {
    const dataDir = join(smallDisk('40m'), 'data')
    const error = await refusal(start(dataDir))
    expect(error.code).toBe('START.DISK_FULL')
    expect(readdirSync(dataDir)).toEqual([])
  })

  test('refuses a later start, which succeeds once there is room', async () => {
    const disk = smallDisk('200m')
    const dataDir = join(disk, 'data')
    const first = await start(dataDir)
    await query(first.url('shop'), 'create table kept as select 42 as answer')
    await first[Symbol.asyncDispose]()
    spawnSync('dd', ['if=/dev/zero', `of=${join(disk, 'ballast')}`, 'bs=1M'])
    expect((await refusal(start(dataDir))).code).toBe('START.DISK_FULL')
    rmSync(join(disk, 'ballast'))
    await using postgres = await start(dataDir)
    expect(await query(postgres.url('shop'), 'select answer from kept')).toEqual([{ answer: 42 }])
  })
})

function smallDisk(size: string): string {
  const disk = mkdtempSync(join(tmpdir(), 'mercato-disk-'))
  spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=755`, 'tmpfs', disk])
  onTestFinished(() => {
    spawnSync('umount', [disk])
    rmSync(disk, { recursive: true })
  })
  return disk
}

function canMount(): boolean {
  if (!isRoot) return false
  const disk = mkdtempSync(join(tmpdir(), 'mercato-disk-'))
  const mounted = spawnSync('mount', ['-t', 'tmpfs', 'tmpfs', disk]).status === 0
  if (mounted) spawnSync('umount', [disk])
  rmSync(disk, { recursive: true })
  return mounted
}
