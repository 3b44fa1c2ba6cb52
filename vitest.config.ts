import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const second = 1000
const clientSource = (file: string) => fileURLToPath(new URL(`gateway/client/src/${file}`, import.meta.url))
/** They measure, or kill under load, and get the machine to themselves. */
const alone = [
  'gateway/bounded-memory.e2e.test.ts',
  'infrastructure/embedded/restart.e2e.test.ts',
  'infrastructure/guarantees/fleet-failures.e2e.test.ts',
  'infrastructure/native/stack.e2e.test.ts',
]
const excluded = ['**/node_modules/**', '**/dist/**', '.data/**', '.cache/**']

export default defineConfig({
  // Node resolves graphql to its CommonJS entry, Vite to its ES one: two copies refuse each other's schemas.
  // Tests look at the client's sources, browsers at what is built from them.
  resolve: {
    alias: [
      { find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) },
      { find: /^@mercato\/client$/, replacement: clientSource('index.ts') },
      { find: /^@mercato\/client\/operations$/, replacement: clientSource('generated/operations.ts') },
    ],
  },
  test: {
    globalSetup: ['infrastructure/embedded/testing-setup.ts', 'infrastructure/native/testing-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    retry: 0,
    // A condition may take its time on a busy machine; only what never comes shall fail.
    expect: { poll: { timeout: 15 * second } },
    passWithNoTests: false,
    teardownTimeout: 30 * second,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [...excluded, '**/*.int.test.ts', '**/*.e2e.test.ts'],
          // Only what hangs shall fail: how quick a test is depends on what else the machine does.
          testTimeout: 60 * second,
          hookTimeout: 60 * second,
        },
      },
      {
        extends: true,
        test: {
          name: 'int',
          include: ['**/*.int.test.ts'],
          exclude: excluded,
          testTimeout: 60 * second,
          hookTimeout: 60 * second,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['**/*.e2e.test.ts'],
          exclude: [...excluded, ...alone],
          testTimeout: 180 * second,
          hookTimeout: 180 * second,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'alone',
          include: alone,
          exclude: excluded,
          testTimeout: 180 * second,
          hookTimeout: 180 * second,
          sequence: { groupOrder: 2 },
          maxWorkers: 1,
        },
      },
    ],
  },
})
