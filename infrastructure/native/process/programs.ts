import { spawn } from 'node:child_process'
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

/** Runs a program to its end, its output on our standard error; rejects when it fails. */
export const runProgram = (
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string } = {},
): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 2, 2], ...options })
    child.once('error', cause => reject(new Error(`${command} could not be run: ${cause.message}`, { cause })))
    child.once('exit', (code, signal) => {
      if (code === 0) resolve()
      else reject(new Error(`${[command, ...args].join(' ')} failed (${code ?? signal})`))
    })
  })

/** Installs Debian packages. Rejects with the reason where that cannot be done. */
export const installPackages = async (packages: readonly string[]): Promise<void> => {
  const names = packages.join(' ')
  if (!findProgram('apt-get')) throw new Error(`there is no apt-get here: install what provides "${names}" yourself`)
  const isRoot = process.getuid?.() === 0
  if (!isRoot && !findProgram('sudo')) throw new Error(`this needs root: apt-get install -y ${names}`)
  const aptGet = (...args: readonly string[]) =>
    isRoot ? runProgram('apt-get', args) : runProgram('sudo', ['-n', 'apt-get', ...args])
  await aptGet('update', '-q')
  await aptGet('install', '-y', '-q', '--no-install-recommends', ...packages)
}
