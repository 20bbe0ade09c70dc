import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const repository = fileURLToPath(new URL('../../..', import.meta.url))

/** Everything that the stack writes lies here; git ignores it. */
export const dataRoot = join(repository, '.holdpoint')

/** What was fetched, shared by `npm start` and `npm test`. */
export const libraryFolder = join(dataRoot, 'lib')

/** What Node compiled, so that the next start of the same code is quicker. */
export const compiledFolder = join(dataRoot, 'compiled')

/** The Kafka client sets timers in the past, which Node 24 mentions and which do no harm. */
export const nodeFlags = ['--disable-warning=TimeoutNegativeWarning'] as const
