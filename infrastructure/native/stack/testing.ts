import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Stack } from '../stack.ts'

const inRoot = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url))

/** Runs a program to its end and resolves with what it printed; rejects with it when it fails. */
const run = (command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (output += chunk))
    child.once('error', reject)
    child.once('exit', code => {
      if (code === 0) resolve(output)
      else reject(new Error(`${[command, ...args].join(' ')} failed:\n${output.slice(-2_000)}`))
    })
  })

/** Plays the journey as `npm run journey -- --url …` does; rejects with what it printed when anything was off. */
export const playJourney = async (url: string): Promise<void> => {
  await run(process.execPath, [inRoot('scripts/journey/main.ts'), '--url', url])
}

/** Runs `npm run rebuild -- <context> <view>` beside the processes of a stack; resolves with what it printed. */
export const rebuildView = (
  { settings }: Pick<Stack, 'settings'>,
  context: string,
  view: string,
  ...flags: readonly string[]
): Promise<string> => {
  const place = ['--env-file', join(settings, `${context}-1.env`)]
  return run(process.execPath, [inRoot('scripts/rebuild/main.ts'), context, view, ...place, ...flags])
}

/** Runs a shell script of the repository against the stack in a folder. */
export const runScript = (folder: string, script: string, ...flags: readonly string[]): Promise<string> =>
  run('bash', [inRoot(script), ...flags], { MERCATO_STACK: folder })

/** The sum of a counter in Prometheus' text, over all its labels. */
export const counted = async (url: string, metric: string): Promise<number> => {
  const text = await (await fetch(`${url}/metrics`)).text()
  const lines = text.split('\n').filter(line => line.startsWith(`${metric}{`) || line.startsWith(`${metric} `))
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
}
