import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { promisify } from 'node:util'
import { Fault } from '@mercato/shared-kernel/application'
import type { PasswordHasher } from '#application/ports.ts'

const derive = promisify(argon2)

interface Parameters {
  /** KiB. */
  readonly memory: number
  readonly passes: number
  readonly parallelism: number
}

/** OWASP's second recommendation: 19 MiB, two passes, one lane. */
const NOW: Parameters = { memory: 19_456, passes: 2, parallelism: 1 }
const TAG = 32
const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

const unpadded = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replace(/=+$/, '')

const tagOf = (password: string, nonce: Uint8Array, parameters: Parameters, tagLength = TAG): Promise<Buffer> =>
  derive('argon2id', { message: password, nonce, tagLength, ...parameters })

const parse = (hash: string) => {
  const [, memory, passes, parallelism, salt, tag] = PHC.exec(hash) ?? []
  if (salt === undefined || tag === undefined) throw new TypeError('this is no argon2id hash')
  const parameters = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) }
  return { parameters, salt: Buffer.from(salt, 'base64'), tag: Buffer.from(tag, 'base64') }
}

/** Runs at most `width` at a time; when `depth` wait already, the next is refused. */
const createQueue = (width: number, depth: number) => {
  const waiting: (() => void)[] = []
  let running = 0
  return async <Result>(run: () => Promise<Result>): Promise<Result> => {
    if (running >= width) {
      if (waiting.length >= depth) throw new Fault('RATE_LIMITED', 'Too many people sign in right now. Try again.')
      await new Promise<void>(resolve => waiting.push(resolve))
    } else running++
    try {
      return await run()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}

/** argon2id of Node itself. One processor stays free for everything else. */
export const createArgon2Hasher = (
  options: { readonly width?: number; readonly depth?: number } = {},
): PasswordHasher => {
  const { width = Math.max(1, availableParallelism() - 1), depth = 100 } = options
  const enqueue = createQueue(width, depth)
  const nobody = { parameters: NOW, salt: randomBytes(16), tag: randomBytes(TAG) }

  return {
    hash: password =>
      enqueue(async () => {
        const salt = randomBytes(16)
        const tag = await tagOf(password, salt, NOW)
        const { memory, passes, parallelism } = NOW
        return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(tag)}`
      }),
    verify: (hash, password) =>
      enqueue(async () => {
        const { parameters, salt, tag } = hash === undefined ? nobody : parse(hash)
        const same = timingSafeEqual(await tagOf(password, salt, parameters, tag.length), tag)
        return same && hash !== undefined
      }),
  }
}
