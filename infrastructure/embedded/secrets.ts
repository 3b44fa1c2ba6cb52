import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { startError } from './postgres/start-error.ts'

/** Made once per data folder; in a fleet they come from the environment instead. */
export interface LocalSecrets {
  /** Gateway and subgraphs share it. */
  readonly gateway: string
  /** Signs what the gateway gives to clients. */
  readonly session: string
  /** Keys cursors, idempotency hashes and claims. */
  readonly context: string
  /** Wraps people's keys and signing keys at rest: base64 of 32 bytes. */
  readonly data: string
}

/** Their file in the data folder. */
export const SECRETS_FILE = 'secrets.json'

const schema = z.object({ gateway: z.string(), session: z.string(), context: z.string(), data: z.string() })

const fresh = (): LocalSecrets => {
  const secret = () => randomBytes(32).toString('base64')
  return { gateway: secret(), session: secret(), context: secret(), data: secret() }
}

const fileIn = (dataDir: string): string => join(dataDir, SECRETS_FILE)

/** Makes the secrets of a new data folder, readable by their owner only; those that are there stay. */
export const makeSecrets = async (dataDir: string): Promise<void> => {
  const file = fileIn(dataDir)
  if (existsSync(file)) return
  await writeFile(`${file}.new`, JSON.stringify(fresh()), { mode: 0o600, flush: true })
  await rename(`${file}.new`, file)
}

/** The secrets of a data folder. */
export const loadSecrets = async (dataDir: string): Promise<LocalSecrets> => {
  const file = fileIn(dataDir)
  try {
    return schema.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch (error) {
    throw startError(
      'START.DATA_DAMAGED',
      `${file} is missing or unreadable, and without it the data cannot be decrypted: restore it from a backup, or start over with --reset (deletes the local data).`,
      error,
    )
  }
}
