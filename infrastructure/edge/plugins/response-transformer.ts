import { definePlugin } from '../plugin.ts'
import { headerRules, headerTransformer } from './header-rules.ts'

/** Changes the head that the client sees, whoever answered. */
export const responseTransformer = definePlugin({
  name: 'response-transformer',
  priority: 800,
  onConsumer: true,
  config: headerRules,
  create: rules => {
    const transform = headerTransformer(rules)
    return ({ response }) => ({
      headerFilter() {
        transform({
          has: name => response.hasHeader(name),
          get: name => [response.getHeader(name) ?? []].flat().map(String),
          set: (name, values) => response.setHeader(name, values.length === 1 ? String(values[0]) : [...values]),
          delete: name => response.removeHeader(name),
        })
      },
    })
  },
})
