import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const template = join(import.meta.dirname, 'template')

/**
 * Writes a context from the template, in which it is called `sample`: subgraphs/<name>/ and schema/subgraphs/<name>.graphql.
 * Returns the files written, relative to the root.
 */
export function writeContext(root: string, name: string): string[] {
  const rename = (text: string) =>
    text
      .replaceAll('SAMPLE', name.toUpperCase())
      .replaceAll('Sample', name.charAt(0).toUpperCase() + name.slice(1))
      .replaceAll('sample', name)
  const versions = pinnedVersions(root)

  return globSync('**/*.template', { cwd: template }).map(file => {
    const path = rename(file.slice(0, -'.template'.length))
    const target = path === 'schema.graphql' ? `schema/subgraphs/${name}.graphql` : `subgraphs/${name}/${path}`
    const text = rename(readFileSync(join(template, file), 'utf8'))
    mkdirSync(dirname(join(root, target)), { recursive: true })
    writeFileSync(
      join(root, target),
      text.replace(/"@version-of-([\w-]+)"/g, (_, library) => `"${versions[library]}"`),
    )
    return target
  })
}

/** The versions of libraries that the existing contexts use: a new one adds none. */
function pinnedVersions(root: string): Readonly<Record<string, string>> {
  const manifests = globSync('subgraphs/*/package.json', { cwd: root }).map(
    (file): { dependencies?: Record<string, string> } => JSON.parse(readFileSync(join(root, file), 'utf8')),
  )
  return Object.assign({}, ...manifests.map(({ dependencies }) => dependencies))
}
