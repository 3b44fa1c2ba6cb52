import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cacheFolder } from '../cache.ts'
import { usableGo } from '../process/go.ts'
import { findProgram, installPackages, runProgram } from '../process/programs.ts'

const module = fileURLToPath(new URL('.', import.meta.url))
const PACKAGE = 'github.com/hashicorp/consul'

/** Our own build, named after what it is built from. */
const ours = (): string => {
  const hash = createHash('sha256')
  for (const file of ['go.mod', 'go.sum']) hash.update(readFileSync(join(module, file)))
  return join(cacheFolder(), `consul-${hash.digest('hex').slice(0, 12)}`)
}

/** A Consul on PATH, or the one that was built into the cache; or why there is none. Looks only. */
export const findConsul = (): { readonly consul: string } | { readonly missing: string } => {
  const consul = findProgram('consul') ?? (existsSync(ours()) ? ours() : undefined)
  return consul === undefined
    ? { missing: 'Consul is neither on PATH nor built yet: node infrastructure/native/install.ts consul' }
    : { consul }
}

/** Builds the pinned Consul from its Go module into the cache, once: some minutes. */
export const installConsul = async (): Promise<void> => {
  if (!('missing' in findConsul())) return
  if (usableGo() === undefined) await installPackages(['golang-go'])
  const go = usableGo()
  if (go === undefined) throw new Error('Consul is built with Go, which is not on PATH')
  mkdirSync(cacheFolder(), { recursive: true })
  const work = mkdtempSync(`${ours()}-`)
  try {
    for (const file of ['go.mod', 'go.sum']) cpSync(join(module, file), join(work, file))
    const built = join(work, 'consul')
    const flags = ['-trimpath', '-ldflags', '-s -w', '-mod=readonly']
    // It takes minutes of every core: whoever works meanwhile comes first.
    await runProgram('nice', ['-n', '10', go, 'build', ...flags, '-o', built, PACKAGE], { cwd: work })
    if (!existsSync(ours())) renameSync(built, ours())
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
