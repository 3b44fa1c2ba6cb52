export const headersFor = (
  apiKey: string | undefined,
  accessToken: string | undefined,
): Readonly<Record<string, string>> => ({
  'content-type': 'application/json',
  ...(apiKey !== undefined && { 'x-api-key': apiKey }),
  ...(accessToken !== undefined && { authorization: `Bearer ${accessToken}` }),
})
