import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Runs vitest on test files, then the summary, as .ci/run does. */
function lastLineFor(source: string | readonly string[], checksCode = 0): { line: string; code: number | null } {
  const folder = mkdtempSync(join(tmpdir(), 'mercato-summary-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [index, text] of [source].flat().entries()) writeFileSync(join(folder, `sample${index}.test.mjs`), text)
  writeFileSync(join(folder, 'vitest.config.mjs'), 'export default { test: { globals: true } }')
  const countFile = join(folder, 'count.json')
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--root', folder]
  const options = { cwd: root, encoding: 'utf8' as const, env: { ...process.env, COUNT_FILE: countFile } }
  const run = spawnSync(process.execPath, [...vitest, `--reporter=${join(root, '.ci/count.mjs')}`], options)
  const summary = spawnSync(
    process.execPath,
    ['.ci/summary.mjs', countFile, String(run.status), String(checksCode)],
    options,
  )
  return { line: summary.stdout.trim().split('\n').at(-1) ?? '', code: summary.status }
}

test.each<[string, string | readonly string[], string, number]>([
  ['passing tests', "test('a', () => {}); test('b', () => {})", '2 passed, 0 failed, 0 skipped', 0],
  [
    'a failing and a skipped test',
    "test('a', () => { throw 1 }); test.skip('b', () => {}); test.todo('c')",
    '0 passed, 1 failed, 2 skipped',
    1,
  ],
  ['a file that does not load', "import './nowhere.mjs'; test('a', () => {})", '0 passed, 1 failed, 0 skipped', 1],
  [
    'files that do not load beside a failing test',
    ["import './nowhere.mjs'; test('a', () => {})", "import './neither.mjs'", "test('b', () => { throw 1 })"],
    '0 passed, 3 failed, 0 skipped',
    1,
  ],
  [
    'a hook that fails',
    "test('a', () => {}); describe('s', () => { beforeAll(() => { throw 1 }); test('b', () => {}) })",
    '1 passed, 1 failed, 1 skipped',
    1,
  ],
  [
    'an error outside of any test',
    "test('a', async () => { setTimeout(() => { throw new Error('loose') }); await new Promise(r => setTimeout(r, 50)) })",
    '1 passed, 1 failed, 0 skipped',
    1,
  ],
  ['no tests at all', '', '0 passed, 1 failed, 0 skipped', 1],
])('counts %s', (_, source, line, code) => {
  expect(lastLineFor(source)).toEqual({ line, code })
})

test('counts failed checks', () => {
  expect(lastLineFor("test('a', () => {})", 1)).toEqual({ line: '1 passed, 1 failed, 0 skipped', code: 1 })
})
