/** A mail's words. */
export interface Letter {
  readonly subject: string
  readonly text: string
}

const letter = (subject: string, username: string, ...paragraphs: readonly string[]): Letter => ({
  subject,
  text: [`Hello ${username},`, ...paragraphs, 'Mercato'].join('\n\n'),
})

const link = (appUrl: string, page: string, token: string): string => `${appUrl}/${page}#token=${token}`

/** Letters to people. `appUrl` is where the shop's pages are; tokens stand after `#`, which browsers keep to themselves. */
export const createLetters = (appUrl: string) => ({
  verifyEmail: (username: string, token: string): Letter =>
    letter(
      'Confirm your e-mail address',
      username,
      'please confirm that this address is yours. The link works for two days:',
      link(appUrl, 'verify-email', token),
      'If you did not register, ignore this mail.',
    ),
  setPassword: (username: string, token: string): Letter =>
    letter(
      'Complete your registration',
      username,
      'welcome to Mercato. Choose a password to complete your registration. The link works for two days:',
      link(appUrl, 'complete-registration', token),
      'If you did not register, ignore this mail.',
    ),
  resetPassword: (username: string, token: string): Letter =>
    letter(
      'Set a new password',
      username,
      'somebody, hopefully you, asked for a new password. The link works for an hour:',
      link(appUrl, 'reset-password', token),
      'If it was not you, ignore this mail: nothing has changed.',
    ),
  confirmNewEmail: (username: string, token: string): Letter =>
    letter(
      'Confirm your new e-mail address',
      username,
      'please confirm that this is to be the address of your account. The link works for two days:',
      link(appUrl, 'change-email', token),
      'If you did not ask for it, ignore this mail: nothing has changed.',
    ),
  emailChangeRequested: (username: string): Letter =>
    letter(
      'Your e-mail address is about to change',
      username,
      'somebody, hopefully you, asked for another e-mail address of your account. It changes when the new one is confirmed.',
      'If it was not you, change your password at once.',
    ),
  emailChanged: (username: string): Letter =>
    letter(
      'Your e-mail address was changed',
      username,
      'your account has another e-mail address as of now; this is the last mail to this one.',
      'If it was not you, tell our support at once.',
    ),
  passwordChanged: (username: string): Letter =>
    letter(
      'Your password was changed',
      username,
      'the password of your account was changed just now, and other devices were signed out.',
      'If it was not you, ask for a new password at once.',
    ),
  tokenReused: (username: string): Letter =>
    letter(
      'One of your devices was signed out',
      username,
      'a sign-in of yours was used in two places at once, so we ended it. Please sign in again on that device.',
      'If you see this often, change your password.',
    ),
})
export type Letters = ReturnType<typeof createLetters>
