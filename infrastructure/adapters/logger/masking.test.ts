import { describe, expect, it } from 'vitest'
import { createMasking } from './masking.ts'

const JWT = 'eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl'
const masking = createMasking(['loyaltyNumber'])

describe('masking', () => {
  it.each([
    'password',
    'newPassword',
    'refreshToken',
    'access_token',
    'Authorization',
    'set-cookie',
    'X-API-Key',
    'apiKeys',
    'clientSecret',
    'DATA_KEY',
    'email',
    'customer_email',
    'emails',
    'phoneNumber',
    'line1',
    'line2',
    'city',
    'postalCode',
    'shippingAddress',
    'addresses',
    'name',
    'firstName',
    'displayName',
    'username',
    'passwordHash',
    'loyalty_number',
  ])('masks the field %s, whatever it holds', name => {
    for (const value of ['canary', 4711, { deep: 'canary' }, ['canary']])
      expect(masking.field(name, value)).toBe('[masked]')
  })

  it.each([
    'operationName',
    'hostname',
    'deadline',
    'view',
    'group',
    'streamId',
    'correlationId',
    'tokenizer',
    'event',
  ])('leaves the field %s alone', name => {
    expect(masking.field(name, 'plain text')).toBe('plain text')
  })

  it('masks at any depth, in maps, sets, arrays, headers and queries', () => {
    const value = {
      list: [{ user: { contact: { email: 'canary' } } }],
      map: new Map([['password', 'canary']]),
      set: new Set([{ token: 'canary' }]),
      headers: new Headers({ cookie: 'canary', accept: 'text/html' }),
      query: new URLSearchParams('X-API-Key=canary&page=2'),
    }
    expect(masking.value(value)).toEqual({
      list: [{ user: { contact: { email: '[masked]' } } }],
      map: { password: '[masked]' },
      set: [{ token: '[masked]' }],
      headers: { cookie: '[masked]', accept: 'text/html' },
      query: { 'X-API-Key': '[masked]', page: '2' },
    })
  })

  it.each([
    ['an e-mail address', "mail to ann.o'hara+x@shop.example.com failed", 'mail to [masked] failed'],
    ['an encoded e-mail address', '/users?q=ann%40shop.example&page=2', '/users?q=[masked]&page=2'],
    ['a JWT', `got ${JWT}, expected none`, 'got [masked], expected none'],
    ['a bearer token', 'authorization: Bearer abc.def-123/x', 'authorization: Bearer [masked]'],
    ['a cookie header', 'cookie: a=1; session=2\nhost: x', 'cookie: [masked]\nhost: x'],
    ['a database URL', 'connect postgres://shop:s3cret@db:5432/order', 'connect postgres://[masked]@db:5432/order'],
    ['a key in a URL', 'GET /graphql?X-API-Key=frontend-1&x=1', 'GET /graphql?X-API-Key=[masked]&x=1'],
    ['a demo API key', 'key frontend-api-key-12345 unknown', 'key [masked] unknown'],
    ['JSON', '{"user":{"password":"a\\"b c","age":3}}', '{"user":{"password":"[masked]","age":3}}'],
    ['JSON in JSON', '{\\"password\\":\\"a b\\",\\"age\\":3}', '{\\"password\\":\\"[masked]\\",\\"age\\":3}'],
    [
      'GraphQL',
      'mutation { signIn(input: {email: "a", password: "p w"}) { id } }',
      'mutation { signIn(input: {email: "[masked]", password: "[masked]"}) { id } }',
    ],
    ['an inspected object', "{ user: { lastName: 'O\\'Hara', age: 3 } }", "{ user: { lastName: '[masked]', age: 3 } }"],
    [
      'a request in JSON',
      '{"query":"{ x(token: \\"t t\\") }","v":{"phone":49123}}',
      '{"query":"{ x(token: \\"[masked]\\") }","v":{"phone":"[masked]"}}',
    ],
    ['an argon2 hash', 'hash $argon2id$v=19$m=1$abc$def bad', 'hash [masked] bad'],
    ['parameters of a query', 'Failed query: select 1\nparams: ann,secret', 'Failed query: select 1\nparams: [masked]'],
    ['a violated key', 'Key (email, x)=(ann, 1) already exists.', 'Key (email, x)=([masked]) already exists.'],
    ['a private key', 'x -----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY----- y', 'x [masked] y'],
  ])('masks %s in text', (_, text, masked) => {
    expect(masking.text(text)).toBe(masked)
    expect(masking.value([{ note: text }, text])).toEqual([{ note: masked }, masked])
  })

  it.each([
    'order.Order-01970000-0000-7000-8000-000000000000 is at revision 3',
    'relay starts at 0000000000000123:0000000000000042',
    'POST /graphql 200 in 12.5 ms',
    'at file:///app/node_modules/.pnpm/vitest@5.1.1_@types+node@24.19.2/node_modules/vitest/dist/run.js:1695:35',
    'listening on http://localhost:8000',
    '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  ])('leaves "%s" alone', text => {
    expect(masking.text(text)).toBe(text)
  })

  it('gives errors with their causes, masked, without the values they quote', () => {
    const database = Object.assign(new Error('duplicate key value'), {
      code: '23505',
      constraint: 'users_email',
      detail: 'Key (email)=(ann@shop.example) already exists.',
      parameters: ['ann@shop.example'],
    })
    const error = new Error('cannot register ann@shop.example', {
      cause: new AggregateError([database, 'token=abc'], 'two', { cause: { password: 'x' } }),
    })
    const masked = masking.value({ error })
    expect(masked).toMatchObject({
      error: {
        name: 'Error',
        message: 'cannot register [masked]',
        stack: expect.stringContaining('masking.test.ts'),
        cause: {
          name: 'AggregateError',
          cause: { password: '[masked]' },
          errors: [{ message: 'duplicate key value', code: '23505', constraint: 'users_email' }, 'token=[masked]'],
        },
      },
    })
    expect(JSON.stringify(masked)).not.toMatch(/ann@|parameters/)
  })

  it('gives what JSON cannot hold a harmless form', () => {
    const circular: Record<string, unknown> = { bytes: new Uint8Array(3), big: 1n, nan: Number.NaN, at: new Date(0) }
    circular['self'] = circular
    circular['run'] = () => 1
    Object.defineProperty(circular, 'broken', {
      enumerable: true,
      configurable: true,
      get() {
        throw new RangeError('ann@shop.example')
      },
    })
    expect(masking.value({ circular })).toEqual({ circular: '[unreadable: RangeError]' })
    delete circular['broken']
    expect(masking.value(circular)).toEqual({
      bytes: '[3 bytes]',
      big: '1',
      nan: 'NaN',
      at: '1970-01-01T00:00:00.000Z',
      self: '[circular]',
      run: '[function]',
    })
  })

  it('stays small and quick on huge, deep and hostile values', () => {
    let deep: unknown = 'x'
    for (let level = 0; level < 10_000; level += 1) deep = [deep]
    const wide = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`k${index}`, { a: [1, 2, 3] }]))
    const texts = [
      'a',
      'a.',
      'eyJ-',
      'x://',
      'Key (',
      '"password":"',
      'token',
      '@a',
      'api-key-',
      'params',
      'a=b;',
      'a:"',
      'a:"b:\'c:`',
      '\\"a\\":\\"',
      '\\',
    ]
    const before = process.cpuUsage()
    expect(JSON.stringify(masking.value(deep)).length).toBeLessThan(100)
    expect(JSON.stringify(masking.value(wide)).length).toBeLessThan(50_000)
    for (const text of texts) expect(masking.text(text.repeat(100_000 / text.length)).length).toBeLessThan(17_000)
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(2_000)
  })
})
