import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Where a program stands on PATH, if it does. */
export const findProgram = (name: string, path = process.env['PATH'] ?? ''): string | undefined =>
  path
    .split(delimiter)
    .filter(folder => folder !== '')
    .map(folder => join(folder, name))
    .find(isExecutable)

/** Runs a program to its end, its output on ours; throws when it fails. */
export const runProgram = (command: string, args: readonly string[], options: { readonly cwd?: string } = {}): void => {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 2, 2], ...options })
  if (error) throw new Error(`${command} could not be run: ${error.message}`, { cause: error })
  if (status !== 0) throw new Error(`${[command, ...args].join(' ')} failed (exit code ${status})`)
}

/** Installs Debian packages. Throws with the reason where that cannot be done. */
export const installPackages = (packages: readonly string[]): void => {
  const wish = `apt-get install -y --no-install-recommends ${packages.join(' ')}`
  if (!findProgram('apt-get'))
    throw new Error(`there is no apt-get here: install what provides "${packages.join(' ')}" yourself`)
  const isRoot = process.getuid?.() === 0
  if (!isRoot && !findProgram('sudo')) throw new Error(`this needs root: run "${wish}" as root`)
  const [command, ...before] = isRoot ? ['apt-get'] : ['sudo', '-n', 'apt-get']
  if (command === undefined) return
  runProgram(command, [...before, 'update', '-q'])
  runProgram(command, [...before, 'install', '-y', '-q', '--no-install-recommends', ...packages])
}
