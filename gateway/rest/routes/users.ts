import { z } from 'zod'
import { created, found } from '../paging.ts'
import { Session, User } from '../resources.ts'
import type { Route } from '../route.ts'

export const userRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/users',
    summary: 'Opens an account.',
    operation: 'create-user',
    body: z.strictObject({
      email: z.string().max(1_000).meta({ example: 'user@example.com' }),
      username: z.string().max(1_000).meta({ example: 'johndoe' }),
      password: z
        .string()
        .max(1_000)
        .optional()
        .meta({ description: 'Without one, a mailed link lets the person set it.' }),
    }),
    success: { status: 201, description: 'The account.', schema: User, header: 'Location' },
    variables: ({ body }) => ({ input: body }),
    answer: ({ registerUser: { user } }) => created(user, '/users'),
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
  {
    method: 'POST',
    path: '/sessions',
    summary: 'Signs in.',
    operation: 'create-session',
    body: z.strictObject({ email: z.string().max(1_000), password: z.string().max(1_000) }),
    success: { status: 201, description: 'The session.', schema: Session },
    variables: ({ body }) => ({ input: body }),
    answer: ({ signIn: { session } }) => ({ status: 201, body: session }),
  },
]
