/** What the demo data and the first screen agree on; README and GraphiQL use the same. */
export const DEMO_API_KEY = 'frontend-api-key-12345'
export const DEMO_PASSWORD = 'correct horse battery staple'
export const DEMO_USERS = [
  { email: 'customer@mercato.local', role: 'CUSTOMER' },
  { email: 'support@mercato.local', role: 'SUPPORT' },
  { email: 'merchandiser@mercato.local', role: 'MERCHANDISER' },
  { email: 'admin@mercato.local', role: 'ADMIN' },
] as const
