import { readFileSync } from 'node:fs'

/** What can be measured; each module measures when it is imported, with the options of the command line. */
const RUNS: Readonly<Record<string, string>> = { gateway: './gateway.ts', loop: './loop.ts' }

const [given] = process.argv.slice(2)
const what = given === undefined || given.startsWith('--') ? 'gateway' : given
const run = Object.hasOwn(RUNS, what) ? RUNS[what] : undefined
if (run === undefined) {
  process.stderr.write(readFileSync(new URL('../../scripts/help/bench.txt', import.meta.url), 'utf8'))
  process.exit(2)
}
await import(run)
