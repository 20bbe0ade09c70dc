import { describe, expect, it } from 'vitest'
import { isFinal, ProblemError, readAnswer } from './client.ts'

const problem = (status: number, code: string) =>
  readAnswer(status, JSON.stringify({ status, code, detail: 'A sentence.' })) as ProblemError

describe('what an answer is', () => {
  it('is what the desk gives', () => expect(readAnswer(200, '{"total":3}')).toEqual({ total: 3 }))

  it('is the desk’s own no, in its words', () => {
    expect(problem(404, 'UNKNOWN_ORDER')).toMatchObject({
      status: 404,
      code: 'UNKNOWN_ORDER',
      message: 'A sentence.',
      isOwn: true,
    })
  })

  it.each([
    ['a page of a proxy', 502, '<html>Bad gateway</html>'],
    ['a sign-in page of the network', 200, '<!doctype html>'],
    ['a missing path of another server', 404, 'Not found'],
    ['a problem without a code', 404, '{"message":"no route"}'],
    ['nothing at all', 200, ''],
  ])('is not the desk’s when it is %s', (_what, status, text) => {
    const found = readAnswer(status, text) as ProblemError
    expect(found).toMatchObject({ status, code: 'NOT_THE_DESK', isOwn: false, isAnswer: false })
    expect(found.message).toContain(String(status))
  })
})

describe('whether to ask again', () => {
  it.each([
    ['a no of the desk', problem(404, 'UNKNOWN_ORDER'), true],
    ['a desk that starts', problem(503, 'STARTING'), false],
    ['a desk that failed', problem(500, 'DESK_FAILED'), false],
    ['too many requests', problem(429, 'TOO_MANY_REQUESTS'), false],
    ['a proxy that knows no such path', readAnswer(404, 'x') as ProblemError, false],
    ['nothing reached', new ProblemError(0, 'DESK_AWAY', 'Away.', false), false],
    ['an error of the page', new Error('x'), false],
  ])('%s', (_what, error, final) => expect(isFinal(error)).toBe(final))

  it('knows what was certainly not done yet', () => {
    expect(problem(503, 'KAFKA_AWAY').isNotYet).toBe(true)
    expect(problem(503, 'PUBLISH_UNKNOWN').isNotYet).toBe(false)
    expect(new ProblemError(0, 'DESK_AWAY', 'Away.', false).isNotYet).toBe(false)
  })
})
