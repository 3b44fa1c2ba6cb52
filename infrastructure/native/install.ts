#!/usr/bin/env node
/** `node infrastructure/native/install.ts kafka redis`: makes the named services startable on this machine. */
import { installables, isInstallable } from './services.ts'

const known = Object.keys(installables).join(', ')
const names = process.argv.slice(2)
if (names.length === 0 || names.includes('--help')) {
  process.stdout.write(`Usage: node infrastructure/native/install.ts <service>...\nServices: ${known}.\n`)
  process.exit(names.length === 0 ? 2 : 0)
}

for (const name of names) {
  if (!isInstallable(name)) {
    process.stderr.write(`There is no service "${name}". There are: ${known}.\n`)
    process.exit(2)
  }
  try {
    const before = installables[name].missing()
    await installables[name].install()
    process.stdout.write(`${name}: ${before === undefined ? 'was there' : 'installed'}\n`)
  } catch (error) {
    process.stderr.write(`${name} cannot be installed: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  }
}
