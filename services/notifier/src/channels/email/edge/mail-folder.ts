import { mkdir, open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import type { Delivered } from '../../port.ts'
import type { WayOut } from '../way-out.ts'
import { compose } from './mail-compose.ts'

const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })

/**
 * Writes each mail as `<noticeId>.eml`, which mail programs open. A file is complete or absent, and a repeat of the
 * same attempt writes the same bytes. Nobody but its owner reads what customers are written, and where the folder is stays
 * with those who run this machine.
 */
export function mailFolder(folder: string): WayOut {
  return {
    async deliver(mail): Promise<Delivered> {
      try {
        const { message } = await composer.sendMail(compose(mail))
        const name = `${mail.noticeId}.eml`
        const file = join(folder, name)
        await mkdir(folder, { recursive: true, mode: 0o700 })
        await writeWhole(file, message as Buffer)
        return { sent: true, detail: name }
      } catch (error) {
        return { sent: false, permanent: false, detail: `The mail could not be written: ${whyNot(error)}.` }
      }
    },
    stop: () => {},
  }
}

/** What the operating system calls it; its own sentence names folders of this machine, and people read this. */
function whyNot(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  return code ?? message
}

async function writeWhole(file: string, bytes: Buffer): Promise<void> {
  const unfinished = `${file}.${process.pid}.part`
  const handle = await open(unfinished, 'w', 0o600)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(unfinished, file)
}
