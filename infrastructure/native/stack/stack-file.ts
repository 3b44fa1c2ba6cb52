import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { startTimeOf } from '@mercato/embedded/postgres/data-lock'
import { writeVariables } from './variables-file.ts'

/** In the folder of a stack: where its parts are, for scripts that set it up. */
export const STACK_FILE = 'stack.env'

/** Writes it, and who runs the stack. */
export const writeStackFile = (file: string, variables: Readonly<Record<string, string>>): void => {
  const owner = { STACK_PID: String(process.pid), STACK_STARTED: startTimeOf(process.pid) ?? '' }
  writeVariables(file, { ...variables, ...owner })
}

/** Whether the stack that wrote it still runs. */
export const isRunningStack = (file: string): boolean => {
  const { STACK_PID, STACK_STARTED } = parseEnv(readFileSync(file, 'utf8'))
  return STACK_STARTED !== undefined && startTimeOf(Number(STACK_PID)) === STACK_STARTED
}
