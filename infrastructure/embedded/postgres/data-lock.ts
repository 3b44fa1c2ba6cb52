import { spawnSync } from 'node:child_process'
import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startError } from './start-error.ts'

const lockFile = (dataDir: string) => join(dataDir, 'owner.lock')

type Owner = { readonly pid: number; readonly startedAt: string; readonly since: string }

/**
 * Takes the data folder for this process, or throws START.DATA_IN_USE when a living process has it. The lock of a
 * process that died is taken over; the process is told apart from a later one with the same pid by its start time.
 */
export function lockDataFolder(dataDir: string): Disposable {
  const file = lockFile(dataDir)
  const mine = `${file}.${process.pid}-${Math.random().toString(36).slice(2)}`
  const owner: Owner = { pid: process.pid, startedAt: startTimeOf(process.pid) ?? '', since: new Date().toISOString() }
  const content = JSON.stringify(owner)
  writeFileSync(mine, content)
  try {
    while (!tryLink(mine, file)) takeAway(file, dataDir)
  } finally {
    rmSync(mine, { force: true })
  }
  return {
    [Symbol.dispose]() {
      if (read(file) === content) rmSync(file, { force: true })
    },
  }
}

/** Throws START.DATA_IN_USE when a living process has the data folder; writes nothing. Of a folder that cannot be read it says nothing. */
export function ensureDataIsFree(dataDir: string): void {
  let lock: string | undefined
  try {
    lock = read(lockFile(dataDir))
  } catch {
    return
  }
  refuseLiving(lock, dataDir)
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

/** Removes the lock of a dead owner. Two starters may find it at once: what was moved aside is looked at again. */
function takeAway(file: string, dataDir: string): void {
  refuseLiving(read(file), dataDir)
  const aside = `${file}.dead-${process.pid}`
  try {
    renameSync(file, aside)
  } catch (error) {
    if (!existsSync(file)) return
    throw error
  }
  const moved = read(aside)
  try {
    refuseLiving(moved, dataDir)
  } catch (error) {
    tryLink(aside, file)
    throw error
  } finally {
    rmSync(aside, { force: true })
  }
}

function refuseLiving(content: string | undefined, dataDir: string): void {
  const owner = parse(content)
  if (owner === undefined || !isAlive(owner)) return
  throw startError(
    'START.DATA_IN_USE',
    `Mercato already runs on the data in ${dataDir} (process ${owner.pid}, since ${owner.since}): stop it first (kill ${owner.pid}), or take another folder (MERCATO_DATA_DIR; --folder of npm run stack).`,
  )
}

function parse(content: string | undefined): Owner | undefined {
  try {
    const owner: Partial<Owner> = JSON.parse(content ?? '')
    return typeof owner.pid === 'number'
      ? { startedAt: '', since: 'an unknown time', ...owner, pid: owner.pid }
      : undefined
  } catch {
    return undefined
  }
}

function isAlive({ pid, startedAt }: Owner): boolean {
  const now = startTimeOf(pid)
  return now !== undefined && now === startedAt
}

/** What stays the same during the life of a process and differs from the next one with that pid; undefined: no such process. */
export function startTimeOf(pid: number): string | undefined {
  if (existsSync('/proc/self/stat')) {
    const fields = read(`/proc/${pid}/stat`)
      ?.replace(/^.*\) /s, '')
      .split(' ')
    if (fields === undefined || fields[0] === 'Z') return undefined
    return `${read('/proc/sys/kernel/random/boot_id')?.trim()}/${fields[19]}`
  }
  const { status, stdout } = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : undefined
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH'))
      return undefined
    throw error
  }
}
