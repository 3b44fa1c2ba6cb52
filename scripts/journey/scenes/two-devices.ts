import { check, same } from '../expectations.ts'
import type { Person } from '../people.ts'

interface Me {
  readonly me: {
    readonly addresses: readonly {
      readonly id: string
      readonly isDefault: boolean
      readonly address: { readonly city: string }
    }[]
  }
}
interface Sessions {
  readonly me: { readonly sessions: readonly { readonly id: string; readonly isCurrent: boolean }[] }
}

const address = (name: string, city: string) => ({ name, line1: 'Canal 3', city, postalCode: '1012', country: 'NL' })

/** The same account on two devices: what one writes the other sees, and one can sign the other out. */
export const twoDevices = async (laptop: Person, phone: Person): Promise<void> => {
  const { name } = laptop
  await phone.client.tell('user/add-address', { address: address(name, 'Utrecht'), asDefault: true })
  phone.tells('saves an address on the phone')
  const saved = await laptop.client.eventually('the address on the laptop', async () => {
    const { me } = await laptop.client.ask<Me>('user/me')
    return me.addresses[0]
  })
  same([saved.address.city, saved.isDefault], ['Utrecht', true], 'The address on the laptop')
  await laptop.client.tell('user/update-address', { addressId: saved.id, address: address(name, 'Leiden') })
  laptop.tells('moves from Utrecht to Leiden on the laptop')
  await phone.client.eventually('the new address on the phone', async () => {
    const { me } = await phone.client.ask<Me>('user/me')
    return me.addresses[0]?.address.city === 'Leiden' ? true : undefined
  })
  phone.tells('sees the new address on the phone')

  const { me } = await laptop.client.ask<Sessions>('user/my-sessions')
  const other = me.sessions.find(({ isCurrent }) => !isCurrent)
  check(me.sessions.length === 2 && other !== undefined, 'There should be two sessions.', me.sessions)
  await laptop.client.tell('user/revoke-session', { sessionId: other.id })
  laptop.tells('signs the phone out from the laptop')
  await laptop.client.eventually('the phone to be signed out', async () =>
    phone.client.ask('user/me').then(
      () => undefined,
      (error: Error) => (error.message.includes('UNAUTHENTICATED') ? true : Promise.reject(error)),
    ),
  )
  phone.tells('is signed out on the phone')
}
