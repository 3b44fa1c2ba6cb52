import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { generate } from '@graphql-codegen/cli'
import codegen from '../codegen.ts'
import { composeSupergraph } from '../schema/compose.ts'
import { bareText, operationPaths, readOperation } from '../schema/stored-operations.ts'
import { brokenContracts, isSuperseded } from './event-compatibility.ts'
import { deriveEventSchemas } from './event-schemas.ts'
import { pageOfSettings } from './settings-tables.ts'

export const root = join(import.meta.dirname, '..')

/** A file derived from hand-written sources and committed. */
export type GeneratedFile = { readonly path: string; readonly content: string }

export type Generation = {
  readonly files: readonly GeneratedFile[]
  /** Why something could not be derived; its files are missing above. */
  readonly problems: readonly string[]
}

/** Derives everything that is derived, without writing it. */
export async function deriveFiles(): Promise<Generation> {
  const parts = await Promise.all([
    resolverTypes(),
    composedSchema(),
    eventSchemas(),
    settingsTables(),
    persistedDocuments(),
  ])
  return { files: parts.flatMap(part => part.files), problems: parts.flatMap(part => part.problems) }
}

/** The files whose committed content differs from what their sources give. */
export function staleAmong(files: readonly GeneratedFile[]): GeneratedFile[] {
  return files.filter(({ path, content }) => {
    const file = join(root, path)
    return !existsSync(file) || readFileSync(file, 'utf8') !== content
  })
}

/** Writes what is stale and removes what nothing derives any more; says what it did, a line each. */
export function writeFresh({ files, problems }: Generation): string[] {
  const stale = staleAmong(files)
  for (const { path, content } of stale) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
  const orphans = problems.length === 0 ? orphansBeside(files) : []
  for (const path of orphans) rmSync(join(root, path))
  return [...stale.map(({ path }) => `wrote ${path}`), ...orphans.map(path => `removed ${path}`)]
}

/** Committed files that nothing derives any more. */
export function orphansBeside(files: readonly GeneratedFile[]): string[] {
  const derived = new Set(files.map(({ path }) => path))
  const committed = readdirSync(join(root, 'schema', 'events')).map(name => `schema/events/${name}`)
  return committed.filter(path => path.endsWith('.json') && !derived.has(path) && !isSuperseded(path, derived))
}

async function resolverTypes(): Promise<Generation> {
  try {
    const files: { filename: string; content: string }[] = await generate(
      { ...codegen, cwd: root, silent: true },
      false,
    )
    return { files: files.map(({ filename, content }) => ({ path: relativePath(filename), content })), problems: [] }
  } catch (error) {
    return { files: [], problems: [`The resolver types cannot be derived: ${messageOf(error)}`] }
  }
}

async function settingsTables(): Promise<Generation> {
  return { files: [pageOfSettings(root)], problems: [] }
}

async function composedSchema(): Promise<Generation> {
  const composed = composeSupergraph()
  if (composed.outcome === 'refused') return { files: [], problems: composed.problems }
  const files = [
    { path: 'schema/supergraph.graphql', content: composed.supergraph },
    { path: 'schema/api.graphql', content: composed.api },
  ]
  return { files, problems: [] }
}

/** The stored operations that front ends send, by SHA-256. */
async function persistedDocuments(): Promise<Generation> {
  const texts = operationPaths()
    .filter(path => !path.startsWith('rest/'))
    .map(path => bareText(readOperation(path).query))
  const manifest = Object.fromEntries(texts.map(text => [createHash('sha256').update(text).digest('hex'), text]))
  const content = `${JSON.stringify(manifest, undefined, 2)}\n`
  return { files: [{ path: 'schema/persisted-documents.json', content }], problems: [] }
}

async function eventSchemas(): Promise<Generation> {
  try {
    const derived = deriveEventSchemas(root)
    const broken = brokenContracts(join(root, 'schema', 'events'), derived)
    if (broken.length > 0) return { files: [], problems: broken.map(why => `schema/events/${why}`) }
    const schemas = [...derived]
    const text = (schema: object) => `${JSON.stringify(schema, undefined, 2)}\n`
    return {
      files: schemas.map(([name, schema]) => ({ path: `schema/events/${name}`, content: text(schema) })),
      problems: [],
    }
  } catch (error) {
    return { files: [], problems: [`The event schemas cannot be derived: ${messageOf(error)}`] }
  }
}

function relativePath(file: string): string {
  return relative(root, resolve(root, file)).replaceAll('\\', '/')
}

function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join('\n')
  return error instanceof Error ? error.message : String(error)
}
