/** Prints "N passed, N failed, N skipped"; exits non-zero when anything failed. A missing count or failed checks are failures. */
import { existsSync, readFileSync } from 'node:fs'

const [countFile = '', testsCode = '1', checksCode = '1'] = process.argv.slice(2)
const counted = existsSync(countFile)
const count = counted ? JSON.parse(readFileSync(countFile, 'utf8')) : { passed: 0, failed: 0, skipped: 0 }
const unexplained = count.failed === 0 && (!counted || testsCode !== '0') ? 1 : 0
const failed = count.failed + unexplained + (checksCode === '0' ? 0 : 1)

console.log(`${count.passed} passed, ${failed} failed, ${count.skipped} skipped`)
process.exitCode = failed === 0 ? 0 : 1
