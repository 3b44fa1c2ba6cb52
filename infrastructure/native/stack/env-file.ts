import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { NodeProgram } from './node-process.ts'

/** Where the stack in a folder keeps the settings of its processes. */
export const envFolder = (folder: string): string => join(folder, 'env')

/** Writes down how a process was started, for commands that work beside it; it holds secrets, for its owner's eyes. */
export const writeEnvFile = (folder: string, { name, env }: NodeProgram): void => {
  mkdirSync(envFolder(folder), { recursive: true, mode: 0o700 })
  const lines = Object.entries(env).map(([key, value]) => `${key}=${JSON.stringify(value)}\n`)
  writeFileSync(join(envFolder(folder), `${name}.env`), lines.join(''), { mode: 0o600 })
}
