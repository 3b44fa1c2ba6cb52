import { describe, expect, it } from 'vitest'
import { table, withSettingsTables } from './settings-tables.ts'

describe('a table of settings', () => {
  it('is written between its marks, with what the code says of each setting', () => {
    const page = withSettingsTables('before\n<!-- settings of the contexts -->\nSTALE\n<!-- /settings -->\nafter')
    expect(page).toMatch(/^before\n<!-- settings of the contexts -->\n\n\| variable/)
    expect(page).toMatch(/\| `DATABASE_URL` +\| PostgreSQL[^|]*\| required +\|/)
    expect(page).toMatch(/\| `LOG_LEVEL` +\|[^|]*\| `info` +\|/)
    expect(page.endsWith('<!-- /settings -->\nafter')).toBe(true)
    expect(page).not.toContain('STALE')
  })

  it('stays as it is when it is fresh', () => {
    const once = withSettingsTables('<!-- settings of the edge -->\n<!-- /settings -->')
    expect(withSettingsTables(once)).toBe(once)
  })

  it('links from where the page is', () => {
    const marks = '<!-- settings of the gateway -->\n<!-- /settings -->'
    expect(withSettingsTables(marks)).toContain('](schema/supergraph.graphql)')
    expect(withSettingsTables(marks, 'docs')).toContain('](../schema/supergraph.graphql)')
  })

  it('of a program that does not exist is an error', () =>
    expect(() => withSettingsTables('<!-- settings of the moon -->\n<!-- /settings -->')).toThrow(
      'no program is called moon',
    ))

  it('has aligned columns', () =>
    expect(
      table([
        ['a', 'b'],
        ['long', 'x'],
      ]),
    ).toBe('| a    | b |\n| ---- | - |\n| long | x |'))
})
