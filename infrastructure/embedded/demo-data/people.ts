import { DEMO_PASSWORD } from '../demo.ts'
import { createSeeder, type Seeder, type SeedOptions, signedIn, until } from './caller.ts'

const ADDRESSES = [
  { name: 'Carla Customer', line1: 'Market Street 7', city: 'Berlin', postalCode: '10115', country: 'DE' },
  {
    name: 'Carla Customer',
    line1: 'Harbour Lane 12',
    line2: 'c/o Smith',
    city: 'Bergen',
    postalCode: '5003',
    country: 'NO',
  },
]

const IS_THERE = 'query SeedIsThere($id: ID!) { user(id: $id) { status } }'

/** Accounts in every state, besides one for each role; the customer gets a profile and an address book. */
export const seedPeople = async (options: SeedOptions, customer: Seeder, admin: Seeder): Promise<void> => {
  const nobody = createSeeder(options)
  const emailOf = (username: string): string => `${username}@mercato.local`
  const register = async (username: string, password?: string): Promise<string> =>
    (
      await nobody.tell(
        `register/${username}`,
        'registerUser',
        { email: emailOf(username), username, password },
        'user { id }',
      )
    )['user'].id

  await customer.tell('profile', 'updateProfile', { displayName: 'Carla Customer', phone: '+49 30 1234567' })
  for (const address of ADDRESSES) await customer.tell(`address/${address.city}`, 'addAddress', { address })

  await register('pending')
  await register('unverified', DEMO_PASSWORD)
  const closed = await register('deactivated', DEMO_PASSWORD)
  await admin.tell('deactivate', 'deactivateUser', { userId: closed })
  const gone = await register('gone', DEMO_PASSWORD)
  // Who is erased cannot sign in a second time.
  let status: string | undefined
  await until('an account that was registered', async () => {
    status = (await admin.ask(IS_THERE, { id: gone }))['user']?.status
    return status !== undefined
  })
  if (status !== 'ERASED') await (await signedIn(options, emailOf('gone'), DEMO_PASSWORD)).tell('erase', 'eraseMe', {})
}
