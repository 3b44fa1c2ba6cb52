import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { parseDocument } from 'yaml'
import { contradictions } from './contradictions.ts'
import { fileSchema } from './entities.ts'
import { type KongConfig, resolveFile } from './model.ts'
import { sentence } from './problems.ts'

export type KongConfigError = Error & { readonly code: 'START.KONG_CONFIG' }

const refused = (message: string, cause?: unknown): KongConfigError =>
  Object.assign(new Error(message, cause === undefined ? undefined : { cause }), { code: 'START.KONG_CONFIG' as const })

/**
 * Reads a declarative file in Kong's format 3.0. Everything in it must be known to the edge: the error names all
 * problems at once in one sentence and has the code `START.KONG_CONFIG`.
 */
export async function loadKongConfig(file: string): Promise<KongConfig> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw refused(`The edge cannot read its configuration ${file}: check that the file is there and readable.`, error)
  })
  return parseKongConfig(text, file)
}

/** The same for text that is already here, YAML or JSON; `source` is how the sentence calls it. */
export function parseKongConfig(text: string, source: string): KongConfig {
  const document = parseDocument(text, { uniqueKeys: true, stringKeys: true, prettyErrors: true })
  const syntax = [...document.errors, ...document.warnings].map(error => error.message.split('\n')[0] ?? error.message)
  if (syntax.length > 0) throw refused(sentence(source, syntax))
  const content: unknown = document.toJS({ maxAliasCount: 100 })
  const parsed = fileSchema.safeParse(content)
  if (!parsed.success) throw refused(sentence(source, parsed.error.issues, content))
  const config = resolveFile(
    parsed.data,
    createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 32),
  )
  const conflicts = contradictions(config)
  if (conflicts.length > 0) throw refused(sentence(source, conflicts))
  return config
}
