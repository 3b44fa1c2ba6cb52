import { type Address, ok, type Result, refused } from '@mercato/shared-kernel/domain'
import { invalidAddress } from './rejections.ts'
import { parseLine } from './text.ts'

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

const LIMITS = { name: 100, line1: 200, city: 100, postalCode: 20 } as const
const OPTIONAL = { line2: 200, region: 100 } as const

/** Checks an address; empty optional lines count as absent. */
export const parseAddress = (input: AddressInput, field: readonly string[]): Result<Address> => {
  const address: Record<string, string> = {}
  for (const [key, max] of Object.entries(LIMITS)) {
    const parsed = parseLine(input[key as keyof typeof LIMITS], [...field, key], max)
    if (!parsed.ok) return refused(invalidAddress([...field, key], parsed.rejection.message))
    address[key] = parsed.value
  }
  for (const [key, max] of Object.entries(OPTIONAL)) {
    const text = input[key as keyof typeof OPTIONAL]
    if (text === undefined || text === null || text === '') continue
    const parsed = parseLine(text, [...field, key], max)
    if (!parsed.ok) return refused(invalidAddress([...field, key], parsed.rejection.message))
    address[key] = parsed.value
  }
  const { name = '', line1 = '', city = '', postalCode = '', ...optional } = address
  return /^[A-Z]{2}$/.test(input.country)
    ? ok({ name, line1, city, postalCode, ...optional, country: input.country })
    : refused(invalidAddress([...field, 'country'], 'Country must be a code of two capital letters, such as DE.'))
}
