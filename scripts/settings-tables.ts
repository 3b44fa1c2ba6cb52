import { readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { gatewaySettings } from '../gateway/config.ts'
import { contextSettings } from '../infrastructure/adapters/hosting/config.ts'
import { describeSettings, type Settings } from '../infrastructure/adapters/settings/read-settings.ts'
import { edgeSettings } from '../infrastructure/edge/settings.ts'

/** Programs whose settings stand on the page, by the name in the mark before the table. */
const programs: Readonly<Record<string, Settings>> = {
  contexts: contextSettings,
  gateway: gatewaySettings,
  edge: edgeSettings,
}

const HEAD = ['variable', 'meaning', 'default']
const MARK = /<!-- settings of (?:the )?(\w+) -->\n[\s\S]*?<!-- \/settings -->/g

/** A Markdown table with aligned columns. */
export const table = (rows: readonly (readonly string[])[]): string => {
  const [head = []] = rows
  const widths = head.map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)))
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const rule = line(widths.map(width => '-'.repeat(width)))
  return [line(head), rule, ...rows.slice(1).map(line)].join('\n')
}

/** Links of the code are from the root; those of a page are from its folder. */
const linkedFrom = (folder: string, text: string): string =>
  text.replace(/\]\((?![a-z]+:|#)([^)]+)\)/g, (_, target: string) => `](${relative(folder, target)})`)

const settingsTable = (settings: Settings, folder: string): string => {
  const shown = (standard: string): string =>
    /^[\w./:-]+$/.test(standard) && standard !== 'required' ? `\`${standard}\`` : standard
  const rows = describeSettings(settings).map(({ name, meaning, standard }) => [
    `\`${name}\``,
    linkedFrom(folder, meaning),
    linkedFrom(folder, shown(standard)),
  ])
  return table([HEAD, ...rows])
}

/** The page with every marked table as the code has it; a mark that names no program throws. `folder` is where it lies, from the root. */
export const withSettingsTables = (page: string, folder = ''): string =>
  page.replace(MARK, (block, name: string) => {
    const settings = programs[name]
    if (!settings) throw new Error(`no program is called ${name}: ${Object.keys(programs).join(', ')}`)
    const [mark = ''] = block.split('\n')
    return `${mark}\n\n${settingsTable(settings, folder)}\n\n<!-- /settings -->`
  })

const PAGE = 'docs/configuration.md'

/** The page of settings with its tables. */
export const pageOfSettings = (root: string): { readonly path: string; readonly content: string } => ({
  path: PAGE,
  content: withSettingsTables(readFileSync(join(root, PAGE), 'utf8'), dirname(PAGE)),
})
