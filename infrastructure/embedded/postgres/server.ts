import { spawn, spawnSync } from 'node:child_process'
import {
  chownSync,
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '@mercato/adapters/http-server/free-port'
import type { Binaries } from './binaries.ts'
import { type ClusterPlace, pgData, postgresEnvironment } from './cluster.ts'
import { startTimeOf } from './data-lock.ts'
import { diskFull, type StartError, startError } from './start-error.ts'

export type Server = {
  readonly port: number
  /** Settles when the server has ended, for whatever reason. */
  readonly ended: Promise<void>
  stop(): Promise<void>
}

/** Settings for a small machine; durability stays on. A transaction left open would hold back every relay: it is ended. */
export const serverSettings: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '32MB',
  work_mem: '4MB',
  maintenance_work_mem: '32MB',
  max_wal_size: '256MB',
  max_parallel_workers_per_gather: '0',
  io_method: 'sync',
  jit: 'off',
  fsync: 'on',
  synchronous_commit: 'on',
  idle_in_transaction_session_timeout: '60s',
  timezone: 'UTC',
  log_timezone: 'UTC',
}

/**
 * Runs PostgreSQL on the cluster and resolves when it accepts connections. It gets its own process group: the
 * terminal's Ctrl-C must not stop it before everything that writes to it has drained.
 */
export async function runServer(
  dataDir: string,
  place: ClusterPlace,
  binaries: Binaries,
  overrides: Readonly<Record<string, string>>,
): Promise<Server> {
  const until = performance.now() + ORPHANS_GO_WITHIN_MS
  for (let attempt = 1; ; attempt++) {
    const port = await freePort()
    const log = openLog(join(dataDir, 'postgres.log'), place)
    const options = Object.entries({ ...serverSettings, ...overrides }).flatMap(([name, value]) => [
      '-c',
      `${name}=${value}`,
    ])
    const child = spawn(binaries.postgres, ['-D', pgData(place), '-p', String(port), ...options], {
      ...place.account,
      cwd: '/',
      env: postgresEnvironment(),
      detached: true,
      stdio: ['ignore', log.descriptor, log.descriptor],
    })
    closeSync(log.descriptor)
    const ended = new Promise<void>((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', () => resolve())
    })
    const pid = child.pid
    if (pid !== undefined && (await Promise.race([isReady(place, pid), ended.then(() => false)]))) {
      return { port, ended, stop: () => stop(pid, () => ended) }
    }
    await ended
    const output = readFileSync(log.file).subarray(log.size).toString()
    // The children of a server that was killed see it in a moment, and go.
    if (output.includes('pre-existing shared memory block') && performance.now() < until) {
      await pause(100)
      continue
    }
    const failure = explain(output, dataDir)
    if (failure !== 'port taken' || attempt >= 5) throw failure === 'port taken' ? portsTaken() : failure
  }
}

/** How long the backends of a killed server may hold its shared memory. */
const ORPHANS_GO_WITHIN_MS = 10_000

/** PostgreSQL writes its state as the last line of postmaster.pid; recovery after a crash comes before "ready". */
async function isReady(place: ClusterPlace, pid: number): Promise<boolean> {
  const alive = () => startTimeOf(pid) !== undefined
  while (alive()) {
    const lines = readPidFile(place)
    if (lines?.[0] === String(pid) && lines[7]?.trim() === 'ready') return true
    await pause(10)
  }
  return false
}

/**
 * Stops the PostgreSQL that a killed process left behind on this cluster, then makes its pid note harmless: the pid may
 * be another program's by now, or a zombie's, and PostgreSQL would refuse to start. Our own pid, its future parent's, is
 * one it ignores; the rest of the note stays, for the shared-memory key in it guards against stray backends.
 */
export async function stopLeftover(place: ClusterPlace, log: (message: string) => void): Promise<void> {
  const pid = Number(readPidFile(place)?.[0])
  if (pid > 0 && startTimeOf(pid) !== undefined && runsOn(pid, place)) {
    log(`Stopping the PostgreSQL (process ${pid}) that a killed Mercato left behind.`)
    await stop(pid, async () => {
      while (startTimeOf(pid) !== undefined) await pause(10)
    })
  }
  const [, ...rest] = readPidFile(place) ?? []
  if (rest.length > 0) writeFileSync(join(pgData(place), 'postmaster.pid'), [String(process.pid), ...rest].join('\n'))
}

function runsOn(pid: number, place: ClusterPlace): boolean {
  if (existsSync('/proc/self/cwd')) {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(pgData(place))
    } catch {
      return false
    }
  }
  const { stdout } = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  return stdout.includes('postgres') && stdout.includes(pgData(place))
}

/** Fast shutdown: rolls open transactions back and writes a checkpoint; a server that does not end so is cut off. */
async function stop(pid: number, ended: () => Promise<void>): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (startTimeOf(pid) === undefined) break
    process.kill(pid, signal)
    const waiting = new AbortController()
    const late = pause(10_000, 'late' as const, { signal: waiting.signal }).catch(() => 'ended' as const)
    const outcome = await Promise.race([ended().then(() => 'ended' as const), late])
    waiting.abort()
    if (outcome === 'ended') break
  }
  await ended()
}

function explain(output: string, dataDir: string): StartError | 'port taken' {
  if (/could not create any TCP\/IP sockets|Address already in use/.test(output)) return 'port taken'
  if (output.includes('No space left on device')) return diskFull(dataDir, new Error(output))
  const reason = output.match(/(?:FATAL|PANIC): .*/g)?.at(-1) ?? output.trim().split('\n').at(-1)
  return startError(
    'START.DATABASE_FAILED',
    `PostgreSQL did not start (${reason?.trim() || 'it gave no reason'}): see ${join(dataDir, 'postgres.log')}, or start over with --reset (deletes the local data).`,
    new Error(output),
  )
}

function portsTaken(): StartError {
  return startError(
    'START.DATABASE_FAILED',
    'PostgreSQL found no free port on 127.0.0.1: close some programs and start again.',
  )
}

function openLog(file: string, { account }: ClusterPlace): { file: string; size: number; descriptor: number } {
  if (existsSync(file) && statSync(file).size > 5_000_000) renameSync(file, `${file}.1`)
  const descriptor = openSync(file, 'a', 0o640)
  if (account !== undefined) chownSync(file, account.uid, account.gid)
  return { file, size: statSync(file).size, descriptor }
}

function readPidFile(place: ClusterPlace): string[] | undefined {
  const file = join(pgData(place), 'postmaster.pid')
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n') : undefined
}
