import { deriveFiles, writeFresh } from './generated-files.ts'

const generation = await deriveFiles()
const done = writeFresh(generation)
console.log(done.length > 0 ? done.join('\n') : `${generation.files.length} generated files are fresh`)
for (const problem of generation.problems) console.error(`\n${problem}`)
if (generation.problems.length > 0) process.exitCode = 1
