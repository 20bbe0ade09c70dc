/** Which part may import which. What a rule says, and why, is its comment; `npm run check` holds the tree to it. */

const tests = '\\.test\\.tsx?$|/testing/|^test/'
const service = '(intake|classifier|router|sla-timer|notifier|audit|desk|cli)'
/** A package of npm, found or not. */
const npm = (...names) => `(^|/node_modules/)(${names.join('|')})(/|$)`

const inputAndOutput = [
  '^(node:)?(fs|net|http|https|http2|tls|dgram|dns|child_process|worker_threads|cluster|readline|timers|inspector|repl)(/promises)?$',
  npm(
    'express',
    'express-rate-limit',
    'helmet',
    'pg',
    '@electric-sql/pglite',
    'nodemailer',
    'pino',
    'prom-client',
    'better-sse',
  ),
]

/** Rooms of a service, the highest first: each may import those below it. */
const rooms = {
  router: ['people|revisions', 'cases', 'messages|staff', 'deadlines|customer|fields|published', 'record'],
  desk: ['api|answer', 'write', 'projection|read', 'database|case|story'],
}

const between = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

export default {
  forbidden: [
    between(
      'no-circle',
      'Files that import each other in a circle can only be understood together. Conditions are compiled recursively.',
      { pathNot: '^services/policy/src/condition/' },
      { circular: true },
    ),
    between(
      'kafka-by-chassis',
      'Only the chassis speaks to Kafka by its client: use what @holdpoint/chassis offers.',
      { pathNot: '^services/chassis/|^test/' },
      { path: npm('kafkajs') },
    ),
    between(
      'redis-by-sla-timer',
      'Only the edge of sla-timer speaks to Redis.',
      {
        pathNot:
          '^services/sla-timer/src/edge/|^services/sla-timer/.*\\.test\\.ts$|^test/|^infra/.*\\.test\\.ts$',
      },
      { path: npm('ioredis') },
    ),
    between(
      'services-share-topics',
      'Services share topics, not code: what two of them need belongs in schemas or in a library among the services.',
      { path: `^services/${service}/` },
      {
        path: `^services/${service}/|^@holdpoint/${service}(/|$)`,
        // The command line proves the trail by the auditor's own code, and speaks to the desk by its contract.
        pathNot: '^services/$1/|^services/desk/contract/|^@holdpoint/audit$|^services/audit/src/index\\.ts$',
      },
    ),
    between(
      'audit-for-the-command-line-only',
      'The proof of the trail is shared with the command line and with nobody else.',
      { path: `^services/`, pathNot: '^services/(audit|cli)/' },
      { path: '^services/audit/|^@holdpoint/audit(/|$)' },
    ),
    between(
      'libraries-know-no-service',
      'What services are built on knows none of them.',
      { path: '^(schemas|infra|services/chassis|services/policy|services/orders|services/answer-links)/' },
      { path: `^services/${service}/|^@holdpoint/${service}(/|$)` },
    ),
    between(
      'schemas-know-nothing',
      'The schemas are what everything else rests on.',
      { path: '^schemas/' },
      { path: '^(services|infra)/|^@holdpoint/' },
    ),
    between(
      'pure-core',
      'The pure core decides and does no input or output: do that in edge/, main.ts or config.ts.',
      {
        path: '^services/(intake|classifier|router|policy|answer-links|audit|notifier|sla-timer)/src/',
        pathNot: `/edge/|/(main|config)\\.ts$|${tests}`,
      },
      { path: inputAndOutput, dependencyTypesNot: ['type-only'] },
    ),
    between(
      'testing-for-tests',
      'What lies in testing/ is for tests.',
      { pathNot: tests },
      { path: '/testing/' },
    ),
    between(
      'fast-check-for-tests',
      'Random values are for tests.',
      { pathNot: tests },
      { path: npm('fast-check') },
    ),
    between(
      'console-imports-no-server',
      'The console runs in a browser: of other packages it takes types, and what has no further imports.',
      { path: '^services/desk/console/src/', pathNot: tests },
      {
        path: '^(services|schemas)/',
        pathNot:
          '^services/desk/console/|^services/policy/src/authority/actions\\.ts$|^schemas/src/(case-happening|shown-amount)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    ),
    ...Object.entries(rooms).flatMap(([service, all]) =>
      all.slice(1).map((lower, i) => ({
        name: `${service}-room-${lower.replaceAll('|', '-')}`,
        comment: 'Rooms of a service import one way; its README shows them.',
        severity: 'error',
        from: { path: `^services/${service}/src/(${lower})/`, pathNot: tests },
        to: { path: `^services/${service}/src/(${all.slice(0, i + 1).join('|')})/` },
      })),
    ),
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.holdpoint|\\.turbo)/|\\.d\\.m?ts$' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js'],
    },
  },
}
