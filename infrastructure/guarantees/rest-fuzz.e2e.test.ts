import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { API_KEY, launchMercato, signIn, temporaryData } from '@mercato/embedded/testing-process'
import { describeAdapter } from '@mercato/native/testing'
import { findSchemathesis } from '@mercato/native/tools/schemathesis'
import { describe, expect, it } from 'vitest'

const SECONDS = Number(process.env['FUZZ_SECONDS'] ?? 15)
const SEED = process.env['FUZZ_SEED'] ?? String(Date.now() % 1_000_000_000)

/** What would end the session that the client is signed in with. */
const ENDING = [
  'eraseMe',
  'deactivateUser',
  'signOut',
  'signOutEverywhere',
  'revokeSession',
  'changePassword',
  'revokeRole',
]
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_schema_conformance',
  'response_headers_conformance',
]

/** Characters of what it says; the summary comes last. */
const MOST_SHOWN = 20_000

const run = promisify(execFile)

/** Runs the client against a system; what it says when it has found something, or nothing. */
const fuzz = async (url: string, token: string): Promise<string> => {
  const client = findSchemathesis()
  if ('missing' in client) throw new Error(client.missing)
  const folder = mkdtempSync(join(tmpdir(), 'mercato-fuzz-'))
  try {
    const response = await fetch(`${url}/api/v1/openapi.json`, { headers: { 'x-api-key': API_KEY } })
    const document = join(folder, 'openapi.json')
    writeFileSync(document, await response.text())
    const args = [
      ...['run', document, '--url', url, '--seed', SEED, '--max-time', String(SECONDS)],
      ...['--phases', 'examples,coverage,fuzzing', '--max-examples', '20'],
      // One at a time: two threads of Python 3.11 that read source at once break each other.
      ...['--workers', '1'],
      ...['--checks', CHECKS.join(','), '--continue-on-failure', '--warnings', 'off', '--no-color'],
      ...['--header', `X-API-Key: ${API_KEY}`, '--header', `Authorization: Bearer ${token}`],
      ...ENDING.flatMap(operation => ['--exclude-operation-id', operation]),
    ]
    // It keeps examples beside itself: each run starts with none, and leaves none.
    await run(client.program, args, { cwd: folder, maxBuffer: 2 ** 26, timeout: (SECONDS + 60) * 1_000 })
    return ''
  } catch (error) {
    const { stdout = '', message = '' } = error as { readonly stdout?: string; readonly message?: string }
    return `seed ${SEED}\n${(stdout || message).slice(-MOST_SHOWN)}`
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

await describeAdapter('schemathesis', () => {
  describe('a client that tries everything its document allows, and more', () => {
    it('is never answered with 5xx, nor with anything the document does not say', async () => {
      await using data = temporaryData()
      await using mercato = await (await launchMercato(data.path)).ready
      // Who may do everything reaches everything: as a customer, too.
      expect(await fuzz(mercato.url, await signIn(mercato.url, 'admin'))).toBe('')
    })
  })
})
