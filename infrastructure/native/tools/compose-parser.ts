import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cacheFolder } from '../cache.ts'
import { usableGo } from '../process/go.ts'
import { installPackages, runProgram } from '../process/programs.ts'

const module = fileURLToPath(new URL('../../docker/parser', import.meta.url))

const place = (): string => {
  const hash = createHash('sha256')
  for (const file of ['main.go', 'go.mod', 'go.sum']) hash.update(readFileSync(join(module, file)))
  return join(cacheFolder(), `compose-parser-${hash.digest('hex').slice(0, 12)}`)
}

/** The parser of docker compose, built into the cache; or why it is not there. Looks only. */
export const findComposeParser = (): { readonly parser: string } | { readonly missing: string } =>
  existsSync(place())
    ? { parser: place() }
    : { missing: 'the parser of docker compose is not built yet: node infrastructure/native/install.ts compose-parser' }

/** Builds it with Go, once: some seconds. */
export const installComposeParser = async (): Promise<void> => {
  if (!('missing' in findComposeParser())) return
  if (usableGo() === undefined) await installPackages(['golang-go'])
  const go = usableGo()
  if (go === undefined) throw new Error('the parser of docker compose is built with Go, which is not on PATH')
  mkdirSync(cacheFolder(), { recursive: true })
  const work = mkdtempSync(`${place()}-`)
  try {
    const built = join(work, 'parser')
    await runProgram(go, ['build', '-trimpath', '-ldflags', '-s -w', '-mod=readonly', '-o', built, '.'], {
      cwd: module,
    })
    if (!existsSync(place())) renameSync(built, place())
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
