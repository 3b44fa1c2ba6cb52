import { globSync } from 'node:fs'
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import { layerRules } from './layer-rules.ts'

/** The folders that hold our code. */
export const sourceFolders = ['shared-kernel', 'subgraphs', 'gateway', 'infrastructure', 'schema', 'scripts'] as const

export type LayerReport = {
  /** How many source files were looked at. A check that passes over nothing is a defect. */
  readonly modules: number
  readonly violations: readonly { readonly rule: string; readonly from: string; readonly to: string }[]
}

/** Our source files under `root`, found without dependency-cruiser. */
export function sourceFiles(root: string): string[] {
  const found = globSync(`{${sourceFolders.join(',')}}/**/*.ts`, {
    cwd: root,
    exclude: name => name === 'node_modules' || name.endsWith('/node_modules') || name.endsWith('/dist'),
  })
  return found.map(file => file.replaceAll('\\', '/')).sort()
}

/**
 * Holds the imports of every source file against the layer rules.
 * @throws Error when files were not looked at: the parser missing is no pass
 */
export async function checkLayers(root: string): Promise<LayerReport> {
  const files = sourceFiles(root)
  const { output } = await cruise([...sourceFolders], {
    baseDir: root,
    validate: true,
    ruleSet: { forbidden: layerRules },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(node_modules/\\.bin|dist)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js', '.json', '.d.ts'],
    },
  })
  if (typeof output === 'string') throw new Error('dependency-cruiser answered with text instead of a result.')
  const seen = modulesOf(output)
  const unseen = files.filter(file => !seen.has(file))
  if (files.length === 0 || unseen.length > 0) {
    throw new Error(`The layer check saw ${files.length - unseen.length} of ${files.length} files; not ${unseen[0]}.`)
  }
  const violations = output.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }))
  return { modules: files.length, violations }
}

function modulesOf(result: ICruiseResult): Set<string> {
  return new Set(result.modules.filter(({ source }) => !source.includes('node_modules')).map(({ source }) => source))
}
