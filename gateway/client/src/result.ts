import type { Result } from './document.ts'
import { ClientFailure } from './failure.ts'

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isResult = (body: unknown): body is Result =>
  typeof body === 'object' && body !== null && ('data' in body || 'errors' in body)

/** What stands before the gateway, an edge or a proxy, answers in words of its own. */
const refusedWith = (status: number): ClientFailure => {
  if (status === 429) return new ClientFailure('RATE_LIMITED', 'There were too many requests.', { retryable: true })
  return status >= 500
    ? new ClientFailure('SERVICE_UNAVAILABLE', `Mercato is not available (status ${status}).`, { retryable: true })
    : new ClientFailure('REFUSED', `Mercato answered with status ${status}.`)
}

/** The GraphQL result in an answer. Rejects with a `ClientFailure` when there is none, with another error when the connection breaks. */
export const resultIn = async (response: Response): Promise<Result> => {
  const body = parse(await response.text())
  if (isResult(body)) return body
  throw refusedWith(response.status)
}
