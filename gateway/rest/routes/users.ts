import { z } from 'zod'
import { action } from '../action.ts'
import { found, given, listed, page, pageOf } from '../paging.ts'
import { Account, Role, User, UserStatus } from '../people.ts'
import { listOf } from '../resources.ts'
import type { Route } from '../route.ts'

const account = { entity: 'user', schema: Account, description: 'The account.' }

export const userRoutes: readonly Route[] = [
  action({
    method: 'POST',
    path: '/users',
    summary: 'Opens an account.',
    operation: 'create-user',
    mutation: 'registerUser',
    open: true,
    body: z.strictObject({
      email: z.string().max(1_000).meta({ example: 'user@example.com' }),
      username: z.string().max(1_000).meta({ example: 'johndoe' }),
      password: z
        .string()
        .max(1_000)
        .optional()
        .meta({ description: 'Without one, a mailed link lets the person set it.' }),
    }),
    gives: { entity: 'user', schema: User, description: 'The account.', newBelow: '/users' },
  }),
  {
    method: 'GET',
    path: '/users',
    summary: 'Accounts, for staff; filtered by one thing at a time.',
    operation: 'list-users',
    signedIn: true,
    query: z.object({
      ...page,
      status: UserStatus.optional(),
      role: Role.optional(),
      username: z.string().max(100).optional().meta({ description: 'What the name begins with.' }),
      email: z.string().max(320).optional().meta({ description: 'The address.' }),
    }),
    success: { status: 200, description: 'A page.', schema: listOf(Account, 'AccountList'), header: 'Link' },
    variables: ({ query: { first, after, last, before, ...filter } }) => ({
      ...pageOf({ first, after, last, before }),
      filter: given(filter),
    }),
    answer: ({ users }, _input, self) => listed(users, self),
  },
  {
    method: 'GET',
    path: '/users/{id}',
    summary: 'The public profile of an account.',
    operation: 'get-user',
    success: { status: 200, description: 'The profile.', schema: User },
    variables: ({ params }) => ({ id: params['id'] }),
    answer: ({ user }) => found(user),
  },
  action({
    method: 'PUT',
    path: '/users/{id}/roles/{role}',
    summary: 'Gives somebody a role.',
    operation: 'assign-role',
    mutation: 'assignRole',
    input: { id: 'userId', role: 'role' },
    gives: account,
  }),
  action({
    method: 'DELETE',
    path: '/users/{id}/roles/{role}',
    summary: 'Takes a role away.',
    operation: 'revoke-role',
    mutation: 'revokeRole',
    input: { id: 'userId', role: 'role' },
    gives: account,
  }),
  action({
    method: 'POST',
    path: '/users/{id}/deactivation',
    summary: 'Closes an account.',
    operation: 'deactivate-user',
    mutation: 'deactivateUser',
    input: { id: 'userId' },
    gives: { entity: 'user', schema: User, description: 'The account.' },
  }),
]
