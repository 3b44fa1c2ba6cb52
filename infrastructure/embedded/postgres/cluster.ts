import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs'
import { cp } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Account, accountFor, canReach } from './account.ts'
import { type Binaries, sharedFolder } from './binaries.ts'
import { diskFull, startError } from './start-error.ts'

export const superuser = 'mercato'

/** A place for one PostgreSQL cluster and its password, whether or not it was created yet. */
export type ClusterPlace = { readonly folder: string; readonly account: Account }

export const pgData = (place: ClusterPlace) => join(place.folder, 'pgdata')
const UNFINISHED = 'cluster.new-'
const DELETED = 'cluster.old-'
const passwordFile = (folder: string) => join(folder, 'password')
const pointerFile = (dataDir: string) => join(dataDir, 'cluster.location')

/**
 * The existing cluster of a data folder: `<dataDir>/cluster`, or, when the user who runs PostgreSQL cannot enter the
 * data folder, the folder under /var/lib/mercato that `<dataDir>/cluster.location` names.
 */
export function findCluster(dataDir: string): ClusterPlace | undefined {
  const folder = [readPointer(dataDir), join(dataDir, 'cluster')].find(path => path !== undefined && existsSync(path))
  return folder === undefined ? undefined : { folder, account: accountFor(folder) }
}

/**
 * The place of the cluster, existing or to be created, where the user who runs PostgreSQL can reach it. An existing one
 * that became unreachable moves: the pointer is written first, so that an interrupted move is taken up again.
 */
export async function placeCluster(dataDir: string, log: (message: string) => void): Promise<ClusterPlace> {
  const local = join(dataDir, 'cluster')
  const pointed = readPointer(dataDir)
  const found = findCluster(dataDir)
  if (found !== undefined && found.folder === pointed) return found
  if (found === undefined && pointed !== undefined) {
    throw startError(
      'START.DATA_MISSING',
      `The data of ${dataDir} should be in ${pointed} but is gone: bring it back, or start over with --reset.`,
    )
  }
  const account = found?.account ?? accountFor(undefined)
  if (pointed === undefined && canReach(dataDir, account)) return { folder: local, account }

  const folder = pointed ?? join(sharedFolder, randomBytes(6).toString('hex'), 'cluster')
  mkdirSync(dirname(folder), { recursive: true, mode: 0o755 })
  for (const earlier of abandonedBy(dataDir, folder)) log(`An earlier database of ${dataDir} is still in ${earlier}.`)
  writeFileSync(join(dirname(folder), 'origin'), `${dataDir}\n`)
  log(`The user who runs PostgreSQL cannot enter ${dataDir}; the database lives in ${folder}.`)
  if (found !== undefined) {
    writeFileSync(pointerFile(dataDir), `${folder}\n`)
    await move(local, folder, account)
  }
  return { folder, account }
}

/** Clusters that were made for this data folder, which no longer points to them: it was deleted by hand. */
function abandonedBy(dataDir: string, except: string): string[] {
  const origin = (name: string) => join(sharedFolder, name, 'origin')
  return readdirSync(sharedFolder)
    .filter(name => existsSync(origin(name)) && readFileSync(origin(name), 'utf8').trim() === dataDir)
    .map(name => join(sharedFolder, name))
    .filter(folder => folder !== dirname(except))
}

function readPointer(dataDir: string): string | undefined {
  return existsSync(pointerFile(dataDir)) ? readFileSync(pointerFile(dataDir), 'utf8').trim() : undefined
}

async function move(from: string, to: string, account: Account): Promise<void> {
  try {
    renameSync(from, to)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV')) throw error
    const partial = `${to}.new-${process.pid}`
    await cp(from, partial, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true })
    giveTo(account, partial)
    renameSync(partial, to)
    rmSync(from, { recursive: true })
  }
}

function giveTo(account: Account, folder: string): void {
  if (account === undefined) return
  chownSync(folder, account.uid, account.gid)
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    chownSync(join(folder, entry), account.uid, account.gid)
  }
}

