import type { NoticeRequest } from '@holdpoint/schemas'

/** What a letter claims, read from its text as a customer reads it: not from what it was composed of. */
export interface Claims {
  waits: string[]
  goesOn: string[]
  stopped: string[]
  begun: string[]
  allGoesOn: boolean
  allStopped: boolean
  cancelled: boolean
  nothingToDo: boolean
  /** The date by which the customer is to hear again, as it is written. */
  hearFrom: string | undefined
  quotes: string[]
  asksForAnswer: boolean
}

interface Reading {
  stages: Record<string, string>
  waits: RegExp
  goesOn: RegExp
  stopped: RegExp
  begun: RegExp
  allGoesOn: RegExp
  allStopped: RegExp
  cancelled: RegExp
  nothingToDo: RegExp
  hearFrom: RegExp
  asksForAnswer: RegExp
}

const readings: Record<string, Reading> = {
  en: {
    stages: { invoice: 'invoicing', delivery: 'shipping' },
    waits: /([^.]*) waits? meanwhile\./i,
    goesOn: /([^.]*) (?:goes|go) on as planned\./i,
    stopped: /([^.]*) will not take place\./i,
    begun: /([^.]*) had already begun\./i,
    allGoesOn: /your order goes on now\./i,
    allStopped: /has been stopped and does not go on\./i,
    cancelled: /is cancelled and does not go on\./i,
    nothingToDo: /nothing that you have to do/i,
    hearFrom: /you hear from us by (.*?) at the latest\./i,
    asksForAnswer: /please answer by/i,
  },
  de: {
    stages: { Rechnung: 'invoicing', Lieferung: 'shipping' },
    waits: /([^.]*) (?:wartet|warten) so lange\./i,
    goesOn: /([^.]*) (?:läuft|laufen) weiter wie geplant\./i,
    stopped: /([^.]*) (?:findet|finden) nicht statt\./i,
    begun: /([^.]*) (?:hatte|hatten) schon begonnen\./i,
    allGoesOn: /geht jetzt weiter\./i,
    allStopped: /ist angehalten worden und geht nicht weiter\./i,
    cancelled: /ist storniert und geht nicht weiter\./i,
    nothingToDo: /müssen nichts tun/i,
    hearFrom: /sie hören spätestens bis (.*?) von uns\./i,
    asksForAnswer: /bitte antworten sie bis/i,
  },
  fr: {
    stages: { facture: 'invoicing', livraison: 'shipping' },
    waits: /([^.]*) (?:attend|attendent) entre-temps\./i,
    goesOn: /([^.]*) (?:suit son|suivent leur) cours comme prévu\./i,
    stopped: /([^.]*) (?:n’aura|n’auront) pas lieu\./i,
    begun: /([^.]*) (?:avait|avaient) déjà commencé\./i,
    allGoesOn: /suit maintenant son cours\./i,
    allStopped: /a été arrêtée et n’aura pas de suite\./i,
    cancelled: /est annulée et n’aura pas de suite\./i,
    nothingToDo: /n’avez rien à faire/i,
    hearFrom: /nos nouvelles au plus tard le (.*?)\. (?=[A-ZÀ-Ý])/i,
    asksForAnswer: /merci de répondre avant/i,
  },
}

export function claimsOf({ language, paragraphs }: NoticeRequest): Claims {
  const reading = readings[language]
  if (!reading) throw new Error(`Nobody here reads ${language}.`)
  const text = paragraphs
    .filter(({ kind }) => kind === 'TEXT')
    .map((one) => one.text)
    .join('\n')
  const stagesIn = (pattern: RegExp) =>
    Object.entries(reading.stages).flatMap(([word, stage]) =>
      pattern.exec(text)?.[1]?.toLowerCase().includes(word.toLowerCase()) ? [stage] : [],
    )
  return {
    waits: stagesIn(reading.waits),
    goesOn: stagesIn(reading.goesOn),
    stopped: stagesIn(reading.stopped),
    begun: stagesIn(reading.begun),
    allGoesOn: reading.allGoesOn.test(text),
    allStopped: reading.allStopped.test(text),
    cancelled: reading.cancelled.test(text),
    nothingToDo: reading.nothingToDo.test(text),
    hearFrom: reading.hearFrom.exec(text)?.[1],
    quotes: paragraphs.filter(({ kind }) => kind === 'QUOTE').map((one) => one.text),
    asksForAnswer: reading.asksForAnswer.test(text),
  }
}
