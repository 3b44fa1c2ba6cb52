import type { Rejection } from '@mercato/shared-kernel/domain'

const rejection = (reason: string, message: string, field?: string): Rejection => ({
  code: `USER.${reason}`,
  message,
  ...(field === undefined ? {} : { field: [field] }),
})

export const usernameInvalid = rejection(
  'USERNAME_INVALID',
  'A user name has 3 to 32 letters, digits, dots, dashes or underscores, and starts with a letter or digit.',
  'username',
)
export const emailTaken = rejection('EMAIL_TAKEN', 'There is an account with this e-mail address already.', 'email')
export const usernameTaken = rejection('USERNAME_TAKEN', 'This user name is taken.', 'username')
export const usernameChangedRecently = rejection(
  'USERNAME_CHANGED_RECENTLY',
  'A user name can be changed once in thirty days.',
  'username',
)
export const emailUnchanged = rejection('EMAIL_UNCHANGED', 'This is your present e-mail address.', 'email')
export const emailChangedRecently = rejection(
  'EMAIL_CHANGED_RECENTLY',
  'An e-mail address can be changed once a day.',
  'email',
)
export const mailedRecently = rejection('MAILED_RECENTLY', 'A link was mailed moments ago. Wait a little.', 'email')
export const newEmailTaken = rejection('EMAIL_TAKEN', 'There is an account with this e-mail address already.', 'token')
export const changeTooLate = rejection('CHANGE_TOO_LATE', 'This took too long and was given up. Please try again.')
export const alreadyRegistered = rejection('ALREADY_REGISTERED', 'This account exists already.')
export const registrationExpired = rejection(
  'REGISTRATION_EXPIRED',
  'This registration took too long and was given up. Please register again.',
)

export const passwordTooShort = (field: string, least: number): Rejection =>
  rejection('PASSWORD_TOO_SHORT', `A password has at least ${least} characters.`, field)
export const passwordTooLong = (field: string, most: number): Rejection =>
  rejection('PASSWORD_TOO_LONG', `A password has at most ${most} characters.`, field)
export const passwordTooWeak = (field: string): Rejection =>
  rejection('PASSWORD_TOO_WEAK', 'This password is too easy to guess.', field)
export const passwordUnchanged = rejection('PASSWORD_UNCHANGED', 'This is your present password.', 'newPassword')
export const passwordWrong = rejection('PASSWORD_WRONG', 'This is not your present password.', 'currentPassword')

/** One answer for an unknown address, a wrong password and an account that cannot sign in. */
export const signInRefused = rejection('SIGN_IN_REFUSED', 'E-mail address and password do not fit together.')
export const tooManyAttempts = (seconds: number): Rejection =>
  rejection('TOO_MANY_ATTEMPTS', `Too many attempts. Try again in ${seconds} s.`)
/** One answer for an unknown, expired, revoked and reused refresh token. */
export const refreshRefused = rejection('REFRESH_REFUSED', 'This session has ended. Please sign in again.')
/** One answer for an unknown, tampered, expired and used link. */
export const linkInvalid = rejection('LINK_INVALID', 'This link does not work any more. Ask for a new one.', 'token')

export const notFound = rejection('NOT_FOUND', 'There is no such user.')
export const pending = rejection('PENDING', 'This account has no password yet: use the link in the e-mail.')
export const deactivated = rejection('DEACTIVATED', 'This account is deactivated.')
export const sessionNotFound = rejection('SESSION_NOT_FOUND', 'There is no such session.')
export const ownAdminRole = rejection('OWN_ADMIN_ROLE', 'Nobody takes the ADMIN role from oneself.', 'role')

export const displayNameInvalid = rejection(
  'DISPLAY_NAME_INVALID',
  'A name to show has 1 to 80 characters.',
  'displayName',
)
export const phoneInvalid = rejection('PHONE_INVALID', 'A phone number has 5 to 20 digits.', 'phone')
export const addressNotFound = rejection('ADDRESS_NOT_FOUND', 'There is no such address in your book.', 'addressId')
export const addressBookFull = (most: number): Rejection =>
  rejection('ADDRESS_BOOK_FULL', `The address book holds at most ${most} addresses.`)
