/** Bounds of one order event that show on the event by itself. */
export const eventLimits = {
  lines: 2_000,
  idBytes: 200,
  nameBytes: 64,
} as const
