import { isCountry } from './country.ts'
import { isLine } from './line.ts'
import { ok, type Result, refused } from './rejection.ts'

/** A postal address as the shop keeps it. `country` is ISO 3166-1 alpha-2. */
export interface Address {
  readonly name: string
  readonly line1: string
  readonly line2?: string
  readonly city: string
  readonly postalCode: string
  readonly region?: string
  readonly country: string
}

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

const NEEDED = { name: 100, line1: 200, city: 100, postalCode: 20 } as const
const OPTIONAL = { line2: 200, region: 100 } as const

type Part = keyof typeof NEEDED | keyof typeof OPTIONAL

/** Checks an address; lines are trimmed, empty optional ones count as absent. `field` is the path to it. */
export const parseAddress = (input: AddressInput, field: readonly string[]): Result<Address> => {
  const invalid = (part: keyof Address, message: string) =>
    refused({ code: 'ADDRESS.INVALID', message, field: [...field, part] })
  const lines: Partial<Record<Part, string>> = {}
  for (const [name, max] of Object.entries({ ...NEEDED, ...OPTIONAL })) {
    const part = name as Part
    const line = input[part]?.trim() ?? ''
    if (line === '' && part in OPTIONAL) continue
    if (!isLine(line, max)) return invalid(part, `This must be one line of 1 to ${max} visible characters.`)
    lines[part] = line
  }
  if (!isCountry(input.country)) return invalid('country', 'A country is a code of two capital letters, such as DE.')
  const { name = '', line1 = '', city = '', postalCode = '', ...optional } = lines
  return ok({ name, line1, city, postalCode, ...optional, country: input.country })
}
