import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseEnv } from 'node:util'
import type { Stack } from '../stack.ts'
import { type NodeProcess, startNodeProcess } from './node-process.ts'

type Settings = Readonly<Record<string, string>>

/** How the first process of a context was started. */
export const settingsOf = ({ settings }: Pick<Stack, 'settings'>, context: string): Settings =>
  parseEnv(readFileSync(join(settings, `${context}-1.env`), 'utf8')) as Settings

const processesOf = ({ contexts }: Pick<Stack, 'contexts'>, context: string): readonly NodeProcess[] =>
  contexts.filter(({ name }) => name.startsWith(`${context}-`))

/** Runs one process of a context, told something else, in the place of those of the stack. */
export const replaceContext = async (stack: Stack, context: string, env: Settings): Promise<NodeProcess> => {
  const replaced = processesOf(stack, context)
  const [first] = replaced
  if (!first) throw new Error(`no process of ${context}`)
  await Promise.all(replaced.map(each => each.stop()))
  const other = startNodeProcess({
    name: `another ${context}`,
    main: fileURLToPath(new URL(`../../../subgraphs/${context}/main.ts`, import.meta.url)),
    env: { ...settingsOf(stack, context), ...env },
    url: first.url,
    readyUrl: `${first.url}/health/ready`,
    logFile: first.logFile,
  })
  await other.ready()
  return other
}

/** Starts those of the stack again. */
export const bringBack = async (stack: Stack, context: string): Promise<void> => {
  await Promise.all(processesOf(stack, context).map(each => each.restart()))
}
