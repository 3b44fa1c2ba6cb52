#!/usr/bin/env node
/**
 * The root commands. Plain JavaScript: this file runs before Node 24 and the packages are there,
 * on any Node ≥ 20 with npm. It installs when something changed, then hands over to Node 24.
 */
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { install } from './start/install.mjs'
import { run } from './start/run.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Front ends need JavaScript. */
const client = ['node_modules/typescript/bin/tsc', '-p', 'gateway/client']

/** What each command runs under Node 24, in turn: a script and its arguments; the last gets those of the command line too. */
const commands = {
  start: [['infrastructure/embedded/main.ts']],
  dev: [['infrastructure/embedded/main.ts']],
  test: [['node_modules/vitest/vitest.mjs', 'run']],
  check: [['scripts/check.ts']],
  generate: [['scripts/generate.ts'], client],
  build: [['scripts/generate.ts'], client, ['scripts/check.ts']],
  stack: [['infrastructure/native/stack/main.ts']],
  setup: [['infrastructure/native/setup/main.ts']],
  journey: [['scripts/journey/main.ts']],
  gateway: [['gateway/plain/main.ts']],
  bench: [['infrastructure/bench/main.ts']],
  'new:context': [['scripts/new-context.ts']],
  rebuild: [['scripts/rebuild/main.ts']],
  mutation: [['scripts/mutation/main.ts']],
}

/** What runs until it is stopped, and is traced where traces have somewhere to go. */
const servers = new Set(['start', 'dev', 'stack', 'gateway'])

const flags = command => (command === 'dev' ? ['--watch', '--watch-preserve-output'] : [])

function helpFor(command) {
  return readFileSync(`${root}/scripts/help/${command.replace(':', '-')}.txt`, 'utf8')
}

function fail(sentence, code = 1) {
  process.stderr.write(`\n${sentence}\n`)
  process.exit(code)
}

const [command = '', ...args] = process.argv.slice(2)
if (Number(process.versions.node.split('.')[0]) < 20) {
  fail(`Mercato needs Node 20 or newer to start; this is Node ${process.versions.node}.`)
}
if (!Object.hasOwn(commands, command)) {
  fail(
    `Unknown command "${command}". There are: ${Object.keys(commands).join(', ')}; each explains itself with --help.`,
    2,
  )
}
if (args.includes('--help') || args.includes('-h')) {
  process.stdout.write(helpFor(command))
  process.exit(0)
}

const node = await install(root, fail)
const env = { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}` }
if (servers.has(command) && (env.OTEL_EXPORTER_OTLP_ENDPOINT || env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT)) {
  // Instrumentation must be there before what it instruments is loaded, also in processes that these start.
  env.NODE_OPTIONS = `${env.NODE_OPTIONS ?? ''} --import=${pathToFileURL(join(root, 'infrastructure/adapters/tracing/register.ts'))}`
}
const steps = commands[command]
for (const [index, [script, ...options]] of steps.entries()) {
  if (!existsSync(join(root, script))) fail(`"npm run ${command}" needs ${script}, which is not in this folder.`)
  const last = index === steps.length - 1
  const code = await run(node, [...flags(command), script, ...options, ...(last ? args : [])], {
    cwd: root,
    stdio: 'inherit',
    env,
  })
  if (code !== 0 || last) process.exit(code)
}
