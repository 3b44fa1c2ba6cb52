import { existsSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { generate } from '@graphql-codegen/cli'
import codegen from '../codegen.ts'
import { composeSupergraph } from '../schema/compose.ts'

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
  const parts = await Promise.all([resolverTypes(), composedSchema()])
  return { files: parts.flatMap(part => part.files), problems: parts.flatMap(part => part.problems) }
}

/** The files whose committed content differs from what their sources give. */
export function staleAmong(files: readonly GeneratedFile[]): GeneratedFile[] {
  return files.filter(({ path, content }) => {
    const file = join(root, path)
    return !existsSync(file) || readFileSync(file, 'utf8') !== content
  })
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

async function composedSchema(): Promise<Generation> {
  const composed = composeSupergraph()
  if (composed.outcome === 'refused') return { files: [], problems: composed.problems }
  const files = [
    { path: 'schema/supergraph.graphql', content: composed.supergraph },
    { path: 'schema/api.graphql', content: composed.api },
  ]
  return { files, problems: [] }
}

function relativePath(file: string): string {
  return relative(root, resolve(root, file)).replaceAll('\\', '/')
}

function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join('\n')
  return error instanceof Error ? error.message : String(error)
}
