import { describe, expect, it } from 'vitest'
import { ProblemError, readAnswer } from '../api/client.ts'
import { tellLoading } from './problem-words.ts'

const own = (status: number, code: string) => new ProblemError(status, code, 'A sentence.')

describe('what could not be loaded', () => {
  it.each([
    ['a desk that starts', own(503, 'STARTING'), 'The desk is not ready yet: order 7 could not be loaded'],
    ['a desk that reads', own(503, 'NOT_READY'), 'The desk is not ready yet: order 7 could not be loaded'],
    ['a desk that failed', own(500, 'DESK_FAILED'), 'The desk failed: order 7 could not be loaded'],
    [
      'a proxy',
      readAnswer(502, '<html>') as ProblemError,
      'That was not the desk: order 7 could not be loaded',
    ],
    [
      'no network',
      new ProblemError(0, 'DESK_AWAY', 'Away.', false),
      'The desk cannot be reached: order 7 could not be loaded',
    ],
  ])('says that it is %s, and is asked for again by itself', (_what, error, title) =>
    expect(tellLoading('Order 7', error, false)).toMatchObject({ title, isAskedAgain: true }),
  )

  it('says what the desk said, when it said no', () =>
    expect(tellLoading('Order 7', own(401, 'NOT_SIGNED_IN'), false)).toEqual({
      title: 'Order 7 could not be loaded',
      text: 'A sentence.',
      isAskedAgain: false,
    }))

  it('says that what is shown may be old', () =>
    expect(tellLoading('Order 7', own(503, 'STARTING'), true).title).toBe(
      'The desk is not ready yet: order 7 may have changed since',
    ))
})
