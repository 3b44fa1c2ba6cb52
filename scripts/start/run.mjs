import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'

/**
 * Runs a program to its end and resolves to its exit code, 128 + n when signal n ended it.
 * Signals that reach us meanwhile are the program's business: it drains, we wait. They never end us, not even
 * afterwards: npm may forward the program's signal late, when the program is gone and its exit code is all that counts.
 */
export function run(program, args, options) {
  let child
  forwardSignals(() => child)
  child = spawn(program, args, options)
  return new Promise(resolve => {
    child.once('error', error => {
      process.stderr.write(`\nCannot run ${program}: ${error.message}\n`)
      resolve(1)
    })
    child.once('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)))
  })
}

/**
 * To be called before the child is there: it may be quicker to its first line than we are to ours, and be answered with Ctrl-C.
 * The child shares our process group, so that killing the group leaves nothing behind. On Ctrl-C the terminal
 * signals the whole group (and npm forwards the signal once more): then the child has it already.
 * A signal sent to us alone is passed on.
 */
function forwardSignals(childNow) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => {
      if (signal === 'SIGTERM' || !inForegroundOfTerminal()) childNow().kill(signal)
    })
}

/** Linux tells exactly: our process group (field 5) is the terminal's foreground group (field 8) or not. */
function inForegroundOfTerminal() {
  try {
    const [, , group, , , foreground] = readFileSync('/proc/self/stat', 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return group === foreground
  } catch {
    return process.stdin.isTTY === true || process.stdout.isTTY === true
  }
}
