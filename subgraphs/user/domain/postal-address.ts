import { type Address, ok, type Rejection, type Result, refused } from '@mercato/shared-kernel/domain'
import { isLine } from './text.ts'

/** An address as a form sends it. */
export interface AddressInput {
  readonly name: string
  readonly line1: string
  readonly line2?: string | null | undefined
  readonly city: string
  readonly postalCode: string
  readonly region?: string | null | undefined
  readonly country: string
}

const REQUIRED = [
  ['name', 100],
  ['line1', 200],
  ['city', 100],
  ['postalCode', 20],
] as const
const OPTIONAL = [
  ['line2', 200],
  ['region', 100],
] as const

const invalid = (part: string, message: string): Rejection => ({
  code: 'ADDRESS.INVALID',
  message,
  field: ['address', part],
})

/** Checks an address; lines are trimmed, empty optional ones count as absent. */
export const parseAddress = (input: AddressInput): Result<Address> => {
  const lines: Partial<Record<keyof AddressInput, string>> = {}
  for (const [part, max] of [...REQUIRED, ...OPTIONAL]) {
    const text = input[part]?.trim() ?? ''
    if (text !== '') lines[part] = text
    const missing = text === '' && REQUIRED.some(([required]) => required === part)
    if (missing || (text !== '' && !isLine(text, max)))
      return refused(invalid(part, `This must be one line of 1 to ${max} characters.`))
  }
  if (!/^[A-Z]{2}$/.test(input.country))
    return refused(invalid('country', 'A country is a code of two capital letters, such as DE.'))
  const { name = '', line1 = '', city = '', postalCode = '', ...optional } = lines
  return ok({ name, line1, city, postalCode, ...optional, country: input.country })
}
