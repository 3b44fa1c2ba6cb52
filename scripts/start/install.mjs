import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { run } from './run.mjs'

const pnpm = 'pnpm@12.21.0'
const dependencyFields = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies']

/**
 * Makes sure that the packages the lockfile names are installed, and returns the path of their Node 24.
 * Touches the network only when the lockfile or a package.json changed since the last complete installation,
 * or when that one is damaged.
 * @param {string} root the folder of the workspace
 * @param {(sentence: string) => never} fail ends the process with one sentence
 */
export async function install(root, fail) {
  const modules = join(root, 'node_modules')
  const stamp = join(modules, '.mercato-installed')
  const running = join(modules, '.mercato-installing')
  const node = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  const packages = workspacePackages(root)
  const wanted = fingerprint(root, packages)
  const count = () => readdirSync(join(modules, '.pnpm')).length
  const sign = () => writeFileSync(stamp, `${wanted} ${count()}`)

  const whole = () => existsSync(node) && packages.every(folder => dependenciesLinked(root, folder))
  if (!existsSync(running) && whole()) {
    const [installed, packagesThen] = read(stamp)?.split(' ') ?? []
    if (installed === wanted && count() >= Number(packagesThen)) return node
    if (installed !== wanted && installedByHand(root)) {
      sign()
      return node
    }
  }

  const why = !existsSync(modules)
    ? 'first start'
    : existsSync(running)
      ? 'the last installation did not finish'
      : 'packages changed'
  process.stderr.write(`Installing packages (${why}; this needs the network, later starts do not) …\n`)
  mkdirSync(modules, { recursive: true })
  writeFileSync(running, '')
  rmSync(stamp, { force: true })
  const code = await run('npx', ['--yes', pnpm, 'install', '--frozen-lockfile', '--config.confirmModulesPurge=false'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  })
  if (code > 128) process.exit(code)
  if (code !== 0 || !whole()) {
    fail(
      'The packages could not be installed (the reason stands above). Check the network and the free disk space, then run the same command again.',
    )
  }
  sign()
  rmSync(running, { force: true })
  return node
}

/** Every package folder that pnpm-workspace.yaml lists, the root included: plain paths and `folder/*`. */
function workspacePackages(root) {
  const [, list = ''] =
    /^packages:\n((?:\s+-.*\n)+)/m.exec(readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8')) ?? []
  const patterns = [...list.matchAll(/-\s*['"]?([^'"\n]+)['"]?/g)].map(match => match[1].trim())
  const folders = patterns.flatMap(pattern =>
    pattern.endsWith('/*')
      ? readdirSync(join(root, dirname(pattern))).map(name => join(dirname(pattern), name))
      : [pattern],
  )
  return ['.', ...folders.sort()].filter(folder => existsSync(join(root, folder, 'package.json')))
}

function fingerprint(root, packages) {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch} ${pnpm}`)
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml']) hash.update(readFileSync(join(root, file)))
  for (const folder of packages) {
    const manifest = readManifest(root, folder)
    hash.update(JSON.stringify([folder, manifest.name, dependencyFields.map(field => manifest[field])]))
  }
  return hash.digest('hex')
}

function dependenciesLinked(root, folder) {
  const { dependencies = {}, devDependencies = {} } = readManifest(root, folder)
  return Object.keys({ ...dependencies, ...devDependencies }).every(name =>
    existsSync(join(root, folder, 'node_modules', name, 'package.json')),
  )
}

/** pnpm keeps a copy of the lockfile that it installed last; when it is ours, somebody ran `pnpm install` already. */
function installedByHand(root) {
  const installed = read(join(root, 'node_modules', '.pnpm', 'lock.yaml'))
  return installed !== undefined && installed === read(join(root, 'pnpm-lock.yaml'))
}

function readManifest(root, folder) {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
}

function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}
