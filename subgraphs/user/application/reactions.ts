import type { EventEnvelope, KeyVault, Mailer, Reaction } from '@mercato/shared-kernel/application'
import { canonicalEmail } from '@mercato/shared-kernel/domain'
import { isOpen } from '#domain/user-state.ts'
import type { Users } from './aggregates.ts'
import type { UserContextEvent } from './context-events.ts'
import type { IdentityClaims } from './identity-claims.ts'
import type { Letter, Letters } from './mails.ts'
import type { LinkTokens } from './ports.ts'

type Handlers = {
  readonly [Type in UserContextEvent['type']]?: (
    event: Extract<UserContextEvent, { type: Type }>,
    envelope: EventEnvelope<UserContextEvent>,
  ) => Promise<void>
}

/** What follows an event once it is in the log. Everything here may happen twice: mails carry the event's id. */
export const createReactions = (options: {
  readonly users: Users
  readonly identities: IdentityClaims
  readonly vault: KeyVault
  readonly mailer: Mailer
  readonly links: LinkTokens
  readonly letters: Letters
}): Reaction<UserContextEvent> => {
  const { users, identities, vault, mailer, links, letters } = options

  /** Writes to the account as it was at the event, at another mailbox when one is named, unless its person is gone since. */
  const writeTo = async (
    mailbox: string | undefined,
    userId: string,
    { id, streamId, revision }: Pick<EventEnvelope<UserContextEvent>, 'id' | 'streamId' | 'revision'>,
    make: (username: string, isPending: boolean) => Letter,
  ): Promise<void> => {
    const own = streamId === users.streamId(userId)
    const { state } = await users.load(userId, own ? revision : undefined)
    if (!isOpen(state) || state.person.email === '') return
    const { email, username } = state.person
    await mailer.send({ id, to: mailbox ?? email, ...make(username, state.status === 'pending') })
  }
  const write = (
    userId: string,
    envelope: Pick<EventEnvelope<UserContextEvent>, 'id' | 'streamId' | 'revision'>,
    make: (username: string, isPending: boolean) => Letter,
  ): Promise<void> => writeTo(undefined, userId, envelope, make)

  const sendVerification = (userId: string, linkId: string, envelope: EventEnvelope<UserContextEvent>) =>
    write(userId, envelope, (username, isPending) => {
      const token = links.make('verification', userId, linkId)
      return isPending ? letters.setPassword(username, token) : letters.verifyEmail(username, token)
    })

  const handlers: Handlers = {
    async UserRegistered({ data }, envelope) {
      if (data.email === '') return
      await identities.confirm(data.userId, data)
      if (envelope.actor.kind !== 'system') await sendVerification(data.userId, data.link.id, envelope)
    },
    VerificationRequested: ({ data }, envelope) => sendVerification(data.userId, data.link.id, envelope),
    PasswordResetRequested: ({ data }, envelope) =>
      write(data.userId, envelope, username =>
        letters.resetPassword(username, links.make('password-reset', data.userId, data.link.id)),
      ),
    async EmailChangeRequested({ data }, envelope) {
      const { userId, link, email } = data
      await writeTo(email, userId, envelope, username =>
        letters.confirmNewEmail(username, links.make('email-change', userId, link.id)),
      )
      await write(userId, { ...envelope, id: `${envelope.id}/warning` }, letters.emailChangeRequested)
    },
    UsernameChanged: ({ data }) => identities.confirm(data.userId, { username: data.username }),
    async EmailChanged({ data }, envelope) {
      const { userId, email } = data
      if (email === '') return
      await identities.confirm(userId, { email })
      const { state } = await users.load(userId, envelope.revision - 1)
      const former = isOpen(state) ? state.person.email : ''
      if (former === '' || canonicalEmail(former) === canonicalEmail(email)) return
      await identities.release(userId, { email: former })
      await writeTo(former, userId, envelope, letters.emailChanged)
    },
    async PasswordSet({ data }, envelope) {
      if (data.reason !== 'registration') await write(data.userId, envelope, letters.passwordChanged)
    },
    async SessionRevoked({ data }, envelope) {
      if (data.reason === 'token-reused') await write(data.userId, envelope, letters.tokenReused)
    },
    async UserErased({ data }, { revision }) {
      const { state } = await users.load(data.userId, revision - 1)
      if (state.status !== 'none' && state.status !== 'abandoned') {
        const { email, formerMailboxes = [] } = state.person
        if (email !== '') await identities.release(data.userId, { email })
        for (const mailbox of new Set([email, ...formerMailboxes])) if (mailbox !== '') await mailer.forget(mailbox)
      }
      await vault.destroy(data.userId)
    },
    SigningKeyRetired: ({ data }) => vault.destroy(data.keyId),
  }

  return async envelope => {
    const handle = handlers[envelope.event.type] as
      | ((event: UserContextEvent, envelope: EventEnvelope<UserContextEvent>) => Promise<void>)
      | undefined
    await handle?.(envelope.event, envelope)
  }
}
