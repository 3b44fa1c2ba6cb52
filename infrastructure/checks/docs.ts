import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { buildSchema, type GraphQLSchema, parse, validate } from 'graphql'

export type Block = { readonly language: string; readonly text: string }

/** What the pages are held against. */
export type Repository = {
  readonly root: string
  readonly scripts: ReadonlySet<string>
  readonly api: GraphQLSchema | undefined
  /** Environment variables that some config.ts reads. */
  readonly settings: ReadonlySet<string>
}

export function readRepository(root: string): Repository {
  const manifest: { scripts?: Record<string, string> } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const api = join(root, 'schema', 'api.graphql')
  return {
    root,
    scripts: new Set(Object.keys(manifest.scripts ?? {})),
    api: existsSync(api) ? buildSchema(readFileSync(api, 'utf8')) : undefined,
    settings: new Set(
      filesIn(
        root,
        '{gateway,subgraphs/*,infrastructure/*,infrastructure/adapters/hosting}/{config,settings}.ts',
      ).flatMap(file =>
        [...readFileSync(join(root, file), 'utf8').matchAll(/^\s+([A-Z][A-Z0-9_]{2,}):/gm)].map(
          ([, name]) => name ?? '',
        ),
      ),
    ),
  }
}

export const markdownFiles = (root: string): string[] => filesIn(root, '**/*.md')

/** Everything on a page that is not so: dead links and anchors, commands and settings that do not exist, broken blocks. */
export function problemsOn(page: string, text: string, repository: Repository): string[] {
  const blocks = codeBlocks(text)
  const prose = text.replace(/^(```+)[^\n]*\n[\s\S]*?^\1\s*$/gm, '')
  return [
    ...deadLinks(page, prose, repository.root),
    ...unknownCommands([prose, ...blocks.map(block => block.text)].join('\n'), repository.scripts),
    ...unknownSettings(prose, repository.settings),
    ...blocks.flatMap(block => brokenBlock(block, repository.api)),
  ].map(problem => `${page}: ${problem}`)
}

/** Settings that the code reads and the page's tables do not name. */
export function undocumentedSettings(text: string, { settings }: Repository): string[] {
  const documented = new Set(settingsInTables(text))
  return [...settings].filter(name => !documented.has(name))
}

export function codeBlocks(text: string): Block[] {
  return [...text.matchAll(/^(```+)([\w-]*)[^\n]*\n([\s\S]*?)^\1\s*$/gm)].map(([, , language = '', body = '']) => ({
    language,
    text: body,
  }))
}

function deadLinks(page: string, prose: string, root: string): string[] {
  const targets = [...prose.matchAll(/\]\(\s*<?([^)\s>]+)>?[^)]*\)|^\[[^\]]+\]:\s*(\S+)|<img[^>]+src="([^"]+)"/gm)]
  return targets
    .map(([, inline, reference, image]) => inline ?? reference ?? image ?? '')
    .filter(target => !/^[a-z][a-z0-9+.-]*:/i.test(target))
    .filter(target => !resolves(page, prose, target, root))
    .map(target => `the link ${target} leads nowhere`)
}

function resolves(page: string, prose: string, target: string, root: string): boolean {
  const [path = '', anchor] = decodeURI(target).split('#')
  const file = path === '' ? page : path.startsWith('/') ? path.slice(1) : join(dirname(page), path)
  if (path !== '' && !existsSync(join(root, file))) return false
  if (anchor === undefined || (path !== '' && !file.endsWith('.md'))) return true
  return anchorsOf(path === '' ? prose : readFileSync(join(root, file), 'utf8')).has(anchor)
}

/** The anchors a code host gives to headings. */
function anchorsOf(text: string): Set<string> {
  return new Set(
    [...text.matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)].map(([, heading = '']) =>
      heading
        .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  )
}

const builtIn = new Set([
  'install',
  'ci',
  'exec',
  'run',
  'help',
  'view',
  'pack',
  'publish',
  'config',
  'and',
  'packages',
])

function unknownCommands(text: string, scripts: ReadonlySet<string>): string[] {
  const commands = [...text.matchAll(/(?:^|[`$(]\s*|&&\s*)(?:p?npm) (run )?([a-z][\w:-]*)/gm)]
  return commands
    .filter(([, run, name = '']) => !scripts.has(name) && (run !== undefined || !builtIn.has(name)))
    .map(([command]) => `there is no command ${command.replace(/^[`$(&\s]+/, '')}`)
}

function settingsInTables(text: string): string[] {
  return [...text.matchAll(/^\|\s*`([A-Z][A-Z0-9_]{2,})`/gm)].map(([, name]) => name ?? '')
}

function unknownSettings(prose: string, settings: ReadonlySet<string>): string[] {
  return settingsInTables(prose)
    .filter(name => name.includes('_') && !settings.has(name))
    .map(name => `no config.ts reads ${name}`)
}

function brokenBlock({ language, text }: Block, api: GraphQLSchema | undefined): string[] {
  try {
    if (language === 'json') JSON.parse(text)
    if (language !== 'graphql') return []
    const document = parse(text)
    const operations = document.definitions.every(({ kind }) => /^(Operation|Fragment)Definition$/.test(kind))
    if (!operations) return []
    if (api === undefined) return ['there is no schema/api.graphql to hold its operations against']
    return validate(api, document).map(({ message }) => `an operation does not fit the schema: ${message}`)
  } catch (error) {
    return [`a ${language} block does not parse: ${error instanceof Error ? error.message : String(error)}`]
  }
}

function filesIn(root: string, pattern: string): string[] {
  const skipped = /(^|[\\/])(node_modules|\.data|\.cache|dist|\.git)$/
  return globSync(pattern, { cwd: root, exclude: name => skipped.test(name) })
    .map(file => file.replaceAll('\\', '/'))
    .sort()
}
