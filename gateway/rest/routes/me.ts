import { z } from 'zod'
import { action } from '../action.ts'
import { found, whole } from '../paging.ts'
import { Account, LiveSession, SavedAddress } from '../people.ts'
import { notSignedIn } from '../problem.ts'
import { Address, listOf } from '../resources.ts'
import type { Route } from '../route.ts'

const saved = { entity: 'address', schema: SavedAddress, description: 'The address.' }
const password = z.string().max(1_000)

/** What a signed-in person does with the own account. */
export const accountRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/me',
    summary: 'One’s own account.',
    operation: 'get-me',
    signedIn: true,
    success: { status: 200, description: 'The account.', schema: Account },
    variables: () => ({}),
    answer: ({ me }) => found(me) ?? notSignedIn(),
  },
  action({
    method: 'PATCH',
    path: '/me',
    summary: 'Changes the profile.',
    operation: 'update-me',
    mutation: 'updateProfile',
    body: z.strictObject({
      displayName: z.string().max(1_000).nullish(),
      phone: z.string().max(1_000).nullish(),
    }),
    gives: { entity: 'user', schema: Account, description: 'The account.' },
  }),
  action({
    method: 'DELETE',
    path: '/me',
    summary: 'Erases the account: nobody can read the person’s data afterwards.',
    operation: 'erase-me',
    mutation: 'eraseMe',
  }),
  action({
    method: 'PUT',
    path: '/me/password',
    summary: 'Changes the password.',
    operation: 'change-password',
    mutation: 'changePassword',
    body: z.strictObject({ currentPassword: password, newPassword: password }),
  }),
  {
    method: 'GET',
    path: '/me/addresses',
    summary: 'One’s addresses.',
    operation: 'list-addresses',
    signedIn: true,
    success: { status: 200, description: 'All of them.', schema: listOf(SavedAddress, 'AddressList') },
    variables: () => ({}),
    answer: ({ me }) => (me ? whole(me.addresses) : notSignedIn()),
  },
  action({
    method: 'POST',
    path: '/me/addresses',
    summary: 'Keeps an address.',
    operation: 'add-address',
    mutation: 'addAddress',
    body: z.strictObject({ address: Address, asDefault: z.boolean().optional() }),
    gives: { ...saved, isNew: true },
  }),
  action({
    method: 'PUT',
    path: '/me/addresses/{id}',
    summary: 'Changes an address.',
    operation: 'update-address',
    mutation: 'updateAddress',
    input: { id: 'addressId' },
    body: Address,
    toInput: address => ({ address }),
    gives: saved,
  }),
  action({
    method: 'DELETE',
    path: '/me/addresses/{id}',
    summary: 'Forgets an address.',
    operation: 'remove-address',
    mutation: 'removeAddress',
    input: { id: 'addressId' },
  }),
  action({
    method: 'PUT',
    path: '/me/addresses/{id}/default',
    summary: 'Makes an address the one that is proposed.',
    operation: 'set-default-address',
    mutation: 'setDefaultAddress',
    input: { id: 'addressId' },
  }),
  {
    method: 'GET',
    path: '/me/sessions',
    summary: 'Where one is signed in.',
    operation: 'list-sessions',
    signedIn: true,
    success: { status: 200, description: 'All of them.', schema: listOf(LiveSession, 'SessionList') },
    variables: () => ({}),
    answer: ({ me }) => (me ? whole(me.sessions) : notSignedIn()),
  },
  action({
    method: 'DELETE',
    path: '/me/sessions',
    summary: 'Signs out everywhere.',
    operation: 'sign-out-everywhere',
    mutation: 'signOutEverywhere',
  }),
  action({
    method: 'DELETE',
    path: '/me/sessions/{id}',
    summary: 'Signs out in one place.',
    operation: 'revoke-session',
    mutation: 'revokeSession',
    input: { id: 'sessionId' },
  }),
]
