import { DEMO_SELLER, routesFor } from '@mercato/gateway/rest'
import { expect } from 'vitest'
import type { Person } from './testing-people.ts'
import type { System } from './testing-system.ts'

// biome-ignore lint/suspicious/noExplicitAny: answers are asserted on, field by field
export type Body = any

interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: Body
}

const routes = routesFor(DEMO_SELLER).map(route => ({
  ...route,
  pattern: new RegExp(`^${route.path.replace(/\{\w+\}/g, '[^/]+')}$`),
}))

/** Who speaks REST alone, holds every answer against its document, and knows what was not called yet. */
export const createRestClient = (gateway: System['gateway']) => {
  /** Operations that were called and answered as documented. */
  const answered = new Set<string>()

  /** Calls a route; an answer that succeeds must have the documented status and shape. */
  const call = async (
    who: Person | undefined,
    method: string,
    path: string,
    body?: unknown,
    more: Readonly<Record<string, string>> = {},
  ): Promise<Answer> => {
    const response = await gateway.fetch(
      new Request(`http://gateway/api/v1${path}`, {
        method,
        headers: {
          'x-consumer-username': 'frontend',
          ...(who?.token === undefined ? {} : { authorization: `Bearer ${who.token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...more,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    )
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json') ?? false
    const answer = {
      status: response.status,
      headers: response.headers,
      body: isJson && text !== '' ? JSON.parse(text) : text,
    }
    const route = routes.find(each => each.method === method && each.pattern.test(path.split('?')[0] ?? ''))
    if (!route) throw new TypeError(`there is no ${method} ${path}`)
    if (answer.status >= 400) {
      expect(answer.status).toBeLessThan(500)
      expect(response.headers.get('content-type')).toBe('application/problem+json')
      return answer
    }
    if (answer.status === 304) return answer
    expect([route.operation, answer.status]).toEqual([route.operation, route.success.status])
    if (route.success.schema) route.success.schema.parse(answer.body)
    else expect(text).toBe('')
    answered.add(route.operation)
    return answer
  }

  /** The body of an answer. @throws Error when it was refused */
  const done = async (...given: Parameters<typeof call>): Promise<Body> => {
    const { status, body } = await call(...given)
    if (status >= 400) throw new Error(`${given[1]} ${given[2]}: ${status} ${JSON.stringify(body)}`)
    return body
  }

  return {
    call,
    done,
    unplayed: () => routes.map(({ operation }) => operation).filter(operation => !answered.has(operation)),
  }
}
export type RestClient = ReturnType<typeof createRestClient>
