import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gatewaySettings } from '../gateway/config.ts'
import { contextSettings } from '../infrastructure/adapters/hosting/config.ts'
import { describeSettings, type Settings } from '../infrastructure/adapters/settings/read-settings.ts'
import { edgeSettings } from '../infrastructure/edge/settings.ts'

/** Programs whose settings stand in the README, by the name in the mark before the table. */
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

const settingsTable = (settings: Settings): string => {
  const shown = (standard: string): string =>
    /^[\w./:-]+$/.test(standard) && standard !== 'required' ? `\`${standard}\`` : standard
  const rows = describeSettings(settings).map(({ name, meaning, standard }) => [
    `\`${name}\``,
    meaning,
    shown(standard),
  ])
  return table([HEAD, ...rows])
}

/** The page with every marked table as the code has it; a mark that names no program throws. */
export const withSettingsTables = (page: string): string =>
  page.replace(MARK, (block, name: string) => {
    const settings = programs[name]
    if (!settings) throw new Error(`no program is called ${name}: ${Object.keys(programs).join(', ')}`)
    const [mark = ''] = block.split('\n')
    return `${mark}\n\n${settingsTable(settings)}\n\n<!-- /settings -->`
  })

/** README.md with its tables of settings. */
export const readmeWithSettings = (root: string): { readonly path: string; readonly content: string } => ({
  path: 'README.md',
  content: withSettingsTables(readFileSync(join(root, 'README.md'), 'utf8')),
})
