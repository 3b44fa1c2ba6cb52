/** What stands in the place of a secret or of personal data. */
export const MASK = '[masked]'

/** Sensitive as the last word of a name: `newPassword`, `customer_email`, `x-api-key`, `shippingAddress`. */
const ENDINGS = [
  'password',
  'passwd',
  'passphrase',
  'secret',
  'token',
  'authorization',
  'cookie',
  'api key',
  'data key',
  'master key',
  'access key',
  'secret key',
  'password hash',
  'token hash',
  'private key',
  'credential',
  'email',
  'phone',
  'phone number',
  'address',
  'jwt',
  'otp',
  'cvc',
  'iban',
]

/** Sensitive only as the whole name: part of harmless ones (`operationName`, `line1` is not `deadline1`). */
const NAMES = [
  'name',
  'first name',
  'last name',
  'given name',
  'family name',
  'full name',
  'display name',
  'user name',
  'nickname',
  'recipient',
  'line1',
  'line2',
  'street',
  'city',
  'region',
  'postal code',
  'postcode',
  'zip',
  'birthday',
  'date of birth',
  'card number',
  'remote address',
  'ip',
]

const squeeze = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')

/** Whether a field's name says that its value is secret or personal. Case, `_` and `-` do not matter, a plural neither. */
export const createSensitiveKeys = (more: readonly string[]): ((name: string) => boolean) => {
  const endings = ENDINGS.map(squeeze)
  const names = new Set([...NAMES, ...more].map(squeeze))
  const known = new Map<string, boolean>()

  const judge = (name: string): boolean =>
    [squeeze(name), squeeze(name).replace(/s$/, ''), squeeze(name).replace(/es$/, '')].some(
      squeezed => names.has(squeezed) || endings.some(ending => squeezed.endsWith(ending)),
    )

  return name => {
    const before = known.get(name)
    if (before !== undefined) return before
    const sensitive = judge(name)
    if (known.size < 2_000) known.set(name, sensitive)
    return sensitive
  }
}
