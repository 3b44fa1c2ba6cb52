import { idsContract } from '@mercato/shared-kernel/testing'
import { expect, it } from 'vitest'
import { createUuidIds } from './uuid.ts'

idsContract('uuid', createUuidIds)

it('derives as RFC 9562 says', () => {
  // The example of the standard: www.example.com in the namespace of DNS.
  const dns = '6ba7b810-9dad-11d1-80b4-00c04fd430c8'
  expect(createUuidIds().derive(dns, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2')
})
