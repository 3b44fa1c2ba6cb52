import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { ShownUser, BookEntry, SubgraphContext } from '../context.ts';
import type { SessionDoc } from '../../application/sessions-view.ts';
import type { UserPage } from '../../application/queries.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A moment, as an ISO 8601 string. */
  DateTime: { input: string; output: string; }
  _FieldSet: { input: unknown; output: unknown; }
};

/** Who caused an event. */
export type Actor = {
  readonly __typename?: 'Actor';
  /** The user's id; the name of the part of the system; the API consumer. */
  readonly id: Scalars['ID']['output'];
  /** What kind of actor. */
  readonly kind: ActorKind;
};

/** Who acted. */
export type ActorKind =
  /** Nobody known: an API key alone. */
  | 'ANONYMOUS'
  /** The shop itself: a saga, a deadline, a seed. */
  | 'SYSTEM'
  /** Somebody who was signed in. */
  | 'USER';

/** An address to keep. */
export type AddAddressInput = {
  /** The address. */
  readonly address: AddressInput;
  /** Whether it becomes the default one. */
  readonly asDefault?: InputMaybe<Scalars['Boolean']['input']>;
  /** Repeating a request with the same key gives the first answer again; wins over the header. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** An address that was added. */
export type AddAddressPayload = {
  readonly __typename?: 'AddAddressPayload';
  /** The entry; null when refused. */
  readonly address: Maybe<SavedAddress>;
  /** Send it as `x-consistency-token` to read what this wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** The account; null when refused. */
  readonly user: Maybe<User>;
  /** Why it was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A postal address. */
export type Address = {
  readonly __typename?: 'Address';
  /** City or town. */
  readonly city: Scalars['String']['output'];
  /** ISO 3166-1 alpha-2 code, for example `DE`. */
  readonly country: Scalars['String']['output'];
  /** Street and number. */
  readonly line1: Scalars['String']['output'];
  /** What else the parcel needs: floor, company. */
  readonly line2: Maybe<Scalars['String']['output']>;
  /** Who it is for. */
  readonly name: Scalars['String']['output'];
  /** Postal code. */
  readonly postalCode: Scalars['String']['output'];
  /** State, province or region. */
  readonly region: Maybe<Scalars['String']['output']>;
};

/** A postal address to keep. */
export type AddressInput = {
  /** City or town. */
  readonly city: Scalars['String']['input'];
  /** ISO 3166-1 alpha-2 code, for example `DE`. */
  readonly country: Scalars['String']['input'];
  /** Street and number. */
  readonly line1: Scalars['String']['input'];
  /** What else the parcel needs: floor, company. */
  readonly line2?: InputMaybe<Scalars['String']['input']>;
  /** Who it is for. */
  readonly name: Scalars['String']['input'];
  /** Postal code. */
  readonly postalCode: Scalars['String']['input'];
  /** State, province or region. */
  readonly region?: InputMaybe<Scalars['String']['input']>;
};

/** A role to give. */
export type AssignRoleInput = {
  /** Repeating a request with the same key gives the first answer again; wins over the header. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** The role. */
  readonly role: Role;
  /** The account. */
  readonly userId: Scalars['ID']['input'];
};

/** A role that was given. */
export type AssignRolePayload = {
  readonly __typename?: 'AssignRolePayload';
  /** Send it as `x-consistency-token` to read what this wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** The account; null when refused. */
  readonly user: Maybe<User>;
  /** Why it was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What a client needs to act as the person. Keep it secret. */
export type AuthSession = {
  readonly __typename?: 'AuthSession';
  /** Goes into the header `Authorization: Bearer …`. */
  readonly accessToken: Scalars['String']['output'];
  /** When the access token expires. */
  readonly accessTokenExpiresAt: Scalars['DateTime']['output'];
  /** The session's id. */
  readonly id: Scalars['ID']['output'];
  /** Goes to `refreshSession`, once. */
  readonly refreshToken: Scalars['String']['output'];
  /** When the session ends at the latest. */
  readonly refreshTokenExpiresAt: Scalars['DateTime']['output'];
};

/** A password to change. */
export type ChangePasswordInput = {
  /** The present password. */
  readonly currentPassword: Scalars['String']['input'];
  /** Repeating a request with the same key gives the first answer again; wins over the header. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** 10 to 256 characters, and not an obvious one. */
  readonly newPassword: Scalars['String']['input'];
};

/** A password that was changed. */
export type ChangePasswordPayload = {
  readonly __typename?: 'ChangePasswordPayload';
  /** Send it as `x-consistency-token` to read what this wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** The account; null when refused. */
  readonly user: Maybe<User>;
  /** Why it was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Another user name. */
export type ChangeUsernameInput = {
  /** Repeating a request with the same key gives the first answer again; wins over the header. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** 3 to 32 letters, digits, dots, dashes or underscores. */
  readonly username: Scalars['String']['input'];
};

/** A user name that was changed. */
export type ChangeUsernamePayload = {
  readonly __typename?: 'ChangeUsernamePayload';
  /** Send it as `x-consistency-token` to read what this wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** The account; null when refused. */
  readonly user: Maybe<User>;
  /** Why it was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A first password. */
export type CompleteRegistrationInput = {
  /** Repeating a request with the same key gives the first answer again; wins over the header. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** 10 to 256 characters, and not an obvious one. */
  readonly password: Scalars['String']['input'];
  /** The token from the mail. */
  readonly token: Scalars['String']['input'];
};

/** A registration that is complete. */
export type CompleteRegistrationPayload = {
  readonly __typename?: 'CompleteRegistrationPayload';
  /** Send it as `x-consistency-token` to read what this wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** The account; null when refused. */
  readonly user: Maybe<User>;
  /** Why it was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A new address to confirm. */
export type ConfirmEmailChangeInput = {
  /** Repeating a request with the same key gives the first answer again; wins over the header. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** The token from the mail. */
  readonly token: Scalars['String']['input'];
};

/** An address that was changed. */
export type ConfirmEmailChangePayload = {
  readonly __typename?: 'ConfirmEmailChangePayload';
  /** Send it as `x-consistency-token` to read what this wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** The account; null when refused. */
  readonly user: Maybe<User>;
  /** Why it was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** An account to close. */
export type DeactivateUserInput = {
  /** Repeating a request with the same key gives the first answer again; wins over the header. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** The account; one's own when absent. */
  readonly userId?: InputMaybe<Scalars['ID']['input']>;
};

/** An account that was closed. */
export type DeactivateUserPayload = {
  readonly __typename?: 'DeactivateUserPayload';
  /** Send it as `x-consistency-token` to read what this wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** The account; null when refused. */
  readonly user: Maybe<User>;
  /** Why it was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** The wish to be erased. */
export type EraseMeInput = {
  /** Repeating a request with the same key gives the first answer again; wins over the header. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** A person who was erased. */
export type EraseMePayload = {
  readonly __typename?: 'EraseMePayload';
  /** Send it as `x-consistency-token` to read what this wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** The account; null when refused. */
  readonly user: Maybe<User>;
  /** Why it was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A page of a history, oldest first. */
export type HistoryConnection = {
  readonly __typename?: 'HistoryConnection';
  /** The events of this page. */
  readonly edges: ReadonlyArray<HistoryEdge>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
  /** How many events there are in all. */
  readonly totalCount: Scalars['Int']['output'];
};

/** An event and its place in a history. */
export type HistoryEdge = {
  readonly __typename?: 'HistoryEdge';
  /** Place in the history. */
  readonly cursor: Scalars['String']['output'];
  /** The event. */
  readonly node: HistoryEntry;
};

/** Something that happened: who did it, when and why. What it says is not part of it. */
export type HistoryEntry = {
  readonly __typename?: 'HistoryEntry';
  /** Who did it. */
  readonly actor: Actor;
  /** When. */
  readonly at: Scalars['DateTime']['output'];
  /** Id of the event or command that caused it; null at the start of a chain. */
  readonly cause: Maybe<Scalars['ID']['output']>;
  /** Id of the command that decided it. */
  readonly command: Scalars['ID']['output'];
  /** What everything that came of one request has in common. */
  readonly correlation: Scalars['ID']['output'];
  /** What happened, as a stable name (`PaymentCaptured`). */
  readonly event: Scalars['String']['output'];
  /** Counts the events, from 1. Pass it as `at: { version }` to see what it led to. */
  readonly version: Scalars['Int']['output'];
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Adds an address to the signed-in person's book. The first one becomes the default. */
  readonly addAddress: AddAddressPayload;
  /** Gives a role to an account. Its access tokens must be refreshed to carry it. */
  readonly assignRole: AssignRolePayload;
  /** Changes the password and ends all other sessions. The access token of this one has to be refreshed, too. */
  readonly changePassword: ChangePasswordPayload;
  /**
   * Changes the signed-in person's user name, at most once in thirty days. It is unique, whatever its case; the former one stays
   * theirs, so that nobody passes for them.
   */
  readonly changeUsername: ChangeUsernamePayload;
  /** Sets the first password of an account that was opened without one, with the token from the mail. */
  readonly completeRegistration: CompleteRegistrationPayload;
  /** Makes the address that the link was mailed to the account's, with the token from the mail. Doing it twice does no harm. */
  readonly confirmEmailChange: ConfirmEmailChangePayload;
  /** Deactivates one's own account, or with the scope `users:admin` any. Ends all its sessions. */
  readonly deactivateUser: DeactivateUserPayload;
  /**
   * Erases the signed-in person: the key of their personal data is destroyed, here and in every backup. Cannot be undone, and
   * needs a sign-in of the last ten minutes.
   */
  readonly eraseMe: EraseMePayload;
  /**
   * Continues a session: a new access token and the next refresh token. A refresh token works once; one that comes a second time
   * ends the session, except within ten seconds, when it leads to the same successor again.
   */
  readonly refreshSession: RefreshSessionPayload;
  /**
   * Opens an account. E-mail address and user name are unique, whatever their case. A mail with a link follows: it confirms the
   * address, and sets the password when none was given here.
   */
  readonly registerUser: RegisterUserPayload;
  /** Removes an address from the signed-in person's book. When it was the default, the oldest of the others takes its place. */
  readonly removeAddress: RemoveAddressPayload;
  /** Handles parked messages again, those of a stream in order until one fails. Who asked for it is recorded. Needs the scope `operations:admin`. */
  readonly replayUserParkedMessages: ReplayUserParkedMessagesPayload;
  /**
   * Mails a link to another address, and a warning to the present one. Nothing changes before the link is followed. Needs a sign-in
   * of the last ten minutes.
   */
  readonly requestEmailChange: RequestEmailChangePayload;
  /** Mails a link that sets a new password. The answer is the same whether there is such an account or not. */
  readonly requestPasswordReset: RequestPasswordResetPayload;
  /** Sends the link of the registration again. The answer is the same whether there is such an account or not. */
  readonly resendVerification: ResendVerificationPayload;
  /** Sets a new password with the token from the mail and ends every session. */
  readonly resetPassword: ResetPasswordPayload;
  /** Takes a role from an account. Access tokens that still carry it are refused within two seconds. */
  readonly revokeRole: RevokeRolePayload;
  /** Ends one of the signed-in person's sessions. */
  readonly revokeSession: RevokeSessionPayload;
  /** Makes an address of the signed-in person's book the default one. */
  readonly setDefaultAddress: SetDefaultAddressPayload;
  /**
   * Starts a session. An unknown address and a wrong password get the same answer after the same time; after a few wrong ones each
   * further attempt has to wait longer.
   */
  readonly signIn: SignInPayload;
  /** Ends the session of the given refresh token, or else the one in which this is asked. */
  readonly signOut: SignOutPayload;
  /** Ends every session of the signed-in person, this one included. */
  readonly signOutEverywhere: SignOutEverywherePayload;
  /** Replaces an address in the signed-in person's book. */
  readonly updateAddress: UpdateAddressPayload;
  /** Changes the signed-in person's profile. Fields that are absent stay as they are; null takes them away. */
  readonly updateProfile: UpdateProfilePayload;
  /** Confirms an e-mail address with the token from the mail. Doing it twice does no harm. */
  readonly verifyEmail: VerifyEmailPayload;
};


export type MutationAddAddressArgs = {
  input: AddAddressInput;
};


export type MutationAssignRoleArgs = {
  input: AssignRoleInput;
};


export type MutationChangePasswordArgs = {
  input: ChangePasswordInput;
};


export type MutationChangeUsernameArgs = {
  input: ChangeUsernameInput;
};


export type MutationCompleteRegistrationArgs = {
  input: CompleteRegistrationInput;
};


export type MutationConfirmEmailChangeArgs = {
  input: ConfirmEmailChangeInput;
};


export type MutationDeactivateUserArgs = {
  input: DeactivateUserInput;
};


export type MutationEraseMeArgs = {
  input: EraseMeInput;
};


export type MutationRefreshSessionArgs = {
  input: RefreshSessionInput;
};


export type MutationRegisterUserArgs = {
  input: RegisterUserInput;
};


export type MutationRemoveAddressArgs = {
  input: RemoveAddressInput;
};


export type MutationReplayUserParkedMessagesArgs = {
  input: ReplayUserParkedMessagesInput;
};


export type MutationRequestEmailChangeArgs = {
  input: RequestEmailChangeInput;
};


export type MutationRequestPasswordResetArgs = {
  input: RequestPasswordResetInput;
};


export type MutationResendVerificationArgs = {
  input: ResendVerificationInput;
};


export type MutationResetPasswordArgs = {
  input: ResetPasswordInput;
};


export type MutationRevokeRoleArgs = {
  input: RevokeRoleInput;
};


export type MutationRevokeSessionArgs = {
  input: RevokeSessionInput;
};


export type MutationSetDefaultAddressArgs = {
  input: SetDefaultAddressInput;
};


export type MutationSignInArgs = {
  input: SignInInput;
};


export type MutationSignOutArgs = {
  input: SignOutInput;
};


export type MutationSignOutEverywhereArgs = {
  input: SignOutEverywhereInput;
};


export type MutationUpdateAddressArgs = {
  input: UpdateAddressInput;
};


export type MutationUpdateProfileArgs = {
  input: UpdateProfileInput;
};


export type MutationVerifyEmailArgs = {
  input: VerifyEmailInput;
};

/** Where a page of a connection lies. */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  /** Cursor of the last edge. */
  readonly endCursor: Maybe<Scalars['String']['output']>;
  /** Whether there is more after this page. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** Whether there is more before this page. */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the first edge. */
  readonly startCursor: Maybe<Scalars['String']['output']>;
};

/** A message that could not be handled and waits for an operator. What it says is not shown. */
export type ParkedMessage = {
  readonly __typename?: 'ParkedMessage';
  /** Code of the failure, and a sentence where it holds no personal data. */
  readonly cause: Scalars['String']['output'];
  /** The context that could not handle it. */
  readonly context: Scalars['String']['output'];
  /** What everything that came of one request has in common. */
  readonly correlation: Maybe<Scalars['ID']['output']>;
  /** The consumer group that could not handle it. */
  readonly group: Scalars['String']['output'];
  /** The message's id: that of the event it carries. */
  readonly id: Scalars['ID']['output'];
  /** When it was parked. */
  readonly parkedAt: Scalars['DateTime']['output'];
  /** The stream of its event; messages of one stream are handled in order. */
  readonly stream: Scalars['ID']['output'];
  /** The topic it came from. */
  readonly topic: Scalars['String']['output'];
  /** Name of its event, when it says so. */
  readonly type: Maybe<Scalars['String']['output']>;
};

export type Query = {
  readonly __typename?: 'Query';
  /** The signed-in person; null when nobody is signed in. */
  readonly me: Maybe<User>;
  /**
   * An account by its id; null when there is none. Anybody may see the public profile (id, username, createdAt); the rest is for
   * its person, and for those with the scope `users:read:any`.
   */
  readonly user: Maybe<User>;
  /** Messages that this context could not handle, in the order in which they were parked. Needs the scope `operations:admin`. */
  readonly userParkedMessages: Maybe<ReadonlyArray<ParkedMessage>>;
  /** Accounts, newest first; looked for by name or address in alphabetical order. */
  readonly users: UserConnection;
};


export type QueryUserArgs = {
  id: Scalars['ID']['input'];
};


export type QueryUserParkedMessagesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  group?: InputMaybe<Scalars['String']['input']>;
};


export type QueryUsersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<UserFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** A session to continue. */
export type RefreshSessionInput = {
  /** The latest refresh token. */
  readonly refreshToken: Scalars['String']['input'];
};

/** A session that was continued. */
export type RefreshSessionPayload = {
  readonly __typename?: 'RefreshSessionPayload';
  /** Send it as `x-consistency-token` to read what this wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** The session; null when refused. */
  readonly session: Maybe<AuthSession>;
  /** Why it was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** An account to open. */
export type RegisterUserInput = {
  /** The e-mail address. */
  readonly email: Scalars['String']['input'];
  /** Repeating a request with the same key gives the first answer again; wins over the header. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** 10 to 256 characters, and not an obvious one. Without one, the mailed link sets it. */
  readonly password?: InputMaybe<Scalars['String']['input']>;
  /** 3 to 32 letters, digits, dots, dashes or underscores. */
  readonly username: Scalars['String']['input'];
};

/** An account that was opened. */
export type RegisterUserPayload = {
  readonly __typename?: 'RegisterUserPayload';
  /** Send it as `x-consistency-token` to read what this wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** The account; null when refused. */
  readonly user: Maybe<User>;
  /** Why it was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** An address to remove. */
export type RemoveAddressInput = {
  /** The entry. */
  readonly addressId: Scalars['ID']['input'];
  /** Repeating a request with the same key gives the first answer again; wins over the header. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** An address that was removed. */
export type RemoveAddressPayload = {
  readonly __typename?: 'RemoveAddressPayload';
  /** Send it as `x-consistency-token` to read what this wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** The account; null when refused. */
  readonly user: Maybe<User>;
  /** Why it was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Which parked messages are to be handled again. */
export type ReplayUserParkedMessagesInput = {
  /** The consumer group. */
  readonly group: Scalars['String']['input'];
  /** Repeats with the same key get the first answer. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Only those of this stream. */
  readonly stream?: InputMaybe<Scalars['ID']['input']>;
};

/** What came of handling parked messages again. */
export type ReplayUserParkedMessagesPayload = {
  readonly __typename?: 'ReplayUserParkedMessagesPayload';
  /** Pass it on to read what you wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** Why the first of those that failed again did; null when none did. */
  readonly failure: Maybe<Scalars['String']['output']>;
  /** How many were handled and have left the list; null when refused. */
  readonly handled: Maybe<Scalars['Int']['output']>;
  /** How many of the group are parked still; null when refused. */
  readonly left: Maybe<Scalars['Int']['output']>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Another e-mail address. */
export type RequestEmailChangeInput = {
  /** The address. Whether it is free shows when its link is followed. */
  readonly email: Scalars['String']['input'];
  /** Repeating a request with the same key gives the first answer again; wins over the header. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** A link that is on its way to the new address. */
export type RequestEmailChangePayload = {
  readonly __typename?: 'RequestEmailChangePayload';
  /** Send it as `x-consistency-token` to read what this wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** The account; null when refused. */
  readonly user: Maybe<User>;
  /** Why it was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** An account whose password is lost. */
export type RequestPasswordResetInput = {
  /** The address of the account. */
  readonly email: Scalars['String']['input'];
  /** Repeating a request with the same key gives the first answer again; wins over the header. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** The request was noted. */
export type RequestPasswordResetPayload = {
  readonly __typename?: 'RequestPasswordResetPayload';
  /** Send it as `x-consistency-token` to read what this wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** Why it was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A link to send again. */
export type ResendVerificationInput = {
  /** The address of the account. */
  readonly email: Scalars['String']['input'];
  /** Repeating a request with the same key gives the first answer again; wins over the header. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** The request was noted. */
export type ResendVerificationPayload = {
  readonly __typename?: 'ResendVerificationPayload';
  /** Send it as `x-consistency-token` to read what this wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** Why it was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A new password. */
export type ResetPasswordInput = {
  /** Repeating a request with the same key gives the first answer again; wins over the header. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** 10 to 256 characters, and not an obvious one. */
  readonly password: Scalars['String']['input'];
  /** The token from the mail. */
  readonly token: Scalars['String']['input'];
};

/** A password that was set. */
export type ResetPasswordPayload = {
  readonly __typename?: 'ResetPasswordPayload';
  /** Send it as `x-consistency-token` to read what this wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** The account; null when refused. */
  readonly user: Maybe<User>;
  /** Why it was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A role to take. */
export type RevokeRoleInput = {
  /** Repeating a request with the same key gives the first answer again; wins over the header. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** The role. */
  readonly role: Role;
  /** The account. */
  readonly userId: Scalars['ID']['input'];
};

/** A role that was taken. */
export type RevokeRolePayload = {
  readonly __typename?: 'RevokeRolePayload';
  /** Send it as `x-consistency-token` to read what this wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** The account; null when refused. */
  readonly user: Maybe<User>;
  /** Why it was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A session to end. */
export type RevokeSessionInput = {
  /** Repeating a request with the same key gives the first answer again; wins over the header. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** One of one's own sessions. */
  readonly sessionId: Scalars['ID']['input'];
};

/** A session that was ended. */
export type RevokeSessionPayload = {
  readonly __typename?: 'RevokeSessionPayload';
  /** Send it as `x-consistency-token` to read what this wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** Why it was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What a person may do beyond their own data. */
export type Role =
  /** May do everything, roles included. */
  | 'ADMIN'
  /** Buys. */
  | 'CUSTOMER'
  /** Runs the catalogue and the stock. */
  | 'MERCHANDISER'
  /** Helps customers: sees accounts, orders and payments, refunds. */
  | 'SUPPORT';

/** An entry of an address book. */
export type SavedAddress = {
  readonly __typename?: 'SavedAddress';
  /** The address. */
  readonly address: Address;
  /** Its id within the book. */
  readonly id: Scalars['ID']['output'];
  /** Whether it is the default one. */
  readonly isDefault: Scalars['Boolean']['output'];
};

/** A sign-in on one device. */
export type Session = {
  readonly __typename?: 'Session';
  /** When it ends at the latest. */
  readonly expiresAt: Scalars['DateTime']['output'];
  /** Its id. */
  readonly id: Scalars['ID']['output'];
  /** Whether it is the one in which this is asked. */
  readonly isCurrent: Scalars['Boolean']['output'];
  /** When it was last continued. */
  readonly refreshedAt: Scalars['DateTime']['output'];
  /** When the person signed in. */
  readonly startedAt: Scalars['DateTime']['output'];
};

/** What happens to sessions. */
export type SessionChange =
  /** All sessions were ended, but at most the one in which it was asked. */
  | 'ALL_REVOKED'
  /** A client continued it. */
  | 'REFRESHED'
  /** It was ended. */
  | 'REVOKED'
  /** Somebody signed in. */
  | 'STARTED';

/** A session as it was right after a change. */
export type SessionChangedEvent = {
  readonly __typename?: 'SessionChangedEvent';
  /** What happened. */
  readonly change: SessionChange;
  /** Pass it as `after` to continue behind this event. */
  readonly cursor: Scalars['String']['output'];
  /** The session's id; null when all sessions ended at once. */
  readonly sessionId: Maybe<Scalars['ID']['output']>;
};

/** The address that becomes the default one. */
export type SetDefaultAddressInput = {
  /** The entry. */
  readonly addressId: Scalars['ID']['input'];
  /** Repeating a request with the same key gives the first answer again; wins over the header. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** A default address that was set. */
export type SetDefaultAddressPayload = {
  readonly __typename?: 'SetDefaultAddressPayload';
  /** Send it as `x-consistency-token` to read what this wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** The account; null when refused. */
  readonly user: Maybe<User>;
  /** Why it was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Who somebody says they are, and the proof. */
export type SignInInput = {
  /** The e-mail address. */
  readonly email: Scalars['String']['input'];
  /** The password. */
  readonly password: Scalars['String']['input'];
};

/** A session that was started. */
export type SignInPayload = {
  readonly __typename?: 'SignInPayload';
  /** Send it as `x-consistency-token` to read what this wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** The session; null when refused. */
  readonly session: Maybe<AuthSession>;
  /** The account; null when refused. */
  readonly user: Maybe<User>;
  /** Why it was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** All sessions to end. */
export type SignOutEverywhereInput = {
  /** Repeating a request with the same key gives the first answer again; wins over the header. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** All sessions were ended. */
export type SignOutEverywherePayload = {
  readonly __typename?: 'SignOutEverywherePayload';
  /** Send it as `x-consistency-token` to read what this wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** The account; null when refused. */
  readonly user: Maybe<User>;
  /** Why it was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A session to end. */
export type SignOutInput = {
  /** Repeating a request with the same key gives the first answer again; wins over the header. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** A refresh token of the session; when absent, the one in which this is asked ends. */
  readonly refreshToken?: InputMaybe<Scalars['String']['input']>;
};

/** A session that was ended. */
export type SignOutPayload = {
  readonly __typename?: 'SignOutPayload';
  /** Send it as `x-consistency-token` to read what this wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** Why it was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

export type Subscription = {
  readonly __typename?: 'Subscription';
  /** Sessions of the signed-in person that start, are refreshed or end. */
  readonly mySessionsChanged: SessionChangedEvent;
  /** Changes of an account, one's own unless an id is given. Another's needs the scope `users:read:any`. */
  readonly userChanged: UserChangedEvent;
};


export type SubscriptionMySessionsChangedArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
};


export type SubscriptionUserChangedArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  id?: InputMaybe<Scalars['ID']['input']>;
};

/** An address to replace. */
export type UpdateAddressInput = {
  /** What it becomes. */
  readonly address: AddressInput;
  /** The entry. */
  readonly addressId: Scalars['ID']['input'];
  /** Repeating a request with the same key gives the first answer again; wins over the header. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** An address that was replaced. */
export type UpdateAddressPayload = {
  readonly __typename?: 'UpdateAddressPayload';
  /** The entry; null when refused. */
  readonly address: Maybe<SavedAddress>;
  /** Send it as `x-consistency-token` to read what this wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** The account; null when refused. */
  readonly user: Maybe<User>;
  /** Why it was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Changes of a profile. */
export type UpdateProfileInput = {
  /** 1 to 80 characters. */
  readonly displayName?: InputMaybe<Scalars['String']['input']>;
  /** Repeating a request with the same key gives the first answer again; wins over the header. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** 5 to 20 digits, as people write them. */
  readonly phone?: InputMaybe<Scalars['String']['input']>;
};

/** A profile that was changed. */
export type UpdateProfilePayload = {
  readonly __typename?: 'UpdateProfilePayload';
  /** Send it as `x-consistency-token` to read what this wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** The account; null when refused. */
  readonly user: Maybe<User>;
  /** Why it was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/**
 * A person's account. Anybody may see id, username and createdAt; the rest is null with the error FORBIDDEN unless the person
 * themselves asks, has just proved who they are in the same mutation (by password, or with the token from a mail), or has the
 * scope `users:read:any`.
 */
export type User = {
  readonly __typename?: 'User';
  /** The address book, oldest entry first. */
  readonly addresses: Maybe<ReadonlyArray<SavedAddress>>;
  /** When it was opened. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Where parcels go unless said otherwise. */
  readonly defaultAddress: Maybe<SavedAddress>;
  /** The name for letters and parcels. */
  readonly displayName: Maybe<Scalars['String']['output']>;
  /** The e-mail address, as it was typed. */
  readonly email: Maybe<Scalars['String']['output']>;
  /** Whether the person has shown that the address is theirs. */
  readonly emailVerified: Maybe<Scalars['Boolean']['output']>;
  /** What happened to the account, oldest first. Needs the scope `audit:read`. */
  readonly history: Maybe<HistoryConnection>;
  /** The user's id. */
  readonly id: Scalars['ID']['output'];
  /** The address that waits for its mailed link to be followed. */
  readonly pendingEmail: Maybe<Scalars['String']['output']>;
  /** A phone number, as it was typed. */
  readonly phone: Maybe<Scalars['String']['output']>;
  /** What the person may do beyond their own data. */
  readonly roles: Maybe<ReadonlyArray<Role>>;
  /** Sessions that have not ended, oldest first. */
  readonly sessions: Maybe<ReadonlyArray<Session>>;
  /** Whether it can be used. */
  readonly status: Maybe<UserStatus>;
  /** The name that others see; `erased` when the person was erased. */
  readonly username: Scalars['String']['output'];
};


/**
 * A person's account. Anybody may see id, username and createdAt; the rest is null with the error FORBIDDEN unless the person
 * themselves asks, has just proved who they are in the same mutation (by password, or with the token from a mail), or has the
 * scope `users:read:any`.
 */
export type UserHistoryArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** An account as it was right after a change. */
export type UserChangedEvent = {
  readonly __typename?: 'UserChangedEvent';
  /** What happened, for example `PROFILE_UPDATED`. */
  readonly change: Scalars['String']['output'];
  /** Pass it as `after` to continue behind this event. */
  readonly cursor: Scalars['String']['output'];
  /** The account, as of this event. */
  readonly user: User;
};

/** A page of accounts. */
export type UserConnection = {
  readonly __typename?: 'UserConnection';
  /** The accounts with their places. */
  readonly edges: ReadonlyArray<UserEdge>;
  /** Whether there is more. */
  readonly pageInfo: PageInfo;
  /** How many fit the filter altogether. */
  readonly totalCount: Scalars['Int']['output'];
};

/** An account and its place in a list. */
export type UserEdge = {
  readonly __typename?: 'UserEdge';
  /** Its place. */
  readonly cursor: Scalars['String']['output'];
  /** The account. */
  readonly node: User;
};

/** Why a mutation was refused. */
export type UserError = {
  readonly __typename?: 'UserError';
  /** Stable dotted code, such as `ORDER.ALREADY_SHIPPED`. */
  readonly code: Scalars['String']['output'];
  /** Path of the offending input field. */
  readonly field: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** A sentence for a person. */
  readonly message: Scalars['String']['output'];
};

/** Which accounts. At most one of these may be given. */
export type UserFilter = {
  /** Whose e-mail address begins with this, whatever its case. */
  readonly email?: InputMaybe<Scalars['String']['input']>;
  /** With this role. */
  readonly role?: InputMaybe<Role>;
  /** In this state. */
  readonly status?: InputMaybe<UserStatus>;
  /** Whose user name begins with this, whatever its case. */
  readonly username?: InputMaybe<Scalars['String']['input']>;
};

/** Where an account is in its life. */
export type UserStatus =
  /** In use. */
  | 'ACTIVE'
  /** Closed; nobody can sign in. */
  | 'DEACTIVATED'
  /** The person is gone, the id stays. */
  | 'ERASED'
  /** Opened without a password, which the mailed link sets. */
  | 'PENDING';

/** An address to confirm. */
export type VerifyEmailInput = {
  /** Repeating a request with the same key gives the first answer again; wins over the header. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** The token from the mail. */
  readonly token: Scalars['String']['input'];
};

/** An address that was confirmed. */
export type VerifyEmailPayload = {
  readonly __typename?: 'VerifyEmailPayload';
  /** Send it as `x-consistency-token` to read what this wrote. */
  readonly consistencyToken: Maybe<Scalars['String']['output']>;
  /** The account; null when refused. */
  readonly user: Maybe<User>;
  /** Why it was refused; empty when it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  User: User;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Actor: ResolverTypeWrapper<Actor>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  ActorKind: ActorKind;
  AddAddressInput: AddAddressInput;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  AddAddressPayload: ResolverTypeWrapper<Omit<AddAddressPayload, 'address' | 'user'> & { address?: Maybe<ResolversTypes['SavedAddress']>, user?: Maybe<ResolversTypes['User']> }>;
  Address: ResolverTypeWrapper<Address>;
  AddressInput: AddressInput;
  AssignRoleInput: AssignRoleInput;
  AssignRolePayload: ResolverTypeWrapper<Omit<AssignRolePayload, 'user'> & { user?: Maybe<ResolversTypes['User']> }>;
  AuthSession: ResolverTypeWrapper<AuthSession>;
  ChangePasswordInput: ChangePasswordInput;
  ChangePasswordPayload: ResolverTypeWrapper<Omit<ChangePasswordPayload, 'user'> & { user?: Maybe<ResolversTypes['User']> }>;
  ChangeUsernameInput: ChangeUsernameInput;
  ChangeUsernamePayload: ResolverTypeWrapper<Omit<ChangeUsernamePayload, 'user'> & { user?: Maybe<ResolversTypes['User']> }>;
  CompleteRegistrationInput: CompleteRegistrationInput;
  CompleteRegistrationPayload: ResolverTypeWrapper<Omit<CompleteRegistrationPayload, 'user'> & { user?: Maybe<ResolversTypes['User']> }>;
  ConfirmEmailChangeInput: ConfirmEmailChangeInput;
  ConfirmEmailChangePayload: ResolverTypeWrapper<Omit<ConfirmEmailChangePayload, 'user'> & { user?: Maybe<ResolversTypes['User']> }>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DeactivateUserInput: DeactivateUserInput;
  DeactivateUserPayload: ResolverTypeWrapper<Omit<DeactivateUserPayload, 'user'> & { user?: Maybe<ResolversTypes['User']> }>;
  EraseMeInput: EraseMeInput;
  EraseMePayload: ResolverTypeWrapper<Omit<EraseMePayload, 'user'> & { user?: Maybe<ResolversTypes['User']> }>;
  HistoryConnection: ResolverTypeWrapper<HistoryConnection>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  HistoryEdge: ResolverTypeWrapper<HistoryEdge>;
  HistoryEntry: ResolverTypeWrapper<HistoryEntry>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  ParkedMessage: ResolverTypeWrapper<ParkedMessage>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RefreshSessionInput: RefreshSessionInput;
  RefreshSessionPayload: ResolverTypeWrapper<RefreshSessionPayload>;
  RegisterUserInput: RegisterUserInput;
  RegisterUserPayload: ResolverTypeWrapper<Omit<RegisterUserPayload, 'user'> & { user?: Maybe<ResolversTypes['User']> }>;
  RemoveAddressInput: RemoveAddressInput;
  RemoveAddressPayload: ResolverTypeWrapper<Omit<RemoveAddressPayload, 'user'> & { user?: Maybe<ResolversTypes['User']> }>;
  ReplayUserParkedMessagesInput: ReplayUserParkedMessagesInput;
  ReplayUserParkedMessagesPayload: ResolverTypeWrapper<ReplayUserParkedMessagesPayload>;
  RequestEmailChangeInput: RequestEmailChangeInput;
  RequestEmailChangePayload: ResolverTypeWrapper<Omit<RequestEmailChangePayload, 'user'> & { user?: Maybe<ResolversTypes['User']> }>;
  RequestPasswordResetInput: RequestPasswordResetInput;
  RequestPasswordResetPayload: ResolverTypeWrapper<RequestPasswordResetPayload>;
  ResendVerificationInput: ResendVerificationInput;
  ResendVerificationPayload: ResolverTypeWrapper<ResendVerificationPayload>;
  ResetPasswordInput: ResetPasswordInput;
  ResetPasswordPayload: ResolverTypeWrapper<Omit<ResetPasswordPayload, 'user'> & { user?: Maybe<ResolversTypes['User']> }>;
  RevokeRoleInput: RevokeRoleInput;
  RevokeRolePayload: ResolverTypeWrapper<Omit<RevokeRolePayload, 'user'> & { user?: Maybe<ResolversTypes['User']> }>;
  RevokeSessionInput: RevokeSessionInput;
  RevokeSessionPayload: ResolverTypeWrapper<RevokeSessionPayload>;
  Role: Role;
  SavedAddress: ResolverTypeWrapper<BookEntry>;
  Session: ResolverTypeWrapper<SessionDoc>;
  SessionChange: SessionChange;
  SessionChangedEvent: ResolverTypeWrapper<SessionChangedEvent>;
  SetDefaultAddressInput: SetDefaultAddressInput;
  SetDefaultAddressPayload: ResolverTypeWrapper<Omit<SetDefaultAddressPayload, 'user'> & { user?: Maybe<ResolversTypes['User']> }>;
  SignInInput: SignInInput;
  SignInPayload: ResolverTypeWrapper<Omit<SignInPayload, 'user'> & { user?: Maybe<ResolversTypes['User']> }>;
  SignOutEverywhereInput: SignOutEverywhereInput;
  SignOutEverywherePayload: ResolverTypeWrapper<Omit<SignOutEverywherePayload, 'user'> & { user?: Maybe<ResolversTypes['User']> }>;
  SignOutInput: SignOutInput;
  SignOutPayload: ResolverTypeWrapper<SignOutPayload>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  UpdateAddressInput: UpdateAddressInput;
  UpdateAddressPayload: ResolverTypeWrapper<Omit<UpdateAddressPayload, 'address' | 'user'> & { address?: Maybe<ResolversTypes['SavedAddress']>, user?: Maybe<ResolversTypes['User']> }>;
  UpdateProfileInput: UpdateProfileInput;
  UpdateProfilePayload: ResolverTypeWrapper<Omit<UpdateProfilePayload, 'user'> & { user?: Maybe<ResolversTypes['User']> }>;
  User: ResolverTypeWrapper<ShownUser>;
  UserChangedEvent: ResolverTypeWrapper<Omit<UserChangedEvent, 'user'> & { user: ResolversTypes['User'] }>;
  UserConnection: ResolverTypeWrapper<UserPage>;
  UserEdge: ResolverTypeWrapper<Omit<UserEdge, 'node'> & { node: ResolversTypes['User'] }>;
  UserError: ResolverTypeWrapper<UserError>;
  UserFilter: UserFilter;
  UserStatus: UserStatus;
  VerifyEmailInput: VerifyEmailInput;
  VerifyEmailPayload: ResolverTypeWrapper<Omit<VerifyEmailPayload, 'user'> & { user?: Maybe<ResolversTypes['User']> }>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Actor: Actor;
  ID: Scalars['ID']['output'];
  AddAddressInput: AddAddressInput;
  Boolean: Scalars['Boolean']['output'];
  String: Scalars['String']['output'];
  AddAddressPayload: Omit<AddAddressPayload, 'address' | 'user'> & { address?: Maybe<ResolversParentTypes['SavedAddress']>, user?: Maybe<ResolversParentTypes['User']> };
  Address: Address;
  AddressInput: AddressInput;
  AssignRoleInput: AssignRoleInput;
  AssignRolePayload: Omit<AssignRolePayload, 'user'> & { user?: Maybe<ResolversParentTypes['User']> };
  AuthSession: AuthSession;
  ChangePasswordInput: ChangePasswordInput;
  ChangePasswordPayload: Omit<ChangePasswordPayload, 'user'> & { user?: Maybe<ResolversParentTypes['User']> };
  ChangeUsernameInput: ChangeUsernameInput;
  ChangeUsernamePayload: Omit<ChangeUsernamePayload, 'user'> & { user?: Maybe<ResolversParentTypes['User']> };
  CompleteRegistrationInput: CompleteRegistrationInput;
  CompleteRegistrationPayload: Omit<CompleteRegistrationPayload, 'user'> & { user?: Maybe<ResolversParentTypes['User']> };
  ConfirmEmailChangeInput: ConfirmEmailChangeInput;
  ConfirmEmailChangePayload: Omit<ConfirmEmailChangePayload, 'user'> & { user?: Maybe<ResolversParentTypes['User']> };
  DateTime: Scalars['DateTime']['output'];
  DeactivateUserInput: DeactivateUserInput;
  DeactivateUserPayload: Omit<DeactivateUserPayload, 'user'> & { user?: Maybe<ResolversParentTypes['User']> };
  EraseMeInput: EraseMeInput;
  EraseMePayload: Omit<EraseMePayload, 'user'> & { user?: Maybe<ResolversParentTypes['User']> };
  HistoryConnection: HistoryConnection;
  Int: Scalars['Int']['output'];
  HistoryEdge: HistoryEdge;
  HistoryEntry: HistoryEntry;
  Mutation: Record<PropertyKey, never>;
  PageInfo: PageInfo;
  ParkedMessage: ParkedMessage;
  Query: Record<PropertyKey, never>;
  RefreshSessionInput: RefreshSessionInput;
  RefreshSessionPayload: RefreshSessionPayload;
  RegisterUserInput: RegisterUserInput;
  RegisterUserPayload: Omit<RegisterUserPayload, 'user'> & { user?: Maybe<ResolversParentTypes['User']> };
  RemoveAddressInput: RemoveAddressInput;
  RemoveAddressPayload: Omit<RemoveAddressPayload, 'user'> & { user?: Maybe<ResolversParentTypes['User']> };
  ReplayUserParkedMessagesInput: ReplayUserParkedMessagesInput;
  ReplayUserParkedMessagesPayload: ReplayUserParkedMessagesPayload;
  RequestEmailChangeInput: RequestEmailChangeInput;
  RequestEmailChangePayload: Omit<RequestEmailChangePayload, 'user'> & { user?: Maybe<ResolversParentTypes['User']> };
  RequestPasswordResetInput: RequestPasswordResetInput;
  RequestPasswordResetPayload: RequestPasswordResetPayload;
  ResendVerificationInput: ResendVerificationInput;
  ResendVerificationPayload: ResendVerificationPayload;
  ResetPasswordInput: ResetPasswordInput;
  ResetPasswordPayload: Omit<ResetPasswordPayload, 'user'> & { user?: Maybe<ResolversParentTypes['User']> };
  RevokeRoleInput: RevokeRoleInput;
  RevokeRolePayload: Omit<RevokeRolePayload, 'user'> & { user?: Maybe<ResolversParentTypes['User']> };
  RevokeSessionInput: RevokeSessionInput;
  RevokeSessionPayload: RevokeSessionPayload;
  SavedAddress: BookEntry;
  Session: SessionDoc;
  SessionChangedEvent: SessionChangedEvent;
  SetDefaultAddressInput: SetDefaultAddressInput;
  SetDefaultAddressPayload: Omit<SetDefaultAddressPayload, 'user'> & { user?: Maybe<ResolversParentTypes['User']> };
  SignInInput: SignInInput;
  SignInPayload: Omit<SignInPayload, 'user'> & { user?: Maybe<ResolversParentTypes['User']> };
  SignOutEverywhereInput: SignOutEverywhereInput;
  SignOutEverywherePayload: Omit<SignOutEverywherePayload, 'user'> & { user?: Maybe<ResolversParentTypes['User']> };
  SignOutInput: SignOutInput;
  SignOutPayload: SignOutPayload;
  Subscription: Record<PropertyKey, never>;
  UpdateAddressInput: UpdateAddressInput;
  UpdateAddressPayload: Omit<UpdateAddressPayload, 'address' | 'user'> & { address?: Maybe<ResolversParentTypes['SavedAddress']>, user?: Maybe<ResolversParentTypes['User']> };
  UpdateProfileInput: UpdateProfileInput;
  UpdateProfilePayload: Omit<UpdateProfilePayload, 'user'> & { user?: Maybe<ResolversParentTypes['User']> };
  User: ShownUser;
  UserChangedEvent: Omit<UserChangedEvent, 'user'> & { user: ResolversParentTypes['User'] };
  UserConnection: UserPage;
  UserEdge: Omit<UserEdge, 'node'> & { node: ResolversParentTypes['User'] };
  UserError: UserError;
  UserFilter: UserFilter;
  VerifyEmailInput: VerifyEmailInput;
  VerifyEmailPayload: Omit<VerifyEmailPayload, 'user'> & { user?: Maybe<ResolversParentTypes['User']> };
};

export type ActorResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Actor'] = ResolversParentTypes['Actor']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ActorKind'], ParentType, ContextType>;
};

export type AddAddressPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['AddAddressPayload'] = ResolversParentTypes['AddAddressPayload']> = {
  address?: Resolver<Maybe<ResolversTypes['SavedAddress']>, ParentType, ContextType>;
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type AddressResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Address'] = ResolversParentTypes['Address']> = {
  city?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  country?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  line1?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  line2?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  postalCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  region?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type AssignRolePayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['AssignRolePayload'] = ResolversParentTypes['AssignRolePayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type AuthSessionResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['AuthSession'] = ResolversParentTypes['AuthSession']> = {
  accessToken?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  accessTokenExpiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  refreshToken?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  refreshTokenExpiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type ChangePasswordPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['ChangePasswordPayload'] = ResolversParentTypes['ChangePasswordPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ChangeUsernamePayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['ChangeUsernamePayload'] = ResolversParentTypes['ChangeUsernamePayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CompleteRegistrationPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['CompleteRegistrationPayload'] = ResolversParentTypes['CompleteRegistrationPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ConfirmEmailChangePayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['ConfirmEmailChangePayload'] = ResolversParentTypes['ConfirmEmailChangePayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DeactivateUserPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['DeactivateUserPayload'] = ResolversParentTypes['DeactivateUserPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type EraseMePayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['EraseMePayload'] = ResolversParentTypes['EraseMePayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type HistoryConnectionResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['HistoryConnection'] = ResolversParentTypes['HistoryConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['HistoryEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type HistoryEdgeResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['HistoryEdge'] = ResolversParentTypes['HistoryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['HistoryEntry'], ParentType, ContextType>;
};

export type HistoryEntryResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['HistoryEntry'] = ResolversParentTypes['HistoryEntry']> = {
  actor?: Resolver<ResolversTypes['Actor'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  cause?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  command?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  correlation?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  event?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  addAddress?: Resolver<ResolversTypes['AddAddressPayload'], ParentType, ContextType, RequireFields<MutationAddAddressArgs, 'input'>>;
  assignRole?: Resolver<ResolversTypes['AssignRolePayload'], ParentType, ContextType, RequireFields<MutationAssignRoleArgs, 'input'>>;
  changePassword?: Resolver<ResolversTypes['ChangePasswordPayload'], ParentType, ContextType, RequireFields<MutationChangePasswordArgs, 'input'>>;
  changeUsername?: Resolver<ResolversTypes['ChangeUsernamePayload'], ParentType, ContextType, RequireFields<MutationChangeUsernameArgs, 'input'>>;
  completeRegistration?: Resolver<ResolversTypes['CompleteRegistrationPayload'], ParentType, ContextType, RequireFields<MutationCompleteRegistrationArgs, 'input'>>;
  confirmEmailChange?: Resolver<ResolversTypes['ConfirmEmailChangePayload'], ParentType, ContextType, RequireFields<MutationConfirmEmailChangeArgs, 'input'>>;
  deactivateUser?: Resolver<ResolversTypes['DeactivateUserPayload'], ParentType, ContextType, RequireFields<MutationDeactivateUserArgs, 'input'>>;
  eraseMe?: Resolver<ResolversTypes['EraseMePayload'], ParentType, ContextType, RequireFields<MutationEraseMeArgs, 'input'>>;
  refreshSession?: Resolver<ResolversTypes['RefreshSessionPayload'], ParentType, ContextType, RequireFields<MutationRefreshSessionArgs, 'input'>>;
  registerUser?: Resolver<ResolversTypes['RegisterUserPayload'], ParentType, ContextType, RequireFields<MutationRegisterUserArgs, 'input'>>;
  removeAddress?: Resolver<ResolversTypes['RemoveAddressPayload'], ParentType, ContextType, RequireFields<MutationRemoveAddressArgs, 'input'>>;
  replayUserParkedMessages?: Resolver<ResolversTypes['ReplayUserParkedMessagesPayload'], ParentType, ContextType, RequireFields<MutationReplayUserParkedMessagesArgs, 'input'>>;
  requestEmailChange?: Resolver<ResolversTypes['RequestEmailChangePayload'], ParentType, ContextType, RequireFields<MutationRequestEmailChangeArgs, 'input'>>;
  requestPasswordReset?: Resolver<ResolversTypes['RequestPasswordResetPayload'], ParentType, ContextType, RequireFields<MutationRequestPasswordResetArgs, 'input'>>;
  resendVerification?: Resolver<ResolversTypes['ResendVerificationPayload'], ParentType, ContextType, RequireFields<MutationResendVerificationArgs, 'input'>>;
  resetPassword?: Resolver<ResolversTypes['ResetPasswordPayload'], ParentType, ContextType, RequireFields<MutationResetPasswordArgs, 'input'>>;
  revokeRole?: Resolver<ResolversTypes['RevokeRolePayload'], ParentType, ContextType, RequireFields<MutationRevokeRoleArgs, 'input'>>;
  revokeSession?: Resolver<ResolversTypes['RevokeSessionPayload'], ParentType, ContextType, RequireFields<MutationRevokeSessionArgs, 'input'>>;
  setDefaultAddress?: Resolver<ResolversTypes['SetDefaultAddressPayload'], ParentType, ContextType, RequireFields<MutationSetDefaultAddressArgs, 'input'>>;
  signIn?: Resolver<ResolversTypes['SignInPayload'], ParentType, ContextType, RequireFields<MutationSignInArgs, 'input'>>;
  signOut?: Resolver<ResolversTypes['SignOutPayload'], ParentType, ContextType, RequireFields<MutationSignOutArgs, 'input'>>;
  signOutEverywhere?: Resolver<ResolversTypes['SignOutEverywherePayload'], ParentType, ContextType, RequireFields<MutationSignOutEverywhereArgs, 'input'>>;
  updateAddress?: Resolver<ResolversTypes['UpdateAddressPayload'], ParentType, ContextType, RequireFields<MutationUpdateAddressArgs, 'input'>>;
  updateProfile?: Resolver<ResolversTypes['UpdateProfilePayload'], ParentType, ContextType, RequireFields<MutationUpdateProfileArgs, 'input'>>;
  verifyEmail?: Resolver<ResolversTypes['VerifyEmailPayload'], ParentType, ContextType, RequireFields<MutationVerifyEmailArgs, 'input'>>;
};

export type PageInfoResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ParkedMessageResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['ParkedMessage'] = ResolversParentTypes['ParkedMessage']> = {
  cause?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  context?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  correlation?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  group?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  parkedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  stream?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  topic?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  type?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  me?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType, RequireFields<QueryUserArgs, 'id'>>;
  userParkedMessages?: Resolver<Maybe<ReadonlyArray<ResolversTypes['ParkedMessage']>>, ParentType, ContextType, Partial<QueryUserParkedMessagesArgs>>;
  users?: Resolver<ResolversTypes['UserConnection'], ParentType, ContextType, Partial<QueryUsersArgs>>;
};

export type RefreshSessionPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['RefreshSessionPayload'] = ResolversParentTypes['RefreshSessionPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  session?: Resolver<Maybe<ResolversTypes['AuthSession']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RegisterUserPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['RegisterUserPayload'] = ResolversParentTypes['RegisterUserPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RemoveAddressPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['RemoveAddressPayload'] = ResolversParentTypes['RemoveAddressPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ReplayUserParkedMessagesPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['ReplayUserParkedMessagesPayload'] = ResolversParentTypes['ReplayUserParkedMessagesPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  failure?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  handled?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  left?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RequestEmailChangePayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['RequestEmailChangePayload'] = ResolversParentTypes['RequestEmailChangePayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RequestPasswordResetPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['RequestPasswordResetPayload'] = ResolversParentTypes['RequestPasswordResetPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ResendVerificationPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['ResendVerificationPayload'] = ResolversParentTypes['ResendVerificationPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ResetPasswordPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['ResetPasswordPayload'] = ResolversParentTypes['ResetPasswordPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RevokeRolePayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['RevokeRolePayload'] = ResolversParentTypes['RevokeRolePayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RevokeSessionPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['RevokeSessionPayload'] = ResolversParentTypes['RevokeSessionPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SavedAddressResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['SavedAddress'] = ResolversParentTypes['SavedAddress']> = {
  address?: Resolver<ResolversTypes['Address'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isDefault?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type SessionResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Session'] = ResolversParentTypes['Session']> = {
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isCurrent?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  refreshedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  startedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type SessionChangedEventResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['SessionChangedEvent'] = ResolversParentTypes['SessionChangedEvent']> = {
  change?: Resolver<ResolversTypes['SessionChange'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sessionId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type SetDefaultAddressPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['SetDefaultAddressPayload'] = ResolversParentTypes['SetDefaultAddressPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SignInPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['SignInPayload'] = ResolversParentTypes['SignInPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  session?: Resolver<Maybe<ResolversTypes['AuthSession']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SignOutEverywherePayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['SignOutEverywherePayload'] = ResolversParentTypes['SignOutEverywherePayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SignOutPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['SignOutPayload'] = ResolversParentTypes['SignOutPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  mySessionsChanged?: SubscriptionResolver<ResolversTypes['SessionChangedEvent'], "mySessionsChanged", ParentType, ContextType, Partial<SubscriptionMySessionsChangedArgs>>;
  userChanged?: SubscriptionResolver<ResolversTypes['UserChangedEvent'], "userChanged", ParentType, ContextType, Partial<SubscriptionUserChangedArgs>>;
};

export type UpdateAddressPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['UpdateAddressPayload'] = ResolversParentTypes['UpdateAddressPayload']> = {
  address?: Resolver<Maybe<ResolversTypes['SavedAddress']>, ParentType, ContextType>;
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpdateProfilePayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['UpdateProfilePayload'] = ResolversParentTypes['UpdateProfilePayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UserResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  addresses?: Resolver<Maybe<ReadonlyArray<ResolversTypes['SavedAddress']>>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  defaultAddress?: Resolver<Maybe<ResolversTypes['SavedAddress']>, ParentType, ContextType>;
  displayName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  emailVerified?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  history?: Resolver<Maybe<ResolversTypes['HistoryConnection']>, ParentType, ContextType, Partial<UserHistoryArgs>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  pendingEmail?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  phone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  roles?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Role']>>, ParentType, ContextType>;
  sessions?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Session']>>, ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['UserStatus']>, ParentType, ContextType>;
  username?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type UserChangedEventResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['UserChangedEvent'] = ResolversParentTypes['UserChangedEvent']> = {
  change?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type UserConnectionResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['UserConnection'] = ResolversParentTypes['UserConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['UserEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type UserEdgeResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['UserEdge'] = ResolversParentTypes['UserEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type VerifyEmailPayloadResolvers<ContextType = SubgraphContext, ParentType extends ResolversParentTypes['VerifyEmailPayload'] = ResolversParentTypes['VerifyEmailPayload']> = {
  consistencyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = SubgraphContext> = {
  Actor?: ActorResolvers<ContextType>;
  AddAddressPayload?: AddAddressPayloadResolvers<ContextType>;
  Address?: AddressResolvers<ContextType>;
  AssignRolePayload?: AssignRolePayloadResolvers<ContextType>;
  AuthSession?: AuthSessionResolvers<ContextType>;
  ChangePasswordPayload?: ChangePasswordPayloadResolvers<ContextType>;
  ChangeUsernamePayload?: ChangeUsernamePayloadResolvers<ContextType>;
  CompleteRegistrationPayload?: CompleteRegistrationPayloadResolvers<ContextType>;
  ConfirmEmailChangePayload?: ConfirmEmailChangePayloadResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  DeactivateUserPayload?: DeactivateUserPayloadResolvers<ContextType>;
  EraseMePayload?: EraseMePayloadResolvers<ContextType>;
  HistoryConnection?: HistoryConnectionResolvers<ContextType>;
  HistoryEdge?: HistoryEdgeResolvers<ContextType>;
  HistoryEntry?: HistoryEntryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  ParkedMessage?: ParkedMessageResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RefreshSessionPayload?: RefreshSessionPayloadResolvers<ContextType>;
  RegisterUserPayload?: RegisterUserPayloadResolvers<ContextType>;
  RemoveAddressPayload?: RemoveAddressPayloadResolvers<ContextType>;
  ReplayUserParkedMessagesPayload?: ReplayUserParkedMessagesPayloadResolvers<ContextType>;
  RequestEmailChangePayload?: RequestEmailChangePayloadResolvers<ContextType>;
  RequestPasswordResetPayload?: RequestPasswordResetPayloadResolvers<ContextType>;
  ResendVerificationPayload?: ResendVerificationPayloadResolvers<ContextType>;
  ResetPasswordPayload?: ResetPasswordPayloadResolvers<ContextType>;
  RevokeRolePayload?: RevokeRolePayloadResolvers<ContextType>;
  RevokeSessionPayload?: RevokeSessionPayloadResolvers<ContextType>;
  SavedAddress?: SavedAddressResolvers<ContextType>;
  Session?: SessionResolvers<ContextType>;
  SessionChangedEvent?: SessionChangedEventResolvers<ContextType>;
  SetDefaultAddressPayload?: SetDefaultAddressPayloadResolvers<ContextType>;
  SignInPayload?: SignInPayloadResolvers<ContextType>;
  SignOutEverywherePayload?: SignOutEverywherePayloadResolvers<ContextType>;
  SignOutPayload?: SignOutPayloadResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  UpdateAddressPayload?: UpdateAddressPayloadResolvers<ContextType>;
  UpdateProfilePayload?: UpdateProfilePayloadResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  UserChangedEvent?: UserChangedEventResolvers<ContextType>;
  UserConnection?: UserConnectionResolvers<ContextType>;
  UserEdge?: UserEdgeResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  VerifyEmailPayload?: VerifyEmailPayloadResolvers<ContextType>;
};

