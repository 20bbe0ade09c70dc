/** `failures` names what failed, as far as that is known. */
export type Tally = { passed: number; failed: number; failures?: readonly string[] }

export function total(tallies: readonly Tally[]): Required<Tally> {
  return {
    passed: tallies.reduce((sum, { passed }) => sum + passed, 0),
    failed: tallies.reduce((sum, { failed }) => sum + failed, 0),
    failures: tallies.flatMap(({ failures = [] }) => failures),
  }
}

export const tallyLine = ({ passed, failed }: Tally) => `${passed} passed, ${failed} failed`

/** Reads the last line that `tallyLine` wrote; a command that wrote none is one test by its exit code. */
export function tallyOf(output: string, exitCode: number): Tally {
  const line = [...output.matchAll(/^(\d+) passed, (\d+) failed$/gm)].at(-1)
  const tally = line ? { passed: Number(line[1]), failed: Number(line[2]) } : { passed: 0, failed: 0 }
  if (exitCode !== 0 && tally.failed === 0) return { ...tally, failed: 1 }
  return line ? tally : { passed: 1, failed: 0 }
}
