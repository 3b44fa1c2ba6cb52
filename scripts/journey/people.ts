import { type Client, createClient } from './client.ts'
import { check, eventually, same } from './expectations.ts'
import { createNarrator, type Narrator } from './narrator.ts'

/** Where the journey plays. */
export interface Stage {
  readonly url: string
  readonly apiKey: string
  readonly mailbox: string
  /** How long anything may take that somebody waits for, in milliseconds. */
  readonly patienceMs: number
  /** Tells this run from all others. */
  readonly tag: string
  readonly narrator: Narrator
}

/** Somebody at the edge, of whom nothing is known. */
export type Guest = Omit<Person, 'email'>

/** Somebody who is signed in. */
export interface Person extends AsyncDisposable {
  readonly name: string
  readonly email: string
  readonly client: Client
  /** Says what the person does or sees. */
  tells(what: string): void
}

interface Account {
  readonly username: string
  readonly emailVerified: boolean
}

interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
}

const PASSWORD = 'correct horse battery staple'

const personOf = ({ url, apiKey, patienceMs, narrator }: Stage, name: string, email: string): Person => {
  const client = createClient({ url, apiKey, patienceMs })
  return {
    name,
    email,
    client,
    tells: what => narrator.tell(name, what),
    [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
  }
}

const signIn = async ({ client, email }: Person): Promise<void> => {
  const { session } = await client.tell<{ readonly session: { readonly accessToken: string } }>('user/sign-in', {
    email,
    password: PASSWORD,
  })
  client.signIn(session.accessToken)
}

/** The token of the mailed link. @throws Error when no such mail comes in time */
const mailedToken = ({ mailbox, patienceMs }: Stage, to: string): Promise<string> => {
  const probe = async () => {
    const response = await fetch(mailbox, { headers: { accept: 'application/json' } })
    check(response.ok, `The mailbox ${mailbox} answers ${response.status}.`)
    const { mails } = (await response.json()) as { readonly mails: readonly Mail[] }
    const mail = mails.find(each => each.to.toLowerCase() === to && each.subject === 'Confirm your e-mail address')
    return mail && /#token=(\S+)/.exec(mail.text)?.[1]
  }
  return eventually(`the mail to ${to}`, probe, patienceMs)
}

/** Opens an account, confirms its address with the mailed link, and signs in. */
export const newBuyer = async (stage: Stage, name: string): Promise<Person> => {
  const username = `${name.toLowerCase()}-${stage.tag}`
  const buyer = personOf(stage, name, `${username}@example.com`)
  const { client, email } = buyer
  await client.tell('user/register', { email, username, password: PASSWORD })
  buyer.tells(`opens an account as ${email}`)
  await client.tell('user/verify-email', { token: await mailedToken(stage, email) })
  buyer.tells('follows the link in the mail')
  await signIn(buyer)
  const { me } = await client.ask<{ readonly me: Account | null }>('user/me')
  same([me?.username, me?.emailVerified], [username, true], 'Whoever signs in, and whether the address is verified')
  buyer.tells('signs in')
  return buyer
}

/** Somebody who has not signed in. */
export const stranger = (stage: Stage, name: string): Guest => personOf(stage, name, '')

/** The same person on another device. */
export const onAnotherDevice = async (stage: Stage, { name, email }: Person): Promise<Person> => {
  const person = personOf(stage, name, email)
  await signIn(person)
  person.tells('signs in on another device, too')
  return person
}

/** Signs in somebody of the demo data. */
export const colleague = async (stage: Stage, name: string, email: string): Promise<Person> => {
  const person = personOf(stage, name, email)
  await signIn(person)
  person.tells(`signs in as ${email}`)
  return person
}

export const createStage = (options: {
  readonly url: string
  readonly apiKey: string
  readonly mailbox?: string
  readonly patienceMs?: number
  readonly print: (line: string) => void
}): Stage => ({
  url: options.url,
  apiKey: options.apiKey,
  mailbox: options.mailbox ?? new URL('/dev/mailbox', options.url).href,
  patienceMs: options.patienceMs ?? 20_000,
  tag: Math.random().toString(36).slice(2, 8).padEnd(6, '0'),
  narrator: createNarrator(options.print),
})
