const answerWithinMs = 3_000

/** A lane that cannot go on for now, as its service's /readyz tells. */
export interface WaitingLane {
  service: string
  lane: number
  why: string
  /** Instant, ISO 8601. */
  since: string
}

/** What a service says of itself. */
export interface ServiceStanding {
  answers: boolean
  /** Why it is not ready; empty when it is. */
  waitsFor: string[]
  waitingLanes: WaitingLane[]
}

const silent: ServiceStanding = { answers: false, waitsFor: [], waitingLanes: [] }

/** Asks a service's /readyz. */
export async function askService(service: string, url: string): Promise<ServiceStanding> {
  try {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(answerWithinMs) })
    const said = (await response.json()) as {
      waitsFor?: string[]
      waitingLanes?: Omit<WaitingLane, 'service'>[]
    }
    if (!response.ok && !said.waitsFor?.length) return silent
    const waitingLanes = (said.waitingLanes ?? []).map((lane) => ({ service, ...lane }))
    return { answers: true, waitsFor: said.waitsFor ?? [], waitingLanes }
  } catch {
    return silent
  }
}
