import { basename } from 'node:path'
import { Stryker } from '@stryker-mutator/core'

/** What the specs of one context, or of the shared kernel, made of its mutants. */
export interface Score {
  readonly context: string
  /** Noticed: a spec failed, or never came to an end. */
  readonly killed: number
  /** Unnoticed, those that no spec reaches included. */
  readonly survived: number
  /** Did not even load, so that no spec had a say. */
  readonly broken: number
  readonly minutes: number
}

interface Options {
  /** Test runners at a time. */
  readonly concurrency: number
  /** Forgets what earlier runs found out. */
  readonly fresh: boolean
  /** Percent from which the report is not red. */
  readonly least: number
}

const KILLED: ReadonlySet<string> = new Set(['Killed', 'Timeout'])
const SURVIVED: ReadonlySet<string> = new Set(['Survived', 'NoCoverage'])

/** Changes the domain in a folder, a piece at a time, in a copy of it, and runs its specs against every change. */
export const mutate = async (folder: string, { concurrency, fresh, least }: Options): Promise<Score> => {
  const began = performance.now()
  const context = basename(folder)
  const domain = `${folder}/domain`
  const cache = '.cache/mutation'
  const stryker = new Stryker({
    mutate: [`${domain}/**/*.ts`, `!${domain}/**/*.test.ts`, `!${domain}/**/*.fixture.ts`, `!${domain}/**/testing.ts`],
    // The copy has the domain and its specs only: no other test runs, and vitest as it comes.
    ignorePatterns: ['**', '!package.json', `!${folder}/package.json`, `!${domain}/**`],
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { related: false },
    coverageAnalysis: 'perTest',
    concurrency,
    // A busy machine is no reason to count a mutant as noticed.
    timeoutMS: 60_000,
    incremental: true,
    force: fresh,
    incrementalFile: `${cache}/${context}.json`,
    tempDirName: `${cache}/sandbox-${context}`,
    reporters: ['clear-text', 'html'],
    clearTextReporter: { allowColor: false, logTests: false },
    htmlReporter: { fileName: `${cache}/${context}.html` },
    thresholds: { high: 95, low: least, break: null },
  })
  const mutants = await stryker.runMutationTest()
  const count = (statuses: ReadonlySet<string>) => mutants.filter(({ status }) => statuses.has(status)).length
  const [killed, survived] = [count(KILLED), count(SURVIVED)]
  const minutes = (performance.now() - began) / 60_000
  return { context, killed, survived, broken: mutants.length - killed - survived, minutes }
}
