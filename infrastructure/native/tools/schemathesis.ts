import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { cacheFolder } from '../cache.ts'
import { findProgram } from '../process/programs.ts'

const VERSION = '4.32.5'
const run = promisify(execFile)

const folder = (): string => join(cacheFolder(), `schemathesis-${VERSION}`)
const program = (): string => join(folder(), 'bin', 'schemathesis')

/** Where the property-based REST client stands, or why it is not there. Looks only. */
export const findSchemathesis = (): { readonly program: string } | { readonly missing: string } =>
  existsSync(program())
    ? { program: program() }
    : { missing: 'schemathesis is not installed: node infrastructure/native/install.ts schemathesis' }

/** Installs it, with Python's own tools, into the cache folder. Rejects with the reason. */
export const installSchemathesis = async (): Promise<void> => {
  if (existsSync(program())) return
  const python = findProgram('python3')
  if (python === undefined) throw new Error('schemathesis needs Python 3, which is not on PATH')
  await run(python, ['-m', 'venv', folder()])
  await run(join(folder(), 'bin', 'pip'), [
    'install',
    '--quiet',
    '--disable-pip-version-check',
    `schemathesis==${VERSION}`,
  ])
}
