import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { deriveFiles, root, staleAmong } from './generated-files.ts'

const { files, problems } = await deriveFiles()
const stale = staleAmong(files)
for (const { path, content } of stale) {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), content)
  console.log(`wrote ${path}`)
}
if (stale.length === 0) console.log(`${files.length} generated files are fresh`)
for (const problem of problems) console.error(`\n${problem}`)
if (problems.length > 0) process.exitCode = 1
