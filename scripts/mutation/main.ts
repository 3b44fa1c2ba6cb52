import { globSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { mutate, type Score } from './mutate.ts'

/** The least share of mutants, in percent, that the specs of a context must notice. */
const LEAST = 85

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Folders with a domain in them: of the contexts asked for, or of all. */
const foldersAsked = (names: readonly string[]): readonly string[] => {
  const known = globSync('{subgraphs/*,shared-kernel}/domain', { cwd: root }).map(path =>
    dirname(path).replaceAll('\\', '/'),
  )
  const unknown = names.filter(name => !known.some(folder => basename(folder) === name))
  if (unknown.length > 0) throw new TypeError(`There is no domain of ${unknown[0]}.`)
  return known.filter(folder => names.length === 0 || names.includes(basename(folder))).sort()
}

const lineOf = ({ context, killed, survived, broken, minutes }: Score): string => {
  const percent = share({ killed, survived }).toFixed(2).padStart(6)
  const counts = `${killed} of ${killed + survived} mutants noticed${broken === 0 ? '' : `, ${broken} could not run`}`
  return `${context.padEnd(14)} ${percent} %  ${counts}, ${minutes.toFixed(1)} min`
}

const share = ({ killed, survived }: Pick<Score, 'killed' | 'survived'>): number =>
  killed === 0 ? 0 : (killed / (killed + survived)) * 100

const run = async (): Promise<void> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { fresh: { type: 'boolean' }, concurrency: { type: 'string', default: '1' } },
  })
  const concurrency = Number(values.concurrency)
  if (!Number.isInteger(concurrency) || concurrency < 1) throw new TypeError('--concurrency takes a whole number.')
  process.chdir(root)
  const scores: Score[] = []
  for (const folder of foldersAsked(positionals))
    scores.push(await mutate(folder, { concurrency, fresh: values.fresh ?? false, least: LEAST }))
  console.log(`\n${scores.map(lineOf).join('\n')}`)
  const weak = scores.filter(score => share(score) < LEAST)
  if (weak.length > 0) console.log(`\nBelow ${LEAST} %: ${weak.map(({ context }) => context).join(', ')}.`)
  process.exitCode = weak.length === 0 ? 0 : 1
}

run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
