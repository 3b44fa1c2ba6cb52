import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { NodeProgram } from './node-process.ts'
import { writeVariables } from './variables-file.ts'

/** Where the stack in a folder keeps the settings of its processes. */
export const envFolder = (folder: string): string => join(folder, 'env')

/** Writes down how a process was started, for commands that work beside it; one file a process. */
export const writeEnvFile = (folder: string, { name, env }: NodeProgram): void => {
  mkdirSync(envFolder(folder), { recursive: true, mode: 0o700 })
  writeVariables(join(envFolder(folder), `${name}.env`), env)
}
