import type { Rejection } from '@mercato/shared-kernel/domain'
import { expect, it } from 'vitest'
import * as why from './rejections.ts'

/** Programs match the code, forms mark the field, people read the sentence. */
const refusals: [Rejection, code: string, field: string | undefined, sentence: RegExp][] = [
  [why.usernameInvalid, 'USERNAME_INVALID', 'username', /3 to 32 letters, digits, dots, dashes or underscores/],
  [why.emailTaken, 'EMAIL_TAKEN', 'email', /an account with this e-mail address/],
  [why.usernameTaken, 'USERNAME_TAKEN', 'username', /is taken/],
  [why.alreadyRegistered, 'ALREADY_REGISTERED', undefined, /exists already/],
  [why.registrationExpired, 'REGISTRATION_EXPIRED', undefined, /register again/],
  [why.usernameChangedRecently, 'USERNAME_CHANGED_RECENTLY', 'username', /once in thirty days/],
  [why.emailUnchanged, 'EMAIL_UNCHANGED', 'email', /your present e-mail address/],
  [why.emailChangedRecently, 'EMAIL_CHANGED_RECENTLY', 'email', /once a day/],
  [why.mailedRecently, 'MAILED_RECENTLY', 'email', /mailed moments ago/],
  [why.newEmailTaken, 'EMAIL_TAKEN', 'token', /an account with this e-mail address/],
  [why.changeTooLate, 'CHANGE_TOO_LATE', undefined, /try again/],
  [why.passwordTooShort('password', 10), 'PASSWORD_TOO_SHORT', 'password', /at least 10 characters/],
  [why.passwordTooLong('newPassword', 256), 'PASSWORD_TOO_LONG', 'newPassword', /at most 256 characters/],
  [why.passwordTooWeak('password'), 'PASSWORD_TOO_WEAK', 'password', /easy to guess/],
  [why.passwordUnchanged, 'PASSWORD_UNCHANGED', 'newPassword', /your present password/],
  [why.passwordWrong, 'PASSWORD_WRONG', 'currentPassword', /not your present password/],
  [why.signInRefused, 'SIGN_IN_REFUSED', undefined, /do not fit together/],
  [why.tooManyAttempts(30), 'TOO_MANY_ATTEMPTS', undefined, /again in 30 s/],
  [why.refreshRefused, 'REFRESH_REFUSED', undefined, /sign in again/],
  [why.linkInvalid, 'LINK_INVALID', 'token', /Ask for a new one/],
  [why.notFound, 'NOT_FOUND', undefined, /no such user/],
  [why.pending, 'PENDING', undefined, /use the link in the e-mail/],
  [why.deactivated, 'DEACTIVATED', undefined, /is deactivated/],
  [why.sessionNotFound, 'SESSION_NOT_FOUND', undefined, /no such session/],
  [why.ownAdminRole, 'OWN_ADMIN_ROLE', 'role', /ADMIN role from oneself/],
  [why.displayNameInvalid, 'DISPLAY_NAME_INVALID', 'displayName', /1 to 80 characters/],
  [why.phoneInvalid, 'PHONE_INVALID', 'phone', /5 to 20 digits/],
  [why.addressNotFound, 'ADDRESS_NOT_FOUND', 'addressId', /no such address/],
  [why.addressBookFull(20), 'ADDRESS_BOOK_FULL', undefined, /at most 20 addresses/],
]

it.each(refusals)('%# a refusal has a code, its field and a sentence: $code', (rejection, code, field, sentence) => {
  expect(rejection).toStrictEqual({
    code: `USER.${code}`,
    message: expect.stringMatching(sentence),
    ...(field === undefined ? {} : { field: [field] }),
  })
})
