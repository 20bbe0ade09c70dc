import type { Policy } from '@holdpoint/policy'
import { Failure } from '../failures.ts'
import { readText } from '../text-file.ts'
import { problemText } from './check-policy.ts'

/** The policy of a file; fails with everything that is wrong with it. */
export async function policyIn(file: string): Promise<Policy> {
  const { parsePolicy } = await import('@holdpoint/policy')
  const read = parsePolicy(readText(file))
  if ('policy' in read) return read.policy
  const errors = read.errors.map((error) => problemText(file, error, 'error')).join('')
  throw new Failure('POLICY_ERRORS', `${errors}${read.errors.length} error(s) in ${file}.`)
}
