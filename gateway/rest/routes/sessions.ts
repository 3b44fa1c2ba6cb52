import { z } from 'zod'
import { action } from '../action.ts'
import { Session } from '../people.ts'
import type { Route } from '../route.ts'

const text = z.string().max(1_000)
const token = z.string().max(4_000)
const session = { entity: 'session', schema: Session, description: 'The session.', isNew: true }

/** Signing in and out, and what mailed links lead to. */
export const sessionRoutes: readonly Route[] = [
  action({
    method: 'POST',
    path: '/sessions',
    summary: 'Signs in.',
    operation: 'create-session',
    mutation: 'signIn',
    open: true,
    body: z.strictObject({ email: text, password: text }),
    gives: session,
  }),
  action({
    method: 'POST',
    path: '/sessions/refresh',
    summary: 'Gets the next tokens for a refresh token.',
    operation: 'refresh-session',
    mutation: 'refreshSession',
    open: true,
    body: z.strictObject({ refreshToken: token }),
    gives: session,
  }),
  action({
    method: 'DELETE',
    path: '/sessions/current',
    summary: 'Signs out here.',
    operation: 'sign-out',
    mutation: 'signOut',
  }),
  action({
    method: 'POST',
    path: '/password-resets',
    summary:
      'Has a link mailed that lets a person choose a new password. The answer is the same for an unknown address.',
    operation: 'request-password-reset',
    mutation: 'requestPasswordReset',
    open: true,
    body: z.strictObject({ email: text }),
  }),
  action({
    method: 'POST',
    path: '/password-resets/completion',
    summary: 'Sets a new password with the token of a mailed link.',
    operation: 'reset-password',
    mutation: 'resetPassword',
    open: true,
    body: z.strictObject({ token, password: text }),
  }),
  action({
    method: 'POST',
    path: '/email-verifications',
    summary: 'Has the link that confirms an address mailed again. The answer is the same for an unknown address.',
    operation: 'resend-verification',
    mutation: 'resendVerification',
    open: true,
    body: z.strictObject({ email: text }),
  }),
  action({
    method: 'POST',
    path: '/email-verifications/completion',
    summary: 'Confirms an address with the token of a mailed link.',
    operation: 'verify-email',
    mutation: 'verifyEmail',
    open: true,
    body: z.strictObject({ token }),
  }),
  action({
    method: 'POST',
    path: '/registrations/completion',
    summary: 'Sets the first password with the token of a mailed link.',
    operation: 'complete-registration',
    mutation: 'completeRegistration',
    open: true,
    body: z.strictObject({ token, password: text }),
  }),
]
