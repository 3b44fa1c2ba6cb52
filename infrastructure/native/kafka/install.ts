import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cacheFolder } from '../cache.ts'
import { findProgram, installPackages, runProgram } from '../process/programs.ts'

const pom = fileURLToPath(new URL('pom.xml', import.meta.url))
const OLDEST_JAVA = 17

/** What it takes to run a broker. */
export interface KafkaInstallation {
  readonly java: string
  /** Folder with the broker's jars. */
  readonly jars: string
}

/** The folder of these jars, and of no others: it is named after the pom that lists them. */
const jarsFolder = (): string =>
  join(cacheFolder(), `kafka-${createHash('sha256').update(readFileSync(pom)).digest('hex').slice(0, 12)}`)

const javaVersion = (java: string): number => {
  const { stderr, stdout } = spawnSync(java, ['-version'], { encoding: 'utf8' })
  return Number(/version "(\d+)/.exec(`${stderr}${stdout}`)?.[1] ?? 0)
}

const usableJava = (): string | undefined => {
  const java = findProgram('java')
  return java !== undefined && javaVersion(java) >= OLDEST_JAVA ? java : undefined
}

/** The installed broker, or why there is none. Looks only, downloads nothing. */
export const findKafka = (): KafkaInstallation | { readonly missing: string } => {
  const java = usableJava()
  if (java === undefined) return { missing: `Kafka needs Java ${OLDEST_JAVA} or newer on PATH` }
  const jars = jarsFolder()
  return existsSync(jars)
    ? { java, jars }
    : { missing: 'Kafka is not downloaded yet: node infrastructure/native/install.ts kafka' }
}

/** Fetches the broker's jars from Maven Central into the cache, once; Java and Maven first, where they can be installed. */
export const installKafka = async (): Promise<KafkaInstallation> => {
  const found = findKafka()
  if (!('missing' in found)) return found
  const wanted = [
    ...(usableJava() ? [] : ['default-jre-headless']),
    ...(existsSync(jarsFolder()) || findProgram('mvn') ? [] : ['maven']),
  ]
  if (wanted.length > 0) await installPackages(wanted)
  if (!existsSync(jarsFolder())) await download()
  const installed = findKafka()
  if ('missing' in installed) throw new Error(installed.missing)
  return installed
}

/** Downloads beside the final place and moves it there when it is whole: others may look, or do the same, meanwhile. */
const download = async (): Promise<void> => {
  const folder = jarsFolder()
  mkdirSync(cacheFolder(), { recursive: true })
  const work = mkdtempSync(`${folder}-`)
  try {
    copyFileSync(pom, join(work, 'pom.xml'))
    const jars = join(work, 'jars')
    const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${jars}`]
    await runProgram('mvn', ['-B', '-q', ...goal], { cwd: work })
    if (!existsSync(folder)) renameSync(jars, folder)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
