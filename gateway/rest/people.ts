import { z } from 'zod'
import { Address } from './resources.ts'

/** The shapes of answers about people and their sessions. */
export const User = z
  .object({ id: z.string(), username: z.string(), createdAt: z.string() })
  .meta({ id: 'User', description: 'The public profile of an account.' })

export const Role = z.enum(['CUSTOMER', 'SUPPORT', 'MERCHANDISER', 'ADMIN']).meta({ id: 'Role' })
export const UserStatus = z.enum(['PENDING', 'ACTIVE', 'DEACTIVATED', 'ERASED']).meta({ id: 'UserStatus' })

export const Account = z
  .object({
    id: z.string(),
    username: z.string(),
    createdAt: z.string(),
    status: z.string().nullable(),
    email: z.string().nullable(),
    emailVerified: z.boolean().nullable(),
    displayName: z.string().nullable(),
    phone: z.string().nullable(),
    roles: z.array(z.string()).nullable(),
  })
  .meta({ id: 'Account', description: 'An account as its person and staff see it.' })

export const SavedAddress = z
  .object({
    id: z.string(),
    isDefault: z.boolean(),
    address: Address.extend({ line2: z.string().nullable(), region: z.string().nullable() }).meta({
      id: 'PostalAddress',
    }),
  })
  .meta({ id: 'SavedAddress' })

export const LiveSession = z
  .object({
    id: z.string(),
    startedAt: z.string(),
    refreshedAt: z.string(),
    expiresAt: z.string(),
    isCurrent: z.boolean(),
  })
  .meta({ id: 'LiveSession', description: 'A place where the person is signed in.' })

export const Session = z
  .object({
    accessToken: z.string().meta({ description: 'Goes into the header `Authorization: Bearer …`.' }),
    accessTokenExpiresAt: z.string(),
    refreshToken: z.string(),
    refreshTokenExpiresAt: z.string(),
  })
  .meta({ id: 'Session', description: 'What a client needs to act as the person. Keep it secret.' })
