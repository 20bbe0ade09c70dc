/** What the page says on which a customer answers a question, in one language. */
export interface AnswerWords {
  title: (orderId: string) => string
  asked: string
  yourAnswer: string
  order: string
  mayChange: string
  until: (when: string) => string
  send: string
  whatFollows: string
  thanks: string
  thanksThen: string
  missing: string
  tooLong: string
  notSent: string
  /** What was sent is more than the page takes; the browser still has it. */
  goBack: string
  /** The page itself cannot be shown now. */
  notNow: string
  notNowThen: string
  notFit: (fields: string) => string
  gone: Record<'invalid' | 'expired' | 'answered', string>
  goneThen: string
}

export const answerWords: ReadonlyMap<string, AnswerWords> = new Map([
  [
    'en',
    {
      title: (orderId) => `A question about your order ${orderId}`,
      asked: 'We would like to know:',
      yourAnswer: 'Your answer',
      order: 'What your order says',
      mayChange: 'Is something here wrong? Put it right; what you leave as it is stays so.',
      until: (when) => `Please answer by ${when}.`,
      send: 'Send the answer',
      whatFollows:
        'Nothing is sent before you press the button. One of us reads your answer, and your order goes on from there.',
      thanks: 'Thank you, we have your answer.',
      thanksThen: 'One of us reads it now. You need not do anything else; you hear from us how it goes on.',
      missing: 'Write your answer first.',
      tooLong: 'The answer is too long: at most 2,000 characters.',
      notFit: (fields) => `This cannot be taken as it is written: ${fields}. A day is written as 2026-03-09.`,
      notSent:
        'Your answer could not be taken just now. Nothing is lost: press the button again in a minute.',
      goBack: 'Go back in your browser, where what you wrote still stands, and make it shorter.',
      notNow: 'This page cannot be shown just now.',
      notNowThen: 'Nothing is lost. Wait a minute, and open the link of your mail once more.',
      gone: {
        invalid: 'This link does not lead to a question of ours.',
        expired: 'The time to answer here is over.',
        answered: 'This question has been answered, or is not open any more.',
      },
      goneThen:
        'If you want to tell us something about your order, reply to the mail in which you found the link.',
    },
  ],
  [
    'de',
    {
      title: (orderId) => `Eine Frage zu Ihrer Bestellung ${orderId}`,
      asked: 'Wir möchten gern wissen:',
      yourAnswer: 'Ihre Antwort',
      order: 'Das steht in Ihrer Bestellung',
      mayChange: 'Stimmt hier etwas nicht? Berichtigen Sie es; was Sie nicht ändern, bleibt, wie es ist.',
      until: (when) => `Bitte antworten Sie bis ${when}.`,
      send: 'Antwort senden',
      whatFollows:
        'Gesendet wird erst, wenn Sie auf den Knopf drücken. Jemand von uns liest Ihre Antwort, und Ihre Bestellung geht damit weiter.',
      thanks: 'Vielen Dank, Ihre Antwort ist da.',
      thanksThen:
        'Jemand von uns liest sie jetzt. Sie müssen nichts weiter tun und hören von uns, wie es weitergeht.',
      missing: 'Schreiben Sie zuerst Ihre Antwort.',
      tooLong: 'Die Antwort ist zu lang: höchstens 2.000 Zeichen.',
      notFit: (fields) =>
        `So lässt sich das nicht übernehmen: ${fields}. Ein Tag wird als 2026-03-09 geschrieben.`,
      notSent:
        'Ihre Antwort ließ sich eben nicht annehmen. Es ist nichts verloren: Drücken Sie in einer Minute noch einmal.',
      goBack: 'Gehen Sie im Browser zurück, dort steht noch, was Sie geschrieben haben, und kürzen Sie es.',
      notNow: 'Diese Seite lässt sich gerade nicht zeigen.',
      notNowThen:
        'Es ist nichts verloren. Warten Sie eine Minute und öffnen Sie den Link Ihrer E-Mail noch einmal.',
      gone: {
        invalid: 'Dieser Link führt zu keiner Frage von uns.',
        expired: 'Die Zeit, hier zu antworten, ist vorbei.',
        answered: 'Diese Frage ist beantwortet oder nicht mehr offen.',
      },
      goneThen:
        'Wenn Sie uns etwas zu Ihrer Bestellung sagen möchten, antworten Sie auf die E-Mail, in der Sie den Link gefunden haben.',
    },
  ],
  [
    'fr',
    {
      title: (orderId) => `Une question sur votre commande ${orderId}`,
      asked: 'Nous aimerions savoir :',
      yourAnswer: 'Votre réponse',
      order: 'Ce que dit votre commande',
      mayChange: 'Quelque chose est faux ? Corrigez-le ; ce que vous ne changez pas reste tel quel.',
      until: (when) => `Merci de répondre avant le ${when}.`,
      send: 'Envoyer la réponse',
      whatFollows:
        'Rien n’est envoyé avant que vous appuyiez sur le bouton. L’un de nous lit votre réponse, et votre commande suit son cours.',
      thanks: 'Merci, nous avons votre réponse.',
      thanksThen:
        'L’un de nous la lit maintenant. Vous n’avez rien d’autre à faire ; nous vous dirons la suite.',
      missing: 'Écrivez d’abord votre réponse.',
      tooLong: 'La réponse est trop longue : 2 000 caractères au plus.',
      notFit: (fields) => `Ceci ne peut pas être repris tel quel : ${fields}. Un jour s’écrit 2026-03-09.`,
      notSent:
        'Votre réponse n’a pas pu être prise à l’instant. Rien n’est perdu : appuyez de nouveau dans une minute.',
      goBack: 'Revenez en arrière dans votre navigateur, où votre texte est encore, et raccourcissez-le.',
      notNow: 'Cette page ne peut pas être affichée à l’instant.',
      notNowThen: 'Rien n’est perdu. Attendez une minute, puis ouvrez de nouveau le lien de votre courriel.',
      gone: {
        invalid: 'Ce lien ne mène à aucune de nos questions.',
        expired: 'Le délai pour répondre ici est passé.',
        answered: 'Cette question a reçu sa réponse, ou n’est plus ouverte.',
      },
      goneThen:
        'Pour nous dire quelque chose sur votre commande, répondez au courriel où vous avez trouvé le lien.',
    },
  ],
])
