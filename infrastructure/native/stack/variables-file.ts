import { writeFileSync } from 'node:fs'

/** Writes variables as shells and Node read them, for their owner only: they hold passwords. A value with a single quote throws. */
export const writeVariables = (file: string, variables: Readonly<Record<string, string>>): void => {
  const lines = Object.entries(variables).map(([name, value]) => {
    if (value.includes("'")) throw new TypeError(`${name} holds a single quote and cannot be written down`)
    return `${name}='${value}'\n`
  })
  writeFileSync(file, lines.join(''), { mode: 0o600 })
}
