import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startTimeOf } from '@mercato/embedded/postgres/data-lock'
import { callGraphQL } from '@mercato/embedded/testing-process'
import { expect, it } from 'vitest'
import { STACK_FILE } from './stack/stack-file.ts'
import { describeAdapters, serviceFolder } from './testing.ts'

const MAIN = fileURLToPath(new URL('stack/main.ts', import.meta.url))
const PATIENCE = { timeout: 120_000, interval: 50 }

/** `npm run stack`, and what it has said. */
interface Command extends AsyncDisposable {
  readonly child: ChildProcess
  said(): string
  /** Resolves with its exit code. */
  readonly ended: Promise<number | null>
}

const runStack = (folder: string, ...more: readonly string[]): Command => {
  const flags = ['--folder', folder, '--free-ports', '--gateways', '1', ...more]
  const child = spawn(process.execPath, [MAIN, ...flags], { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (said += chunk))
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  return {
    child,
    said: () => said,
    ended,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

/** Everything that a process started, and what that started, each with what tells it from a later one of its number. */
const descendantsOf = (pid: number): ReadonlyMap<number, string> => {
  const parents = readdirSync('/proc').flatMap(name => {
    const each = Number(name)
    try {
      const fields = readFileSync(`/proc/${each}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')
      return [[each, Number(fields[1])] as const]
    } catch {
      return []
    }
  })
  const found = new Map<number, string>()
  for (const wanted = [pid]; wanted.length > 0; ) {
    const parent = wanted.pop()
    for (const [each, of] of parents) if (of === parent) wanted.push(each)
    const started = parent === undefined || parent === pid ? undefined : startTimeOf(parent)
    if (parent !== undefined && started !== undefined) found.set(parent, started)
  }
  return found
}

await describeAdapters(['postgres', 'redis', 'kafka', 'consul'], () => {
  it('npm run stack: a second one on its folder is refused, whatever it is to do there; kill -9 takes everything with it, and the next one goes on there', async () => {
    const folder = serviceFolder()
    await using first = runStack(folder)
    await expect.poll(() => existsSync(join(folder, STACK_FILE)), PATIENCE).toBe(true)
    for (const flags of [[], ['--reset']]) {
      await using second = runStack(folder, ...flags)
      expect(await second.ended).toBe(1)
      expect(second.said()).toMatch(
        new RegExp(`^Mercato already runs on the data in .* \\(process ${first.child.pid},.*\\n$`),
      )
      expect(existsSync(join(folder, STACK_FILE))).toBe(true)
    }

    const started = descendantsOf(first.child.pid ?? 0)
    expect(started.size).toBeGreaterThan(20)
    first.child.kill('SIGKILL')
    await first.ended
    await using third = runStack(folder)
    const left = () => [...started].filter(([pid, at]) => startTimeOf(pid) === at).map(([pid]) => pid)
    await expect.poll(left, { timeout: 10_000 }).toEqual([])
    const url = () => /GraphiQL +(\S+)\/graphiql/.exec(third.said())?.[1]
    await expect.poll(url, PATIENCE).toBeDefined()
    const { data } = await callGraphQL(url() ?? '', '{ products(first: 1) { totalCount } }', {})
    expect(data.products.totalCount).toBeGreaterThan(0)
    third.child.kill('SIGTERM')
    expect(await third.ended).toBe(0)
  })
})
