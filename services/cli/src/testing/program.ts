import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { runProgram } from '../program.ts'
import type { World } from '../session.ts'
import { linesOf } from '../text-file.ts'

interface Asked {
  method: string
  path: string
  headers: Record<string, unknown>
  body: unknown
}

export interface Answer {
  status?: number
  body: unknown
}

/** Runs command lines against a server that answers as a desk was told to. */
export class ProgramForTests {
  /** What the desk answers to each method and path; a path that ends with a slash stands for all below it. */
  answers: Record<string, Answer> = {}
  /** What stands on stdin. */
  stdin: (string | Uint8Array)[] = []
  /** What the person at the terminal types when asked; nobody sits there while it is undefined. */
  typed: string | undefined
  readonly asked: Asked[] = []
  readonly folder = mkdtempSync(join(tmpdir(), 'holdpoint-cli-'))
  readonly #server: Server

  static async start(): Promise<ProgramForTests> {
    const program = new ProgramForTests()
    await new Promise<void>((resolve) => program.#server.listen(0, '127.0.0.1', resolve))
    return program
  }

  private constructor() {
    this.#server = createServer(async (request, response) => {
      const text = Buffer.concat(await request.toArray()).toString()
      const { method = '', headers, url = '' } = request
      const path = url.replace('/api/v1', '')
      this.asked.push({ method, path, headers, body: text && JSON.parse(text) })
      const none = { status: 404, body: { code: 'NO_SUCH_PATH', detail: path } }
      const { status = 200, body } = this.#answerTo(`${method} ${path.split('?')[0]}`) ?? none
      response.writeHead(status).end(JSON.stringify(body))
    })
  }

  #answerTo(asking: string): Answer | undefined {
    return this.answers[asking] ?? this.answers[asking.replace(/[^/]+$/, '')]
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
    const written = { out: '', err: '' }
    return { code: await runProgram(args, this.world(written)), ...written }
  }

  world(written: { out: string; err: string }): World {
    const { stdin, typed } = this
    const err = (text: string) => {
      written.err += text
    }
    return {
      terminal: {
        out: (text) => {
          written.out += text
        },
        err,
        overwrite: err,
        ask: typed === undefined ? undefined : async () => typed,
        lines: async function* (this: void) {
          yield* linesOf(
            Readable.from(
              stdin.map((line) => Buffer.concat([Buffer.from(line as string), Buffer.from('\n')])),
            ),
          )
        },
        live: false,
        columns: 200,
      },
      folder: this.folder,
      environment: { places: { desk: this.url }, as: undefined, cacheFolder: this.folder },
      now: () => Date.parse('2026-03-02T09:00:00Z'),
      untilInterrupted: () => new AbortController().signal,
      exitCode: 0,
    }
  }

  /** Writes a file into the program's folder; gives its path. */
  write(name: string, text: string | Uint8Array): string {
    const path = join(this.folder, name)
    writeFileSync(path, text)
    return path
  }

  stop(): void {
    this.#server.close()
    rmSync(this.folder, { recursive: true })
  }
}
