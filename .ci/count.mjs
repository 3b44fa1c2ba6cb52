import { writeFileSync } from 'node:fs'

/**
 * A vitest reporter that counts what vitest's own numbers leave out: test files that did not load, hooks that failed
 * and errors outside of any test are failures too. Writes { passed, failed, skipped } to the file COUNT_FILE names.
 */
export default class Count {
  onTestRunEnd(modules, unhandledErrors, reason) {
    const tests = modules.flatMap(module => [...module.children.allTests()])
    const groups = modules.flatMap(module => [module, ...module.children.allSuites()])
    const inState = state => tests.filter(test => test.result().state === state).length
    const failed = inState('failed') + groups.filter(group => group.errors().length > 0).length + unhandledErrors.length
    const [passed, skipped] = [inState('passed'), tests.length - inState('passed') - inState('failed')]
    const unsound = reason !== 'passed' || passed === 0
    writeFileSync(process.env.COUNT_FILE, JSON.stringify({ passed, failed: failed || Number(unsound), skipped }))
  }
}
