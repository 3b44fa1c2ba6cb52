import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { startError } from './start-error.ts'

/**
 * Makes a folder and those above it. One by one: Node's own recursive call never comes back where the parent is there
 * and takes no folder, as in `/proc`.
 */
export function makeFolder(path: string): void {
  if (!existsSync(dirname(path))) makeFolder(dirname(path))
  try {
    mkdirSync(path)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EEXIST' && statSync(path).isDirectory()) return
    if (code !== 'ENOENT') throw error
    throw startError(
      'START.DATA_UNREADABLE',
      `The data folder ${path} cannot be made there: set MERCATO_DATA_DIR to a folder on an ordinary disk.`,
      error,
    )
  }
}
