import { execFileSync } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const codecs = globSync('{subgraphs,shared-kernel}/**/*.ts', { cwd: root, exclude: ['**/node_modules/**'] })
  .filter(file => !file.endsWith('.test.ts') && /EventSchemas<\w+> = \{/.test(readFileSync(join(root, file), 'utf8')))
  .filter(file => !file.includes('fixture'))

/** Fixtures that were edited once, before anything had been released. */
const EDITED = new Set(['subgraphs/inventory/infrastructure/fixtures/StockReleased.v1.json'])

describe('the events of every context', () => {
  test('have schemas that are found', () => expect(codecs.length).toBeGreaterThanOrEqual(5))

  test.each(codecs)('are held against their frozen fixtures: %s', file => {
    const spec = join(root, file.replace(/\.ts$/, '.test.ts'))
    expect(existsSync(spec)).toBe(true)
    expect(readFileSync(spec, 'utf8')).toMatch(/eventFixturesContract\('\w+', \w+, new URL\('\.\/fixtures\/'/)
    expect(existsSync(join(root, dirname(file), 'fixtures'))).toBe(true)
  })
})

/** Fixtures that git saw changed or deleted; `undefined` outside a clone. */
const touched = (): readonly string[] | undefined => {
  try {
    const args = [
      'log',
      '--diff-filter=MD',
      '--no-renames',
      '--name-only',
      '--format=',
      '--',
      '*/fixtures/*.v[0-9]*.json',
    ]
    const found = execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    return [...new Set(found.split('\n').filter(Boolean))]
  } catch {
    return undefined
  }
}
const changed = touched()

describe.skipIf(changed === undefined)('a frozen fixture (skipped without git)', () => {
  test('was never edited or deleted', () => expect(changed?.filter(path => !EDITED.has(path))).toEqual([]))
})
