import type { Phrases } from '../phrases.ts'

const nouns: Readonly<Record<string, string>> = { invoicing: 'die Rechnung', shipping: 'die Lieferung' }
const lists = new Intl.ListFormat('de-DE', { type: 'conjunction' })
const noun = (stage: string): string => nouns[stage] ?? `der Schritt „${stage}“`
const subject = (stages: readonly string[]): string => {
  const text = lists.format(stages.map(noun))
  return text.charAt(0).toUpperCase() + text.slice(1)
}
const s = (stages: readonly string[], one: string, many: string): string => (stages.length === 1 ? one : many)

export const german: Phrases = {
  locale: 'de-DE',
  greeting: (name) => (name === '' ? 'Guten Tag,' : `Guten Tag ${name},`),
  capitalAfterGreeting: false,
  subject: {
    held: (orderId) => `Ihre Bestellung ${orderId} wartet einen Augenblick`,
    question: (orderId) => `Eine Frage zu Ihrer Bestellung ${orderId}`,
    unanswered: (orderId) => `Mit Ihrer Bestellung ${orderId} geht es weiter`,
    silence: (orderId) => `Ihre Bestellung ${orderId} ist noch bei uns`,
    ended: (orderId) => `Neues zu Ihrer Bestellung ${orderId}`,
    goesOn: (orderId) => `Ihre Bestellung ${orderId} geht weiter`,
    isStopped: (orderId) => `Ihre Bestellung ${orderId} ist angehalten worden`,
    isCancelled: (orderId) => `Ihre Bestellung ${orderId} ist storniert`,
  },
  about: {
    held: (orderId) =>
      `bevor Ihre Bestellung ${orderId} weitergeht, sieht sich jemand von uns etwas an, das uns aufgefallen ist.`,
    unanswered: (orderId) =>
      `zu Ihrer Bestellung ${orderId} hatten wir eine Frage, und die Zeit für eine Antwort ist vorbei. Wir machen ohne sie weiter; wenn Sie uns noch etwas sagen möchten, antworten Sie auf diese E-Mail.`,
    silence: (orderId) => `wir prüfen Ihre Bestellung ${orderId} noch. Sie ist nicht vergessen.`,
  },
  again: 'Wir hatten Ihnen geschrieben, dass das erledigt ist. Wir sehen es uns noch einmal an.',
  tookLonger: (when) =>
    `Sie sollten bis ${when} von uns hören. Es dauert länger, als wir dachten; das tut uns leid.`,
  ending: {
    approved: 'Wir haben Ihre Bestellung geprüft, und alles ist in Ordnung.',
    rejected: 'Wir haben geprüft, was gewünscht war, und so geht es leider nicht.',
    corrected: 'Wir haben berichtigt, was an Ihrer Bestellung nicht stimmte.',
    stopped: 'Wir haben Ihre Bestellung geprüft und können sie nicht ausführen.',
    settled: 'Was wir prüfen wollten, hat sich erledigt.',
  },
  granted: 'Wir haben geprüft, was gewünscht war, und es geht in Ordnung.',
  changed: 'Das steht jetzt in Ihrer Bestellung:',
  question: 'bevor Ihre Bestellung weitergehen kann, haben wir eine Frage:',
  openQuestion: 'Wir warten noch auf Ihre Antwort hierauf:',
  questionOver: 'Was wir Sie gefragt haben, brauchen Sie nicht mehr zu beantworten.',
  answerBy: (when) => `Bitte antworten Sie bis ${when}.`,
  answerLink: 'Hier antworten',
  answerByMail: 'Sie können einfach auf diese E-Mail antworten.',
  wanted: 'Damit es weitergeht, brauchen wir etwas von Ihnen:',
  hearFrom: (when) => `Sie hören spätestens bis ${when} von uns.`,
  nothingToDo: 'Sie müssen nichts tun.',
  stages: {
    waits: (stages) => `${subject(stages)} ${s(stages, 'wartet', 'warten')} so lange.`,
    goesOn: (stages) => `${subject(stages)} ${s(stages, 'läuft', 'laufen')} weiter wie geplant.`,
    isStopped: (stages) => `${subject(stages)} ${s(stages, 'findet', 'finden')} nicht statt.`,
    hadBegun: (stages) => `${subject(stages)} ${s(stages, 'hatte', 'hatten')} schon begonnen.`,
    allGoesOn: () => 'Ihre Bestellung geht jetzt weiter.',
    allIsStopped: 'Ihre Bestellung ist angehalten worden und geht nicht weiter.',
    isCancelled: 'Ihre Bestellung ist storniert und geht nicht weiter.',
  },
  fields: {
    'customer.name': 'Name',
    'customer.email': 'E-Mail',
    'customer.phone': 'Telefon',
    'customer.country': 'Land',
    'customer.taxId': 'Umsatzsteuer-Nummer',
    'billing.name': 'Rechnung an',
    'billing.contact': 'Ansprechpartner für die Rechnung',
    'billing.street': 'Straße der Rechnung',
    'billing.city': 'Ort der Rechnung',
    'billing.region': 'Region der Rechnung',
    'billing.postalCode': 'Postleitzahl der Rechnung',
    'billing.country': 'Land der Rechnung',
    'billing.terms': 'Zahlungsbedingungen',
    'billing.schedule': 'Rechnungsplan',
    'billing.purchaseOrder': 'Bestellnummer',
    'shipping.name': 'Lieferung an',
    'shipping.street': 'Straße der Lieferung',
    'shipping.city': 'Ort der Lieferung',
    'shipping.region': 'Region der Lieferung',
    'shipping.postalCode': 'Postleitzahl der Lieferung',
    'shipping.country': 'Land der Lieferung',
    'shipping.method': 'Versandart',
    'shipping.requestedDate': 'Gewünscht am',
    'shipping.splitDeliveries': 'In mehreren Lieferungen',
    'payment.amount': 'Bezahlter Betrag',
    contractNumber: 'Vertragsnummer',
    sku: 'Artikel',
    description: 'Beschreibung',
    quantity: 'Menge',
    unitPrice: 'Preis',
    discountPercent: 'Rabatt in Prozent',
  },
  terms: {
    net: (days) => `${days} ${days === 1 ? 'Tag' : 'Tage'} netto`,
    discount: (percent, within, days) =>
      `${percent.replace('.', ',')} % Skonto innerhalb von ${within} Tagen, sonst ${days} Tage netto`,
    inAdvance: 'Vorauszahlung',
    onDelivery: 'Zahlung bei Lieferung',
    onReceipt: 'zahlbar nach Erhalt der Rechnung',
  },
  codes: {
    'billing.schedule': {
      once: 'eine Rechnung',
      weekly: 'jede Woche',
      monthly: 'jeden Monat',
      quarterly: 'jedes Vierteljahr',
      yearly: 'jedes Jahr',
    },
    'shipping.method': {
      standard: 'Standardversand',
      express: 'Expressversand',
      overnight: 'bis zum nächsten Tag',
      courier: 'per Kurier',
      pickup: 'Sie holen ab',
    },
  },
  line: (number, field) => `Position ${number}, ${field}`,
  yes: 'ja',
  no: 'nein',
  empty: 'keine Angabe',
}
