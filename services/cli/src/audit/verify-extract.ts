import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { checkExtract, type Expected, extractFormatOf, type Finding, type Manifest } from '@holdpoint/audit'
import { Failure, Misuse } from '../failures.ts'
import { count } from '../progress.ts'
import type { Session } from '../session.ts'
import { manifestOf } from './export-trail.ts'
import { linesOfCopy } from './open-trail.ts'

/** Whether it is a file of entries with its manifest. Fails where it is one without. */
export async function isExtract(file: string): Promise<boolean> {
  if (existsSync(manifestOf(file))) return true
  const { value } = await linesOfCopy(file, undefined).next()
  if (extractFormatOf(value ?? '') === undefined) return false
  throw new Misuse(
    `${file} has entries of a trail, and its manifest ${manifestOf(file)} is not beside it: by the entries alone nobody can say ` +
      'whether they are whole. Put it there, or export them again.',
  )
}

/** Holds a file of entries against its manifest, and the manifest against the keys that may sign. */
export async function verifyExtract(session: Session, expected: Expected, file: string): Promise<void> {
  const manifest = readManifest(manifestOf(file))
  const findings = [
    ...(await changed(file, manifest)),
    ...(await checkExtract(linesOfCopy(file, undefined), manifest, expected)),
  ]
  const unjudged = [
    ...(manifest.entries === 0 ? ['There is no entry in it: nothing is proved by that.'] : []),
    ...(expected.keys ? [] : ['Nobody said which keys may sign: give --trust, --pins or --against.']),
  ]
  session.show({ ok: findings.length + unjudged.length === 0, findings, unjudged, manifest }, () =>
    [
      `${count(manifest.entries)} entries of ${manifest.lanes.length} chains`,
      ...manifest.lanes.map(
        ({ partition, first, last }) => `  chain ${partition}: entries ${first.sequence} to ${last.sequence}`,
      ),
      ...findings.map(({ code, message }) => `${code}: ${message}`),
      ...unjudged,
      findings.length > 0 ? `${count(findings.length)} finding(s): the file does not hold.` : '',
      findings.length + unjudged.length === 0
        ? 'The file is a part of the trail as it was signed; of the records it says nothing.'
        : '',
      '',
    ]
      .filter((line, i, all) => line !== '' || i === all.length - 1)
      .join('\n'),
  )
  if (findings.length > 0) session.no()
  else if (unjudged.length > 0) session.cannotSay()
}

function readManifest(file: string): Manifest {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new Failure('MANIFEST_UNREADABLE', `${file} is no JSON: export the entries again.`, { cause })
  }
}

async function changed(file: string, { sha256 }: Manifest): Promise<Finding[]> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(file)) hash.update(piece)
  if (hash.digest('hex') === sha256) return []
  return [{ code: 'EDITED', message: `${file} is not the file that its manifest was written for.` }]
}
