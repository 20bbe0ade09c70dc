import { existsSync } from 'node:fs'
import { join } from 'node:path'
import express, { type RequestHandler, Router } from 'express'
import { notFound } from './problem.ts'

/**
 * The console is one page with paths of its own: every path that is no file gives that page, which is asked for anew
 * each time. Its assets carry a digest of their content in their names, so that they are kept for ever, and one that is
 * not there is never answered with the page.
 */
export function consolePages(folder: string): RequestHandler {
  const page = join(folder, 'index.html')
  const router = Router()
  router.use('/assets', express.static(join(folder, 'assets'), { ...files, immutable: true, maxAge: '1y' }))
  router.use('/assets', notFound)
  router.use(express.static(folder, { ...files, maxAge: '1h' }))
  router.get(/.*/, (request, response, next) => {
    if (!request.accepts('html')) return next()
    if (existsSync(page)) return response.set('cache-control', 'no-cache').sendFile(page)
    response
      .status(404)
      .type('text/plain')
      .send(
        'The console is not built. Build it with: npx turbo run build. The API is at /api/v1/openapi.json.\n',
      )
  })
  router.use(notFound)
  return router
}

const files = { index: false, redirect: false } as const
