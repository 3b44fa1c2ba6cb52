import { definePlugin } from '../plugin.ts'
import { headerRules, headerTransformer } from './header-rules.ts'

/** Changes the head that the target sees. Runs after key-auth, so it must not remove what key-auth sets. */
export const requestTransformer = definePlugin({
  name: 'request-transformer',
  priority: 801,
  onConsumer: true,
  config: headerRules,
  create: rules => {
    const transform = headerTransformer(rules)
    return ({ headers }) => ({
      access() {
        transform({
          has: name => headers.has(name),
          get: name => headers.get(name) ?? [],
          set: (name, values) => headers.set(name, values),
          delete: name => headers.delete(name),
        })
        return undefined
      },
    })
  },
})
