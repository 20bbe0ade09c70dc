import { randomUUID } from 'node:crypto'
import { until } from '../harness/index.ts'

export interface CaseView {
  caseId: string
  type: string
  status: string
  owner: string
  outcome: string | null
  mayAct?: boolean
}

export interface Shown {
  case: CaseView & { digest: string }
  events: { type: string }[]
}

export interface Answer {
  status: number
  /** Refusal code; undefined when it was carried out. */
  code: string | undefined
  body: Record<string, unknown>
}

/** Somebody at the desk. */
export interface Person {
  get<T>(path: string): Promise<T>
  /** Raises when the desk says no. */
  post<T>(path: string, body: unknown): Promise<T>
  /** The open case of a type, once the desk shows it. */
  openCase(orderId: string, type: string): Promise<CaseView>
  show(caseId: string): Promise<Shown>
  act(caseId: string, action: string, own?: ActOptions): Promise<Answer>
  /** Opens a case by hand. */
  raise(orderId: string, type: string, reason: string, key?: string): Promise<Answer>
}

export interface ActOptions {
  reason?: string
  /** The order as it was displayed; as it is now when not said. */
  digest?: string
  corrections?: { path: string; expected: string; value: string }[]
  /** Whom to ask, or to hand the case to. */
  to?: string
  /** Time to answer. */
  within?: string
  wholeOrder?: boolean
  /** Idempotency-Key. */
  key?: string
}

export async function signIn(deskUrl: string, subject: string): Promise<Person> {
  const api = `${deskUrl}/api/v1`
  const { token } = await answered<{ token: string }>(await postJson(`${api}/session`, { subject }, {}))
  const signed = { Authorization: `Bearer ${token}` }
  const get = async <T>(path: string) => answered<T>(await fetch(`${api}${path}`, { headers: signed }))
  return {
    get,
    post: async <T>(path: string, body: unknown) =>
      answered<T>(await postJson(`${api}${path}`, body, signed)),
    openCase: (orderId, type) =>
      until(`an open case ${type} on ${orderId}`, async () => {
        const { cases } = await get<{ cases: CaseView[] }>(`/cases?status=open&orderId=${orderId}`)
        return cases.find((one) => one.type === type)
      }),
    show: (caseId) => get<Shown>(`/cases/${caseId}`),
    async act(caseId, action, own = {}) {
      const { reason = 'As agreed on the phone.', digest, corrections = [], key, ...more } = own
      const seen = digest ?? (await get<Shown>(`/cases/${caseId}`)).case.digest
      const headers = { ...signed, 'Idempotency-Key': key ?? randomUUID() }
      const body = { action, reason, digest: seen, corrections, ...more }
      return toAnswer(await postJson(`${api}/cases/${caseId}/actions`, body, headers))
    },
    async raise(orderId, type, reason, key = randomUUID()) {
      const headers = { ...signed, 'Idempotency-Key': key }
      return toAnswer(await postJson(`${api}/orders/${orderId}/cases`, { type, reason }, headers))
    },
  }
}

async function toAnswer(response: Response): Promise<Answer> {
  const body = (await response.json()) as Record<string, unknown>
  return { status: response.status, code: body.code as string | undefined, body }
}

function postJson(url: string, body: unknown, headers: Record<string, string>): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
}

async function answered<T>(response: Response): Promise<T> {
  if (response.ok) return (await response.json()) as T
  throw new Error(`${response.status} from ${response.url}: ${await response.text()}`)
}
