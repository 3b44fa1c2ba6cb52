import type { ConsistencyKeeper } from './consistency.ts'
import type { Request, Result } from './document.ts'
import { ClientFailure, failureOf, lost } from './failure.ts'
import { headersFor } from './headers.ts'
import { byHash, isUnknown } from './naming.ts'
import { resultIn } from './result.ts'
import { backoff, pause } from './waiting.ts'

export interface SendOptions {
  /** Names a mutation: sent again with the same key it has its effect once. One is made for each call that names none. */
  readonly idempotencyKey?: string | undefined
  readonly signal?: AbortSignal | undefined
}

export interface Sender {
  readonly url: URL
  readonly apiKey: string | undefined
  readonly consistency: ConsistencyKeeper
  readonly accessToken: () => Promise<string | undefined>
  readonly renew: (token: string | undefined) => Promise<boolean>
}

const ATTEMPTS = 4
/** Milliseconds for one attempt; a gateway answers within 10 s. */
const PATIENCE = 15_000

const attempt = async (
  { url, apiKey, consistency }: Sender,
  token: string | undefined,
  body: string,
  { idempotencyKey, signal }: SendOptions,
): Promise<Result> => {
  const sent = consistency.current()
  const headers = {
    ...headersFor(apiKey, token),
    accept: 'application/graphql-response+json, application/json',
    ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
    ...(sent.length > 0 && { 'x-consistency-token': sent.join(', ') }),
  }
  const ending = AbortSignal.any([AbortSignal.timeout(PATIENCE), ...(signal ? [signal] : [])])
  try {
    const response = await fetch(url, { method: 'POST', headers, body, signal: ending, credentials: 'same-origin' })
    const result = await resultIn(response)
    const written = result.extensions?.['consistencyToken']
    if (typeof written === 'string') consistency.keep(written, sent)
    return result
  } catch (error) {
    if (signal?.aborted) throw signal.reason
    throw error instanceof ClientFailure ? error : lost(error)
  }
}

/**
 * Sends a query or mutation, again with the same key while the gateway cannot be reached or asks to come back later.
 * Rejects with a `ClientFailure` when there is no data at all.
 */
export const send = async (sender: Sender, request: Request, options: SendOptions): Promise<Result> => {
  const never = new AbortController().signal
  let renewed = false
  let spelledOut = false
  for (let failures = 0; ; ) {
    try {
      const body = JSON.stringify(await byHash(request, spelledOut))
      const token = await sender.accessToken()
      const result = await attempt(sender, token, body, options)
      if (result.data !== null && result.data !== undefined) return result
      const failure = failureOf(result)
      if (failure.code !== 'UNAUTHENTICATED' || renewed || !(await sender.renew(token))) throw failure
      renewed = true
    } catch (error) {
      if (isUnknown(error) && !spelledOut) {
        spelledOut = true
        continue
      }
      failures++
      if (!(error instanceof ClientFailure && error.retryable) || failures >= ATTEMPTS) throw error
      await pause(backoff(failures), options.signal ?? never)
    }
  }
}
