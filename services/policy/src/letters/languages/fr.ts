import type { Phrases } from '../phrases.ts'

const nouns: Readonly<Record<string, string>> = { invoicing: 'la facture', shipping: 'la livraison' }
const lists = new Intl.ListFormat('fr-FR', { type: 'conjunction' })
const noun = (stage: string): string => nouns[stage] ?? `l’étape « ${stage} »`
const subject = (stages: readonly string[]): string => {
  const text = lists.format(stages.map(noun))
  return text.charAt(0).toUpperCase() + text.slice(1)
}
const s = (stages: readonly string[], one: string, many: string): string => (stages.length === 1 ? one : many)

export const french: Phrases = {
  locale: 'fr-FR',
  greeting: (name) => (name === '' ? 'Bonjour,' : `Bonjour ${name},`),
  capitalAfterGreeting: true,
  subject: {
    held: (orderId) => `Votre commande ${orderId} attend un instant`,
    question: (orderId) => `Une question sur votre commande ${orderId}`,
    unanswered: (orderId) => `Votre commande ${orderId} suit son cours`,
    silence: (orderId) => `Votre commande ${orderId} est toujours chez nous`,
    ended: (orderId) => `Des nouvelles de votre commande ${orderId}`,
    goesOn: (orderId) => `Votre commande ${orderId} suit son cours`,
    isStopped: (orderId) => `Votre commande ${orderId} a été arrêtée`,
    isCancelled: (orderId) => `Votre commande ${orderId} est annulée`,
  },
  about: {
    held: (orderId) =>
      `avant que votre commande ${orderId} suive son cours, l’un de nous vérifie un point que nous avons remarqué.`,
    unanswered: (orderId) =>
      `nous vous avions posé une question sur votre commande ${orderId}, et le délai pour répondre est passé. Nous continuons sans votre réponse ; si vous voulez encore nous dire quelque chose, répondez à ce courriel.`,
    silence: (orderId) => `nous examinons encore votre commande ${orderId}. Elle n’est pas oubliée.`,
  },
  again: 'Nous vous avions écrit que c’était réglé. Nous l’examinons encore une fois.',
  tookLonger: (when) =>
    `Vous deviez avoir de nos nouvelles avant le ${when}. C’est plus long que prévu ; veuillez nous en excuser.`,
  ending: {
    approved: 'Nous avons vérifié votre commande, et tout est en ordre.',
    rejected: 'Nous avons examiné ce qui était demandé, et ce n’est pas possible ainsi.',
    corrected: 'Nous avons corrigé ce qui n’allait pas dans votre commande.',
    stopped: 'Nous avons vérifié votre commande, et ne pouvons pas y donner suite.',
    settled: 'Ce que nous voulions vérifier s’est réglé.',
  },
  granted: 'Nous avons examiné ce qui était demandé, et c’est accordé.',
  changed: 'Voici ce que dit maintenant votre commande :',
  question: 'avant que votre commande puisse suivre son cours, nous avons une question :',
  openQuestion: 'Nous attendons encore votre réponse à ceci :',
  questionOver: 'Notre question n’attend plus de réponse.',
  answerBy: (when) => `Merci de répondre avant le ${when}.`,
  answerLink: 'Répondre ici',
  answerByMail: 'Vous pouvez simplement répondre à ce courriel.',
  wanted: 'Pour continuer, il nous manque quelque chose de votre part :',
  hearFrom: (when) => `Vous aurez de nos nouvelles au plus tard le ${when}.`,
  nothingToDo: 'Vous n’avez rien à faire.',
  stages: {
    waits: (stages) => `${subject(stages)} ${s(stages, 'attend', 'attendent')} entre-temps.`,
    goesOn: (stages) => `${subject(stages)} ${s(stages, 'suit son', 'suivent leur')} cours comme prévu.`,
    isStopped: (stages) => `${subject(stages)} ${s(stages, 'n’aura', 'n’auront')} pas lieu.`,
    hadBegun: (stages) => `${subject(stages)} ${s(stages, 'avait', 'avaient')} déjà commencé.`,
    allGoesOn: () => 'Votre commande suit maintenant son cours.',
    allIsStopped: 'Votre commande a été arrêtée et n’aura pas de suite.',
    isCancelled: 'Votre commande est annulée et n’aura pas de suite.',
  },
  fields: {
    'customer.name': 'Nom',
    'customer.email': 'Courriel',
    'customer.phone': 'Téléphone',
    'customer.country': 'Pays',
    'customer.taxId': 'Numéro de TVA',
    'billing.name': 'Facture à',
    'billing.contact': 'Contact pour la facture',
    'billing.street': 'Rue (facture)',
    'billing.city': 'Ville (facture)',
    'billing.region': 'Région (facture)',
    'billing.postalCode': 'Code postal (facture)',
    'billing.country': 'Pays (facture)',
    'billing.terms': 'Conditions de paiement',
    'billing.schedule': 'Échéancier de facturation',
    'billing.purchaseOrder': 'Numéro de bon de commande',
    'shipping.name': 'Livraison à',
    'shipping.street': 'Rue (livraison)',
    'shipping.city': 'Ville (livraison)',
    'shipping.region': 'Région (livraison)',
    'shipping.postalCode': 'Code postal (livraison)',
    'shipping.country': 'Pays (livraison)',
    'shipping.method': 'Mode de livraison',
    'shipping.requestedDate': 'Date souhaitée',
    'shipping.splitDeliveries': 'En plusieurs livraisons',
    'payment.amount': 'Montant payé',
    contractNumber: 'Numéro de contrat',
    sku: 'article',
    description: 'description',
    quantity: 'quantité',
    unitPrice: 'prix',
    discountPercent: 'remise en pour cent',
  },
  terms: {
    net: (days) => `net à ${days} ${days === 1 ? 'jour' : 'jours'}`,
    discount: (percent, within, days) =>
      `escompte de ${percent.replace('.', ',')} % sous ${within} jours, sinon net à ${days} jours`,
    inAdvance: 'paiement d’avance',
    onDelivery: 'paiement à la livraison',
    onReceipt: 'à réception de la facture',
  },
  codes: {
    'billing.schedule': {
      once: 'une seule facture',
      weekly: 'chaque semaine',
      monthly: 'chaque mois',
      quarterly: 'chaque trimestre',
      yearly: 'chaque année',
    },
    'shipping.method': {
      standard: 'livraison standard',
      express: 'livraison express',
      overnight: 'le lendemain',
      courier: 'par coursier',
      pickup: 'vous venez la chercher',
    },
  },
  line: (number, field) => `Ligne ${number}, ${field}`,
  yes: 'oui',
  no: 'non',
  empty: 'aucun',
}
