import { ok, type Result, refused } from '@mercato/shared-kernel/domain'
import { usernameInvalid } from './rejections.ts'

const SHAPE = /^[a-z0-9][a-z0-9._-]{2,31}$/i

/** Checks a user name; keeps the letters as typed. */
export const parseUsername = (text: string): Result<string> => (SHAPE.test(text) ? ok(text) : refused(usernameInvalid))

/** The form under which a user name is unique: case does not distinguish people. */
export const canonicalUsername = (username: string): string => username.toLowerCase()
