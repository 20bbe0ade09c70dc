import { ProblemError } from '../api/client.ts'

/** Why something is not on the screen, in words. */
export interface ToldProblem {
  title: string
  text: string
  /** It is asked for again by itself. */
  isAskedAgain: boolean
}

/** `isShown`: what was loaded before is still on the screen. */
export function tellLoading(what: string, error: Error, isShown: boolean): ToldProblem {
  const state = isShown ? `${what} may have changed since` : `${what} could not be loaded`
  const problem = error instanceof ProblemError ? error : undefined
  return {
    title: problem?.isAnswer ? state : `${why(problem)}${state.charAt(0).toLowerCase()}${state.slice(1)}`,
    text: error.message,
    isAskedAgain: !problem?.isAnswer,
  }
}

function why(problem: ProblemError | undefined): string {
  if (!problem) return 'This page has a fault: '
  if (problem.status === 0) return 'The desk cannot be reached: '
  if (!problem.isOwn) return 'That was not the desk: '
  return problem.isNotYet ? 'The desk is not ready yet: ' : 'The desk failed: '
}
