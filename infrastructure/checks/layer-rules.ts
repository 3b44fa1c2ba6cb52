import type { IForbiddenRuleType, IRegularForbiddenRuleType } from 'dependency-cruiser'

/** Files that exist for tests: they may reach across, and only they may use the tools of tests. */
const tests = '\\.test\\.ts$|/testing/|/testing[^/]*\\.ts$|/test-[^/]+\\.ts$|/fixtures/'
const npmOrCore = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'core'] as const
const anywhereInUs = '^(shared-kernel|subgraphs|gateway|infrastructure|schema|scripts)/'

type From = IRegularForbiddenRuleType['from']
type To = IRegularForbiddenRuleType['to']
const forbid = (name: string, comment: string, from: From, to: To): IForbiddenRuleType => ({
  name,
  comment,
  severity: 'error',
  from,
  to,
})
const outOfTests = (path: string): From => ({ path, pathNot: tests })

/** Who may import whom. `$1` is what the first parenthesis of `from` matched: the context. */
export const layerRules: IForbiddenRuleType[] = [
  forbid(
    'contexts-meet-only-in-schema-and-events',
    'A context never imports another.',
    { path: '^subgraphs/([^/]+)/' },
    { path: '^subgraphs/', pathNot: '^subgraphs/$1/' },
  ),
  forbid(
    'domain-stands-alone',
    'A domain imports its own domain and that of the kernel, nothing else: no library, no Node.',
    outOfTests('^subgraphs/([^/]+)/domain/'),
    { pathNot: ['^subgraphs/$1/domain/', '^shared-kernel/domain/'] },
  ),
  forbid(
    'application-knows-no-technology',
    'The application layer imports the domain and the kernel; technologies come in through ports. Waiting is not one.',
    outOfTests('^subgraphs/([^/]+)/application/'),
    {
      pathNot: [
        '^subgraphs/$1/(domain|application)/',
        '^shared-kernel/(domain|application)/',
        '^(node:)?timers/promises$',
      ],
    },
  ),
  forbid(
    'presentation-does-not-see-infrastructure',
    'Presentation talks to the application layer; only the composition knows the adapters of its context.',
    outOfTests('^subgraphs/([^/]+)/presentation/'),
    { path: '^subgraphs/$1/(infrastructure/|[^/]+\\.ts$)' },
  ),
  forbid(
    'infrastructure-implements-ports',
    'Infrastructure implements the ports of the inner layers and does not see presentation.',
    outOfTests('^subgraphs/([^/]+)/infrastructure/'),
    { path: '^subgraphs/$1/(presentation/|[^/]+\\.ts$)' },
  ),
  forbid(
    'contexts-use-kernel-adapters-and-schema',
    'Of the workspace a context uses the kernel, the adapters and the schema; it does not know who runs it.',
    outOfTests('^subgraphs/'),
    { path: anywhereInUs, pathNot: ['^subgraphs/', '^shared-kernel/', '^infrastructure/adapters/', '^schema/'] },
  ),
  forbid(
    'kernel-depends-on-nobody',
    'The kernel imports no other part of the workspace.',
    { path: '^shared-kernel/', pathNot: '\\.test\\.ts$' },
    { path: anywhereInUs, pathNot: '^shared-kernel/' },
  ),
  forbid(
    'kernel-domain-stands-alone',
    'The domain of the kernel imports itself only.',
    outOfTests('^shared-kernel/domain/'),
    { pathNot: '^shared-kernel/domain/' },
  ),
  forbid(
    'kernel-application-knows-no-technology',
    'The application layer of the kernel computes: hashes, ciphers, timers and the tracing interface, no technology.',
    outOfTests('^shared-kernel/application/'),
    {
      dependencyTypes: [...npmOrCore],
      pathNot: ['^(node:)?(crypto|timers/promises)$', 'node_modules/(@opentelemetry/api|uuid)/'],
    },
  ),
  forbid(
    'kernel-application-does-not-see-testing',
    'The layers of the kernel point inward.',
    outOfTests('^shared-kernel/application/'),
    { path: '^shared-kernel/', pathNot: '^shared-kernel/(domain|application)/' },
  ),
  forbid(
    'adapters-know-only-the-kernel',
    'An adapter implements a port of the kernel and knows no context, gateway or edge.',
    outOfTests('^infrastructure/adapters/'),
    { path: anywhereInUs, pathNot: ['^infrastructure/adapters/', '^shared-kernel/'] },
  ),
  forbid('gateway-knows-no-context', 'The gateway knows subgraphs by their schema.', outOfTests('^gateway/'), {
    path: anywhereInUs,
    pathNot: ['^gateway/', '^shared-kernel/', '^infrastructure/adapters/', '^schema/'],
  }),
  forbid(
    'client-stands-alone',
    'The client runs in browsers: of ours it imports itself only, and nothing of Node.',
    outOfTests('^gateway/client/src/'),
    { path: [anywhereInUs, '^node:'], pathNot: '^gateway/client/src/' },
  ),
  forbid(
    'edge-knows-only-its-file',
    'The edge stands for Kong: it knows the kernel, the adapters and kong.yml.',
    outOfTests('^infrastructure/edge/'),
    { path: anywhereInUs, pathNot: ['^infrastructure/(edge|adapters)/', '^shared-kernel/'] },
  ),
  forbid('schema-knows-nobody', 'The schema is where the parts meet.', outOfTests('^schema/'), {
    path: anywhereInUs,
    pathNot: '^schema/',
  }),
  forbid(
    'test-tools-only-in-tests',
    'What runs in production imports no test tool; a benchmark does not.',
    { path: anywhereInUs, pathNot: [tests, '^infrastructure/bench/'] },
    { path: ['node_modules/(vitest|fast-check)/', tests] },
  ),
  forbid(
    'packages-import-each-other-by-name',
    'Across packages: @mercato/<package>/<export>, never a relative path past the exports.',
    { path: '^(shared-kernel|subgraphs/[^/]+|gateway|infrastructure/[^/]+)/' },
    { path: anywhereInUs, pathNot: '^$1/', dependencyTypes: ['local'], dependencyTypesNot: ['aliased'] },
  ),
  forbid(
    'layers-import-each-other-by-name',
    'Across the layers of a context: #domain/…, #application/…, never a relative path.',
    {
      path: '^(subgraphs/[^/]+|shared-kernel)/(domain|application|infrastructure|presentation|testing)/',
      pathNot: '/generated/',
    },
    {
      path: '^$1/(domain|application|infrastructure|presentation|testing)/',
      pathNot: '^$1/$2/',
      dependencyTypes: ['local'],
      dependencyTypesNot: ['aliased'],
    },
  ),
  forbid(
    'no-cycles',
    'Modules that import each other in a circle cannot be understood one at a time.',
    {},
    {
      circular: true,
      viaOnly: { dependencyTypesNot: ['type-only'] },
    },
  ),
  forbid(
    'imports-resolve',
    'An import that resolves to nothing escapes every rule above. Peers of the benchmark install their own packages.',
    { pathNot: '^infrastructure/bench/peers/[^/]+\\.mjs$' },
    { couldNotResolve: true },
  ),
]
