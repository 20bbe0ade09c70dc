/** What a lane does one after the other; between any two of them a process may die. */
export const laneSteps = [
  'id taken',
  'partitions added',
  'partitions marked',
  'second id taken',
  'journal read',
  'opening written',
  'outputs counted',
  'missing outputs written',
  'request sent',
  'batch written',
  'outputs written',
  'settled',
] as const

export type LaneStep = (typeof laneSteps)[number]

/** Told after each step, for tests that end the process there. */
export type AtStep = (step: LaneStep) => void
