import { isLine, ok, type Result, refused } from '@mercato/shared-kernel/domain'
import { displayNameInvalid, phoneInvalid } from './rejections.ts'
import type { Profile } from './user-events.ts'

/** Parts that are absent stay as they are; null takes them away. */
export interface ProfileChanges {
  readonly displayName?: string | null | undefined
  readonly phone?: string | null | undefined
}

const PHONE = /^\+?[0-9][0-9 ()/.-]{3,28}[0-9]$/

const changed = (before: string | undefined, change: string | null | undefined): string | undefined =>
  change === undefined ? before : (change?.trim() ?? undefined)

/** The profile after some changes. */
export const changeProfile = (profile: Profile, changes: ProfileChanges): Result<Profile> => {
  const displayName = changed(profile.displayName, changes.displayName)
  if (displayName !== undefined && !isLine(displayName, 80)) return refused(displayNameInvalid)
  const phone = changed(profile.phone, changes.phone)
  const digits = phone?.replaceAll(/\D/g, '').length ?? 0
  if (phone !== undefined && (!PHONE.test(phone) || digits < 5 || digits > 20)) return refused(phoneInvalid)
  return ok({ ...(displayName === undefined ? {} : { displayName }), ...(phone === undefined ? {} : { phone }) })
}
