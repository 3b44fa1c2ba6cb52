import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from '@swc/core'
import { sourceFiles } from './layers.ts'

export type PurityReport = {
  /** How many files of domain and application layers were looked at. */
  readonly modules: number
  readonly impurities: readonly { readonly file: string; readonly what: string }[]
}

const pureFolders = /^(shared-kernel|subgraphs\/[^/]+)\/(domain|application)\//

/** Time, chance, the process and the outside world: they come in with the command or through a port. */
const impureGlobals: Readonly<Record<string, object>> = { process, console, fetch }
const impureMembers = new Set([
  'Date.now',
  'Math.random',
  'crypto.randomUUID',
  'crypto.getRandomValues',
  'Temporal.Now',
])
const impureImports = new Set(['randomUUID', 'randomInt', 'process', 'env'])

/** Looks for impure sources in every domain and application layer, the kernel's included. */
export function checkPurity(root: string): PurityReport {
  const files = sourceFiles(root).filter(file => pureFolders.test(file) && !file.endsWith('.test.ts'))
  const impurities = files.flatMap(file =>
    [...impuritiesIn(readFileSync(join(root, file), 'utf8'))].map(what => ({ file, what })),
  )
  return { modules: files.length, impurities }
}

/** The impure sources that a TypeScript text uses, by name. */
export function impuritiesIn(source: string): Set<string> {
  const found = new Set<string>()
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    const what = impurityOf(value)
    if (what !== undefined) found.add(what)
    for (const child of Object.values(value)) visit(child)
  }
  visit(parseSync(source, { syntax: 'typescript', target: 'es2024' }))
  return found
}

function impurityOf(node: object): string | undefined {
  switch (read(node, 'type')) {
    case 'NewExpression': {
      const given = read(node, 'arguments')
      return named(node, 'callee', 'Date') && !(Array.isArray(given) && given.length > 0) ? 'new Date()' : undefined
    }
    case 'CallExpression': {
      const callee = nameOf(read(node, 'callee'))
      if (callee === 'Date') return 'Date()'
      return callee !== undefined && Object.hasOwn(impureGlobals, callee) ? `${callee}()` : undefined
    }
    case 'MemberExpression': {
      const object = read(node, 'object')
      const owner =
        nameOf(object) ?? (named(asNode(object), 'object', 'globalThis') ? nameOf(read(object, 'property')) : '')
      const member = nameOf(read(node, 'property')) ?? ''
      const path = `${owner}.${member}`
      const global = Object.hasOwn(impureGlobals, owner ?? '') ? impureGlobals[owner ?? ''] : undefined
      return impureMembers.has(path) || (global !== undefined && member in global) ? path : undefined
    }
    case 'ImportSpecifier': {
      const imported = nameOf(read(node, 'imported')) ?? nameOf(read(node, 'local'))
      return imported !== undefined && impureImports.has(imported) ? `import of ${imported}` : undefined
    }
    default:
      return undefined
  }
}

const asNode = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {})
const read = (node: unknown, key: string): unknown => Object.entries(asNode(node)).find(([name]) => name === key)?.[1]
const named = (node: object, key: string, name: string): boolean => nameOf(read(node, key)) === name

function nameOf(node: unknown): string | undefined {
  const value = read(node, 'type') === 'Identifier' ? read(node, 'value') : undefined
  return typeof value === 'string' ? value : undefined
}
