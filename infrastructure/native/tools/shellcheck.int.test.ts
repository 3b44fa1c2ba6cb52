import { spawnSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { describeAdapter } from '../testing.ts'
import { findShellcheck } from './shellcheck.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const scripts = [...globSync('scripts/**/*.sh', { cwd: root }), '.ci/run'].sort()

describe('every shell script', () => {
  it('is one of those the brief names, or known', () =>
    expect(scripts).toEqual([
      '.ci/run',
      'scripts/kafka/create-topics.sh',
      'scripts/setup-databases.sh',
      'scripts/setup-kong.sh',
      'scripts/setup-microservices.sh',
    ]))

  it.each(scripts)('%s can be executed and stops at the first failure or says why not', script => {
    const file = join(root, script)
    expect(statSync(file).mode & 0o111).toBe(0o111)
    expect(readFileSync(file, 'utf8')).toMatch(/^#!\/usr\/bin\/env bash\n[\s\S]*^set -e?uo pipefail$/m)
  })
})

await describeAdapter('shellcheck', () => {
  const check = (file: string) => {
    const found = findShellcheck()
    if ('missing' in found) throw new Error(found.missing)
    const { status, stdout } = spawnSync(found.shellcheck, ['--severity=style', file], { cwd: root, encoding: 'utf8' })
    return { status, stdout }
  }

  it.each(scripts)('shellcheck has nothing to say about %s', script =>
    expect(check(script)).toEqual({ status: 0, stdout: '' }),
  )

  it('shellcheck would speak', () => {
    const folder = mkdtempSync(join(tmpdir(), 'mercato-shellcheck-'))
    writeFileSync(join(folder, 'bad.sh'), '#!/usr/bin/env bash\ncd $1\n')
    expect(check(join(folder, 'bad.sh')).stdout).toContain('SC2086')
    rmSync(folder, { recursive: true })
  })
})
