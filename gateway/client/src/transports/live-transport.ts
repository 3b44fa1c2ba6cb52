import type { Request, Result } from '../document.ts'

/** Carries live operations to one gateway. */
export interface LiveTransport {
  /**
   * The results of one operation as they come, until it is complete. Rejects with a `ClientFailure`: `UNAUTHENTICATED` when the access
   * token was not accepted, a retryable one when the connection could not be made, broke, or was ended by the gateway to be made anew.
   * `onOpen` is called when the gateway has it. Ends quietly when `signal` aborts.
   */
  open(request: Request, options: { readonly signal: AbortSignal; readonly onOpen: () => void }): AsyncIterable<Result>
  close(): void
}

/** What all transports need to know. */
export interface LiveTransportOptions {
  /** `https://…/graphql` */
  readonly url: URL
  readonly apiKey: string | undefined
  readonly accessToken: () => Promise<string | undefined>
  /** Another number whenever somebody signs in or out. */
  readonly turn: () => number
}
