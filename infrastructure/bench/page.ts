import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const BIOME = fileURLToPath(new URL('../../node_modules/@biomejs/biome/bin/biome', import.meta.url))
const PAGE = new URL('../../BENCHMARKS.md', import.meta.url)

/** Puts text between `<!-- name -->` and `<!-- /name -->` of BENCHMARKS.md; what people wrote around it stays. */
export const writeSection = (name: string, text: string): void => {
  const page = readFileSync(PAGE, 'utf8')
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const [before, rest] = page.split(open)
  const after = rest?.split(close)[1]
  if (before === undefined || after === undefined)
    throw new Error(`BENCHMARKS.md has no place for ${name}: ${open} … ${close}`)
  writeFileSync(PAGE, `${before}${open}\n\n${text}\n\n${close}${after}`)
  execFileSync(process.execPath, [BIOME, 'format', '--write', fileURLToPath(PAGE)], { stdio: 'ignore' })
}
