import { existsSync, globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** An operation of schema/operations: what clients send, with an example of its variables. */
export interface StoredOperation {
  /** Where it is stored, without ending: `order/checkout`. */
  readonly path: string
  /** Its name in the document: `Checkout`. */
  readonly name: string
  /** What it is for: the comment above it. */
  readonly about: string
  /** The document, complete: with the fragments of schema/fragments that it spreads. */
  readonly query: string
  /** Example variables. A text `{{order.id}}` stands for the `id` of the latest `order` in an answer. */
  readonly variables: Readonly<Record<string, unknown>>
}

/** The text that clients send: without the comment above it. */
export const bareText = (text: string): string => text.replace(/^(?:#.*\n)+/, '').trim()

const FOLDER = new URL('./operations/', import.meta.url)
const FRAGMENTS = new URL('./fragments/', import.meta.url)

const readFragments = (): ReadonlyMap<string, string> =>
  new Map(
    globSync('*.graphql', { cwd: fileURLToPath(FRAGMENTS) })
      .flatMap(file => readFileSync(new URL(file, FRAGMENTS), 'utf8').split(/^(?=fragment )/m))
      .flatMap(text => {
        const name = /^fragment (\w+)/.exec(text)?.[1]
        return name === undefined ? [] : [[name, text.trim()] as const]
      }),
  )
let shared: ReadonlyMap<string, string> | undefined

/** Appends the shared fragments that a document spreads, itself or through one of them. */
const withFragments = (document: string): string => {
  shared ??= readFragments()
  const parts = new Map([['', document]])
  for (const text of parts.values())
    for (const [, name = ''] of text.matchAll(/\.\.\.(\w+)/g)) {
      const fragment = shared.get(name)
      if (fragment !== undefined) parts.set(name, fragment)
    }
  return [...parts.values()].join('\n\n')
}

/** Paths of all stored operations, sorted. */
export const operationPaths = (): readonly string[] =>
  globSync('**/*.graphql', { cwd: fileURLToPath(FOLDER) })
    .map(file => file.replaceAll('\\', '/').replace(/\.graphql$/, ''))
    .sort()

/** Reads one stored operation. @throws Error when there is none of this path */
export const readOperation = (path: string): StoredOperation => {
  const query = readFileSync(new URL(`${path}.graphql`, FOLDER), 'utf8').trim()
  const name = /^(?:query|mutation|subscription)\s+(\w+)/m.exec(query)?.[1]
  if (name === undefined) throw new Error(`schema/operations/${path}.graphql holds no named operation.`)
  const about = query
    .split('\n')
    .filter(line => line.startsWith('#'))
    .map(line => line.slice(1).trim())
    .join(' ')
  const example = new URL(`${path}.variables.json`, FOLDER)
  const variables = existsSync(example) ? JSON.parse(readFileSync(example, 'utf8')) : {}
  return { path, name, about, query: withFragments(query), variables }
}
