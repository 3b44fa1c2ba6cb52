import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { buildSchema } from 'graphql'
import { composeSupergraph } from '../schema/compose.ts'
import { writeContext } from './new-context/write-context.ts'

const root = join(import.meta.dirname, '..')
const [, , name = '', ...rest] = process.argv

const refusal = refuse()
if (refusal !== undefined) {
  console.error(refusal)
  process.exit(2)
}

const written = writeContext(root, name)
const composed = composeSupergraph()
if (composed.outcome === 'refused') {
  rmSync(join(root, 'subgraphs', name), { recursive: true })
  rmSync(join(root, 'schema', 'subgraphs', `${name}.graphql`))
  console.error(
    `${composed.problems.join('\n\n')}\n\nThe context ${name} was not created: the graph does not hold together, see above.`,
  )
  process.exit(1)
}
run('npx', ['--yes', 'pnpm@12.21.0', 'install', '--no-frozen-lockfile', '--prefer-offline'])
run(process.execPath, ['scripts/generate.ts'])
run(process.execPath, ['node_modules/@biomejs/biome/bin/biome', 'check', '--write', `subgraphs/${name}`])
console.log(`Created the context ${name}: ${written.length} files under subgraphs/${name}, and schema/subgraphs/${name}.graphql.

  npm test -- subgraphs/${name}    its tests
  npm start                        serves it: mutation open${pascal(name)}, query ${name}(id), subscription ${name}Changed
`)

function run(program: string, args: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: root, encoding: 'utf8' })
  if (status === 0) return
  console.error(`${stdout}${stderr}\nThe context ${name} is there but not finished; run: ${program} ${args.join(' ')}`)
  process.exit(1)
}

function refuse(): string | undefined {
  if (rest.length > 0 || !/^[a-z][a-z0-9]{1,30}$/.test(name)) {
    return 'Name one context in lower-case letters and digits: npm run new:context -- loyalty'
  }
  for (const path of [`subgraphs/${name}`, `schema/subgraphs/${name}.graphql`]) {
    if (existsSync(join(root, path))) return `${path} exists already: choose another name.`
  }
  const taken = typesOfTheGraph()
  const clash = [pascal(name), `${pascal(name)}Page`, `${pascal(name)}Event`].find(type => taken.has(type))
  return clash === undefined ? undefined : `The graph has a type ${clash} already: choose another name.`
}

function typesOfTheGraph(): Set<string> {
  const file = join(root, 'schema', 'api.graphql')
  if (!existsSync(file)) return new Set()
  const schema = buildSchema(readFileSync(file, 'utf8'))
  const fields = [schema.getQueryType(), schema.getMutationType()].flatMap(type => Object.keys(type?.getFields() ?? {}))
  return new Set([...Object.keys(schema.getTypeMap()), ...fields])
}

function pascal(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
