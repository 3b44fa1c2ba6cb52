import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, onTestFinished, test } from 'vitest'

/** A small workspace whose `check` command is `script`; its npx notes that it was called and installs a Node and a package. */
function workspace(script = ''): string {
  const root = mkdtempSync(join(tmpdir(), 'mercato-start-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  for (const part of ['start.mjs', 'start', 'help']) {
    cpSync(join(import.meta.dirname, part), join(root, 'scripts', part), { recursive: true })
  }
  mkdirSync(join(root, 'tools'))
  mkdirSync(join(root, 'part'))
  writeFileSync(join(root, 'scripts', 'check.ts'), script)
  writeFileSync(join(root, 'pnpm-lock.yaml'), 'one\n')
  writeFileSync(join(root, 'pnpm-workspace.yaml'), 'packages:\n  - part\n')
  writeFileSync(join(root, 'part', 'package.json'), '{ "dependencies": { "thing": "1" } }')
  writeFileSync(
    join(root, 'package.json'),
    '{ "type": "module", "scripts": { "check": "exec node scripts/start.mjs check" }, "devDependencies": { "node": "24" } }',
  )
  const installing = [
    '#!/bin/sh',
    'echo "$@" >> npx-calls',
    'test -e offline && exit 1',
    'mkdir -p node_modules/.bin node_modules/node/bin node_modules/.pnpm/thing part/node_modules/thing',
    `ln -sf ${process.execPath} node_modules/node/bin/node`,
    `ln -sf ${process.execPath} node_modules/.bin/node`,
    'echo {} > node_modules/node/package.json',
    'echo {} > part/node_modules/thing/package.json',
    'cp pnpm-lock.yaml node_modules/.pnpm/lock.yaml',
  ]
  writeFileSync(join(root, 'tools', 'npx'), installing.join('\n'))
  chmodSync(join(root, 'tools', 'npx'), 0o755)
  return root
}

const environment = (root: string) => ({ ...process.env, PATH: `${join(root, 'tools')}:${process.env['PATH']}` })

function check(root: string, ...args: string[]) {
  const command = [join(root, 'scripts', 'start.mjs'), 'check', ...args]
  return spawnSync(process.execPath, command, { encoding: 'utf8', env: environment(root) })
}

function installations(root: string): number {
  const file = join(root, 'npx-calls')
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').length : 0
}

describe('a root command', () => {
  test('installs the locked packages the first time, then runs under their Node with the arguments given', () => {
    const root = workspace(
      'console.log(JSON.stringify([process.argv.slice(2), process.env.PATH])); process.exitCode = 7',
    )
    const { stdout, stderr, status } = check(root, 'a', '--b')
    expect(readFileSync(join(root, 'npx-calls'), 'utf8')).toMatch(/^--yes pnpm@[\d.]+ install --frozen-lockfile/)
    expect(stderr).toContain('Installing packages (first start;')
    const [args, path] = JSON.parse(stdout)
    expect(args).toEqual(['a', '--b'])
    expect(path.split(':')[0]).toBe(join(root, 'node_modules', '.bin'))
    expect(status).toBe(7)
  })

  test('explains itself without installing, and knows its own name', () => {
    const root = workspace()
    expect(check(root, '--help').stdout).toContain('npm run check')
    const unknown = spawnSync(process.execPath, [join(root, 'scripts', 'start.mjs'), 'chekc'], { encoding: 'utf8' })
    expect(unknown.stderr).toContain('Unknown command "chekc"')
    expect(unknown.status).toBe(2)
    expect(installations(root)).toBe(0)
  })

  test('has a help text for each command of package.json', () => {
    const { scripts }: { scripts: Record<string, string> } = JSON.parse(
      readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8'),
    )
    for (const name of Object.keys(scripts)) {
      const start = join(import.meta.dirname, 'start.mjs')
      const { stdout, status } = spawnSync(process.execPath, [start, name, '--help'], { encoding: 'utf8' })
      expect({ status, text: stdout }).toEqual({ status: 0, text: expect.stringMatching(/^npm (run )?\w+/) })
    }
  })
})

test('pnpm checks the packages against the Node that will run them', () => {
  const root = join(import.meta.dirname, '..')
  const { devDependencies }: { devDependencies: Record<string, string> } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  )
  expect(readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8')).toContain(`nodeVersion: ${devDependencies['node']}\n`)
})

describe('once installed', () => {
  test.each<[change: string, times: number, (root: string) => void]>([
    ['nothing', 1, () => undefined],
    [
      'a script of a package.json',
      1,
      root => rewrite(root, 'part/package.json', '"dependencies"', '"scripts": {}, "dependencies"'),
    ],
    [
      'the lockfile and somebody ran pnpm install',
      1,
      root => {
        for (const file of ['pnpm-lock.yaml', 'node_modules/.pnpm/lock.yaml']) appendFileSync(join(root, file), 'two\n')
      },
    ],
    ['the lockfile', 2, root => appendFileSync(join(root, 'pnpm-lock.yaml'), 'two\n')],
    [
      'a dependency',
      2,
      root => rewrite(root, 'part/package.json', '"1"', '"2"') ?? appendFileSync(join(root, 'pnpm-lock.yaml'), 'two\n'),
    ],
    ['that a package was deleted', 2, root => rmSync(join(root, 'part', 'node_modules', 'thing'), { recursive: true })],
    [
      'that something inside was deleted',
      2,
      root => rmSync(join(root, 'node_modules', '.pnpm', 'thing'), { recursive: true }),
    ],
    ['that Node was deleted', 2, root => rmSync(join(root, 'node_modules', 'node'), { recursive: true })],
  ])('and changed: %s, there were %i installations', (_, times, change) => {
    const root = workspace()
    expect(check(root).status).toBe(0)
    change(root)
    expect(check(root).status).toBe(0)
    expect(installations(root)).toBe(times)
    expect(check(root).status).toBe(0)
    expect(installations(root)).toBe(times)
  })

  test('a failed installation says so, and the next run takes it up again', () => {
    const root = workspace()
    check(root)
    appendFileSync(join(root, 'pnpm-lock.yaml'), 'two\n')
    writeFileSync(join(root, 'offline'), '')
    const failed = check(root)
    expect(failed.stderr).toContain('The packages could not be installed')
    expect(failed.status).toBe(1)
    rmSync(join(root, 'offline'))
    const next = check(root)
    expect(next.stderr).toContain('the last installation did not finish')
    expect(next.status).toBe(0)
  })
})

const signalCounter = `
const seen = []
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {
  seen.push(signal)
  if (seen.length === 1) setTimeout(() => { console.log('seen ' + seen); process.exit(7) }, 300)
})
setInterval(() => undefined, 1000)
console.log('ready ' + process.pid)
`

describe('a signal', () => {
  test('SIGTERM to npm alone reaches the command once, and its exit code comes back', async () => {
    const root = workspace(signalCounter)
    const npm = follow(
      spawn('npm', ['run', '--silent', 'check'], { cwd: root, env: environment(root), detached: true }),
    )
    await npm.line(/ready/)
    npm.child.kill('SIGTERM')
    expect(await npm.line(/seen/)).toBe('seen SIGTERM')
    expect(await npm.code).toBe(7)
  })

  test('SIGINT to the starter alone, without a terminal, reaches the command', async () => {
    const root = workspace(signalCounter)
    const starter = follow(
      spawn(process.execPath, [join(root, 'scripts/start.mjs'), 'check'], { env: environment(root), detached: true }),
    )
    await starter.line(/ready/)
    starter.child.kill('SIGINT')
    expect(await starter.line(/seen/)).toBe('seen SIGINT')
    expect(await starter.code).toBe(7)
  })

  test.skipIf(spawnSync('script', ['--version']).status !== 0)(
    'Ctrl-C in a terminal reaches the command once (needs script)',
    async () => {
      const root = workspace(signalCounter)
      // A shell that stayed in between could die of Ctrl-C by itself, and speak for npm.
      const terminal = spawn('script', ['-qfec', 'exec npm run --silent check', '/dev/null'], {
        cwd: root,
        env: environment(root),
      })
      const session = follow(terminal)
      await session.line(/ready/)
      terminal.stdin.write('\u0003')
      expect(await session.line(/seen/)).toMatch(/seen SIGINT$/)
      expect(await session.code).toBe(7)
    },
  )

  test('that kills the command is told by the exit code', async () => {
    const root = workspace(signalCounter)
    const starter = follow(
      spawn(process.execPath, [join(root, 'scripts/start.mjs'), 'check'], { env: environment(root) }),
    )
    process.kill(Number((await starter.line(/ready/)).split(' ')[1]), 'SIGKILL')
    expect(await starter.code).toBe(128 + 9)
  })
})

function rewrite(root: string, file: string, from: string, to: string): void {
  const path = join(root, file)
  writeFileSync(path, readFileSync(path, 'utf8').replace(from, to))
}

function follow(child: ChildProcess) {
  const { stdout } = child
  if (stdout === null) throw new Error('The child has no output to follow.')
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]()
  const code = new Promise<number | null>(resolve => child.once('exit', resolve))
  onTestFinished(() => void child.kill('SIGKILL'))
  return {
    child,
    code,
    async line(pattern: RegExp): Promise<string> {
      for (;;) {
        const { value, done } = await lines.next()
        if (done === true) throw new Error(`It ended without saying ${pattern}.`)
        if (pattern.test(value)) return value.trim()
      }
    },
  }
}
