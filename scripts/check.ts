import { spawn } from 'node:child_process'
import { styleText } from 'node:util'
import { checkLayers } from '../infrastructure/checks/layers.ts'
import { checkPurity } from '../infrastructure/checks/purity.ts'
import { deriveFiles, orphansBeside, root, staleAmong } from './generated-files.ts'

type Verdict = { readonly passed: boolean; readonly detail: string; readonly output?: string }

const fix = process.argv.includes('--fix')

/** Runs a tool of ours; its output is shown when it fails. */
function tool(script: string, args: readonly string[], detail: string): Promise<Verdict> {
  const child = spawn(process.execPath, [script, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', text => (output += text))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => resolve({ passed: code === 0, detail, output }))
  })
}

function formatAndLint(): Promise<Verdict> {
  const colors = `--colors=${process.stdout.isTTY ? 'force' : 'off'}`
  const args = ['check', colors, '--error-on-warnings', ...(fix ? ['--write'] : [])]
  return tool('node_modules/@biomejs/biome/bin/biome', args, 'Biome')
}

function types(): Promise<Verdict> {
  const pretty = process.stdout.isTTY ? 'true' : 'false'
  return tool('node_modules/typescript/bin/tsc', ['-p', 'tsconfig.json', '--noEmit', '--pretty', pretty], 'TypeScript')
}

async function layers(): Promise<Verdict> {
  const { modules, violations } = await checkLayers(root)
  const purity = checkPurity(root)
  const lines = [
    ...violations.map(({ rule, from, to }) => `${from} → ${to}\n  ${rule}`),
    ...purity.impurities.map(
      ({ file, what }) => `${file} uses ${what}\n  time, chance and the process come in through ports`,
    ),
  ]
  return {
    passed: lines.length === 0,
    detail: `${modules} modules, ${purity.modules} of them pure`,
    output: lines.join('\n'),
  }
}

async function generatedFiles(): Promise<Verdict> {
  const { files, problems } = await deriveFiles()
  const stale = [...staleAmong(files).map(({ path }) => path), ...(problems.length === 0 ? orphansBeside(files) : [])]
  const lines = [...problems, ...stale.map(path => `${path} is stale: npm run generate`)]
  return { passed: lines.length === 0 && files.length > 0, detail: `${files.length} files`, output: lines.join('\n') }
}

const checks: Readonly<Record<string, () => Promise<Verdict>>> = {
  'format, lint': formatAndLint,
  types,
  layers,
  'generated files': generatedFiles,
}

const verdicts = await Promise.all(
  Object.entries(checks).map(async ([name, check]) => {
    const started = performance.now()
    const verdict = await check().catch(
      (error: unknown): Verdict => ({ passed: false, detail: 'broke', output: String(error) }),
    )
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    const mark = verdict.passed ? styleText('green', '✓') : styleText('red', '✗')
    console.log(`${mark} ${name.padEnd(16)} ${seconds.padStart(5)} s  ${verdict.detail}`)
    return { name, ...verdict }
  }),
)
const failed = verdicts.filter(({ passed }) => !passed)
for (const { name, output } of failed) console.log(`\n${styleText('bold', name)}\n${output?.trim()}`)
console.log(failed.length === 0 ? '\nAll checks passed.' : `\n${failed.length} of ${verdicts.length} checks failed.`)
process.exitCode = failed.length === 0 ? 0 : 1
