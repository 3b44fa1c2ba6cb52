import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { deriveFiles, orphansBeside, root, staleAmong } from './generated-files.ts'

const { files, problems } = await deriveFiles()
const stale = staleAmong(files)
for (const { path, content } of stale) {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), content)
  console.log(`wrote ${path}`)
}
const orphans = problems.length === 0 ? orphansBeside(files) : []
for (const path of orphans) {
  rmSync(join(root, path))
  console.log(`removed ${path}`)
}
if (stale.length + orphans.length === 0) console.log(`${files.length} generated files are fresh`)
for (const problem of problems) console.error(`\n${problem}`)
if (problems.length > 0) process.exitCode = 1
