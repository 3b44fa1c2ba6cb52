import { ok, type Result, refused } from './rejection.ts'

const SHAPE =
  /^[^\s\p{C}@"(),:;<>[\\\]]{1,64}@(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,62})(?:\.[a-z0-9](?:[a-z0-9-]{0,62}))+$/iu

/** Trims and checks the shape of an e-mail address; keeps the letters as typed. */
export const parseEmail = (text: string, field: readonly string[] = ['email']): Result<string> => {
  const email = text.trim()
  return email.length <= 254 && SHAPE.test(email)
    ? ok(email)
    : refused({ code: 'EMAIL.INVALID', message: 'This is not an e-mail address.', field })
}

/** The form under which an address is unique: case does not distinguish people. */
export const canonicalEmail = (email: string): string => email.trim().normalize('NFKC').toLowerCase()