/** Creates the cluster when there is none: built aside and renamed, so that an interrupted creation leaves nothing. */
export async function createCluster(
  dataDir: string,
  place: ClusterPlace,
  binaries: Binaries,
  options: { readonly durable: boolean; readonly beforeCreation?: (() => Promise<void>) | undefined },
): Promise<'created' | 'found'> {
  const parent = dirname(place.folder)
  removeLeftovers(parent)
  if (existsSync(place.folder)) return 'found'
  refuseFullDisk(parent, 150)
  await options.beforeCreation?.()

  const building = join(parent, `${UNFINISHED}${process.pid}`)
  try {
    mkdirSync(building, { mode: 0o700 })
    writeFileSync(passwordFile(building), randomBytes(24).toString('base64url'), { mode: 0o600 })
    giveTo(place.account, building)
    await initdb(building, place.account, binaries, options.durable)
    renameSync(building, place.folder)
    if (parent !== dataDir) writeFileSync(pointerFile(dataDir), `${place.folder}\n`)
  } finally {
    rmSync(building, { recursive: true, force: true })
  }
  return 'created'
}

async function initdb(building: string, account: Account, binaries: Binaries, durable: boolean): Promise<void> {
  const options = ['-D', join(building, 'pgdata'), '-U', superuser, '--pwfile', passwordFile(building)]
  options.push('--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--locale-provider=builtin')
  options.push('--builtin-locale=C.UTF-8', '--no-instructions', ...(durable ? [] : ['--no-sync']))
  const child = spawn(binaries.initdb, options, { ...account, cwd: '/', env: postgresEnvironment(), detached: true })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code === 0) return
  if (output.includes('No space left on device')) throw diskFull(dirname(building), new Error(output))
  const reason = /error: .*/.exec(output)?.[0] ?? output.trim().split('\n').at(-1)
  throw startError(
    'START.DATABASE_FAILED',
    `PostgreSQL could not create its data in ${dirname(building)}: ${reason}`,
    new Error(output),
  )
}

/** Throws unless the cluster is whole and of the version that the binaries can serve. */
export function verifyCluster(place: ClusterPlace, binaries: Binaries): void {
  const versionFile = join(pgData(place), 'PG_VERSION')
  if (!existsSync(versionFile) || !existsSync(passwordFile(place.folder))) {
    throw startError(
      'START.DATA_DAMAGED',
      `${place.folder} is not a complete PostgreSQL data folder: restore it from a backup, or start over with --reset (deletes the local data).`,
    )
  }
  const version = readFileSync(versionFile, 'utf8').trim()
  if (version === binaries.majorVersion) return
  throw startError(
    'START.DATA_VERSION',
    `The data in ${place.folder} was written by PostgreSQL ${version}, and this Mercato brings PostgreSQL ${binaries.majorVersion}: start the Mercato that wrote it, set MERCATO_DATA_DIR to another folder, or start over with --reset (deletes the local data).`,
  )
}

export function readPassword(place: ClusterPlace): string {
  return readFileSync(passwordFile(place.folder), 'utf8').trim()
}

export function refuseFullDisk(folder: string, megabytes: number): void {
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize < megabytes * 1024 * 1024) throw diskFull(folder)
}

/**
 * Deletes the cluster of a data folder, wherever it lives. Its name goes first, in one step: a reset that is interrupted
 * leaves no half cluster where a whole one is expected.
 */
export function removeCluster(dataDir: string): void {
  const outside = dirname(readPointer(dataDir) ?? '')
  const local = join(dataDir, 'cluster')
  if (existsSync(local)) renameSync(local, join(dataDir, `${DELETED}${process.pid}`))
  rmSync(pointerFile(dataDir), { force: true })
  if (dirname(outside) === sharedFolder) rmSync(outside, { recursive: true, force: true })
  removeLeftovers(dataDir)
}

/** What an interrupted creation or reset left in the folder. */
function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (name.startsWith(UNFINISHED) || name.startsWith(DELETED)) rmSync(join(folder, name), { recursive: true })
  }
}

/** The environment of PostgreSQL's programs: the caller's PG… settings are meant for other servers. */
export function postgresEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('PG') && !name.startsWith('LC_'))
  return { ...Object.fromEntries(inherited), LC_ALL: 'C', TZ: 'UTC' }
}
