/** What `--help` says of each command. Plain JavaScript: it is told before anything is installed. */
import { defaultBase } from './ports.mjs'

export const usage = {
  start: `npm start -- [options]

Brings up Kafka, the registry, Redis and every service on this machine, feeds sample orders, lets the sample people
decide their cases, and prints where to look. Ctrl-C stops everything; the next start goes on where this one stopped.

  --fresh                  start over: delete what an earlier start kept
  --brokers 1|3            Kafka nodes; three keep three replicas of which two must have a write (1)
  --lanes N                partitions of each topic, on a first start (4)
  --orders-per-minute N    rate of the sample orders; 0 for none (12)
  --no-people              the sample people stay at home: every case is left to you
  --seed N                 the same seed gives the same orders (1)
  --no-docker              do not use a Docker engine, even if one answers
  --port-base N            moves all ports (${defaultBase})
  --kafka-port N --registry-port N --redis-port N --desk-port N --intake-port N
                           moves one of them

Each option can be given by the environment too: HOLDPOINT_PORT_BASE, HOLDPOINT_KAFKA_PORT, …
KAFKA_BROKERS, SCHEMA_REGISTRY_URL, REDIS_URL, DATABASE_URL and SMTP_URL name servers that run elsewhere and
are used instead; each works alone.`,

  dev: `npm run dev -- [options]

What npm start brings up, on the same data, for who changes the product: a service is started again when a file that it
runs changes, its own or one of a package that it needs, while the others go on; the console's pages are served
by Vite and change in the browser. Ctrl-C stops everything.

  --inspect SERVICE        that service can be attached to by a debugger, at 127.0.0.1:9229

It takes the options of npm start besides: npm start -- --help.`,

  test: `npm test -- [FILE …] [options of vitest]

Brings up servers of its own, runs every test, stops them, and says how many passed and failed. With files or
options, which go to vitest, the short chaos run at the end is left out.

  npm test -- services/router              the tests below a folder
  npm test -- -t "one person does"         those whose name has these words in it

npm run unit runs the tests that need no servers.`,

  check: `npm run check

Checks format, lint, types, unused code and generated files, all of them even when one fails. Takes no options.
npm run format and npm run generate mend what they can.`,

  generate: `npm run generate

Writes every file that is made from another one: types, the topic map, the schemas of policy and roster.
Takes no options.`,

  bench: `npm run bench -- [--orders N] [--case-orders N] [--timers N] [--json FILE]

  --orders N        orders of the retail mix; beyond a year's invoices they repeat under other numbers (100000)
  --case-orders N   orders of the run in which every order becomes a case (10000)
  --timers N        timers that are pending while some come due (100000)
  --json FILE       where the result goes as JSON (.holdpoint/bench/result.json)`,

  chaos: `npm run chaos -- [--events N] [--kills N] [--seed N] [--json FILE] [--keep FOLDER] [--generated] [--short]

  --events N     order events that flow meanwhile (20000)
  --kills N      times that a service or the broker is killed (40); Redis is flushed besides
  --seed N       the same number gives the same victims and the same decisions of people (1)
  --json FILE    where the result goes as JSON (.holdpoint/chaos/result.json)
  --keep FOLDER  keeps the records of all topics there, to be checked again
  --generated    generated orders, also where the real invoices are there
  --short        the run of npm test: 600 events, 10 kills`,

  simulate: `npm run simulate -- [--orders N]

Lives a month of orders on a virtual clock and tells how their cases fared.

  --orders N   so many orders (100000)`,
}
