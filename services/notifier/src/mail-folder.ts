import { mkdir, open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import type { Delivered, Delivery } from './deliver.ts'
import { compose } from './mail-compose.ts'

const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })

/**
 * Writes each mail as `<noticeId>.eml`, which mail programs open. A file is complete or absent, and a repeat of the
 * same attempt writes the same bytes. Nobody but its owner reads what customers are written.
 */
export function mailFolder(folder: string): Delivery {
  return {
    async deliver(mail): Promise<Delivered> {
      try {
        const { message } = await composer.sendMail(compose(mail))
        const file = join(folder, `${mail.noticeId}.eml`)
        await mkdir(folder, { recursive: true, mode: 0o700 })
        await writeWhole(file, message as Buffer)
        return { sent: true, detail: file }
      } catch (error) {
        return {
          sent: false,
          permanent: false,
          detail: `The mail could not be written: ${(error as Error).message}`,
        }
      }
    },
    stop: () => {},
  }
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
