import { canonicalEmail, ok, type Result, refused } from '@mercato/shared-kernel/domain'
import { passwordTooLong, passwordTooShort, passwordTooWeak } from './rejections.ts'

const SHORTEST = 10
const LONGEST = 256

/** Long enough for the rule, and still among the first that anybody tries. */
const COMMON = new Set([
  '1234567890',
  '0123456789',
  '12345678910',
  '123456789012',
  '1q2w3e4r5t',
  '1qaz2wsx3edc',
  'adminadmin',
  'administrator',
  'changemenow',
  'iloveyou123',
  'letmein123',
  'letmeinplease',
  'mercato123',
  'passw0rd123',
  'password12',
  'password123',
  'password1234',
  'passwordpassword',
  'qwerty1234',
  'qwerty12345',
  'qwertyuiop',
  'qwertyuiop123',
  'welcome123',
  'zaq12wsxcde3',
])

/** The form that is hashed: the same password typed on another keyboard stays the same. */
export const canonicalPassword = (password: string): string => password.normalize('NFKC')

const isMonotonous = (password: string): boolean => new Set(password).size < 4

/**
 * Length decides, composition does not (NIST SP 800-63B): 10 to 256 characters, not among the most common ones, not made of
 * fewer than four different characters, not the person's own name or address.
 */
export const checkPassword = (
  password: string,
  about: { readonly field: string; readonly email?: string; readonly username?: string },
): Result<string> => {
  const canonical = canonicalPassword(password)
  const length = [...canonical].length
  if (length < SHORTEST) return refused(passwordTooShort(about.field, SHORTEST))
  if (length > LONGEST) return refused(passwordTooLong(about.field, LONGEST))
  const folded = canonical.toLowerCase()
  const email = about.email === undefined ? undefined : canonicalEmail(about.email)
  const own = [email, email?.split('@')[0], about.username?.toLowerCase()]
  return COMMON.has(folded) || isMonotonous(folded) || own.includes(folded)
    ? refused(passwordTooWeak(about.field))
    : ok(canonical)
}
