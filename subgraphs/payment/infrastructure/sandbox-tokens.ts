/** What a token makes the sandbox do. */
export const SANDBOX_TOKENS = {
  tok_approved: 'approves everything',
  tok_declined: 'refuses the authorisation: DECLINED',
  tok_insufficient_funds: 'refuses the authorisation: INSUFFICIENT_FUNDS',
  tok_slow: 'approves everything after a while',
  tok_timeout_after_authorise: 'authorises, but the answer is lost',
  tok_timeout_after_capture: 'captures, but the answer is lost',
  tok_capture_fails_once: 'is unavailable at the first capture',
  tok_late: 'gives no answer to the authorisation; reports its approval later',
  tok_late_capture: 'gives no answer to a capture; reports its approval later',
  tok_never: 'gives no answer to the authorisation, and never reports one',
  tok_reports_twice: 'approves everything, and reports it twice',
} as const

export const REFUSALS: Readonly<Record<string, string>> = {
  tok_declined: 'DECLINED',
  tok_insufficient_funds: 'INSUFFICIENT_FUNDS',
}
