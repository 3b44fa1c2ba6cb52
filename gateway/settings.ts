import { z } from 'zod'
import { DEMO_SELLER, type Seller } from './rest/seller.ts'

const text = (most: number, standard: string) =>
  z.string().max(most, `must have at most ${most} characters`).default(standard)

const variables = z.object({
  SELLER_NAME: text(200, DEMO_SELLER.name),
  SELLER_ADDRESS: text(1_000, DEMO_SELLER.address.join('; ')),
  SELLER_TAX_ID: text(60, DEMO_SELLER.taxId),
})

/** The seller from the environment; a made-up one where nothing is set. One sentence names every malformed setting. */
export const sellerFrom = (env: Readonly<Record<string, string | undefined>>): Seller => {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const read = variables.safeParse(given)
  if (!read.success)
    throw new Error(`${read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ')}.`)
  const { SELLER_NAME: name, SELLER_ADDRESS, SELLER_TAX_ID: taxId } = read.data
  return { name, address: SELLER_ADDRESS.split(/\s*;\s*/), taxId }
}
