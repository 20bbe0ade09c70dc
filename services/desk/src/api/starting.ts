import type { Request, Response } from 'express'
import { Problem, sendProblem } from './problem.ts'

const sentence =
  'The desk is starting: it reads what was published before. It answers by itself in a moment; nothing is lost.'

/** What the desk answers to everything until it can say what there is and what there is not. */
export function answerStarting(request: Request, response: Response): void {
  response.set('cache-control', 'no-store')
  const isPage = request.method === 'GET' && request.accepts(['json', 'html']) === 'html'
  if (isPage) response.status(503).set('retry-after', '1').type('html').send(page)
  else sendProblem(response, new Problem(503, 'STARTING', sentence))
}

/** For who opens the console now: the same in words, and the page asks again by itself. */
const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta http-equiv="refresh" content="1" />
    <title>The desk is starting · Holdpoint</title>
  </head>
  <body>
    <h1>The desk is starting</h1>
    <p>${sentence}</p>
  </body>
</html>
`
