/** What a subscription tells, kept as it comes. */
export interface Watch<Told> extends AsyncDisposable {
  /** The first thing told after the one returned last for which `wanted` holds. Rejects when it does not come in time. */
  next(what: string, wanted: (told: Told) => boolean): Promise<Told>
}

/** graphql-ws rejects with a list of errors, or with the event of a closed socket. */
const reasonOf = (error: unknown): string => {
  if (error instanceof Error) return error.message
  if (typeof error === 'object' && error !== null && 'code' in error && 'reason' in error)
    return `${error.code} ${error.reason}`.trim()
  return JSON.stringify(error)
}

/** Follows a stream until disposed; what arrives before anybody waits for it is not lost. Waits `patienceMs` at most. */
export const watch = <Told>(stream: AsyncGenerator<Told>, stop: () => void, patienceMs: number): Watch<Told> => {
  const told: Told[] = []
  let position = 0
  let ended: string | undefined
  let wake = (): void => undefined

  const follow = async (): Promise<void> => {
    try {
      for await (const each of stream) {
        told.push(each)
        wake()
      }
      ended = 'the stream ended'
    } catch (error) {
      ended = `the stream broke: ${reasonOf(error)}`
    }
    wake()
  }
  const following = follow()

  return {
    async next(what, wanted) {
      const late = AbortSignal.timeout(patienceMs)
      for (;;) {
        while (position < told.length) {
          const each = told[position++]
          if (each !== undefined && wanted(each)) return each
        }
        if (ended !== undefined) throw new Error(`Waited for ${what}, but ${ended}.`)
        if (late.aborted)
          throw new Error(
            `Waited ${patienceMs / 1000} s in vain for ${what}. Last told: ${JSON.stringify(told.at(-1))}.`,
          )
        await new Promise<void>(resolve => {
          wake = resolve
          late.addEventListener('abort', () => resolve(), { once: true })
        })
      }
    },
    async [Symbol.asyncDispose]() {
      stop()
      await following
    },
  }
}
