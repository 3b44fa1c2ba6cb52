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
