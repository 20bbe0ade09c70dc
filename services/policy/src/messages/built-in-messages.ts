import type { MessageText } from '../policy.ts'

/** Goes to the customer with a question. */
export const questionMessage = 'question'
/** Goes to the customer when nothing else has for too long. */
export const silenceMessage = 'silence'

/** Goes to the customer whose order waits for what somebody raised by hand. */
export const heldMessage = 'held'

/** The messages that every policy has; one that writes them itself overrides these. */
export const builtInMessages: ReadonlyMap<string, ReadonlyMap<string, MessageText>> = new Map([
  [
    questionMessage,
    new Map([
      [
        'en',
        {
          subject: 'A question about your order {{ order.id }}',
          body: `Dear {{ customer.name }},

before your order {{ order.id }} can go on, we have to ask you something:

{{ question }}

Please answer by {{ answer.by }}.`,
        },
      ],
      [
        'de',
        {
          subject: 'Eine Frage zu Ihrer Bestellung {{ order.id }}',
          body: `Guten Tag {{ customer.name }},

bevor Ihre Bestellung {{ order.id }} weitergehen kann, haben wir eine Frage:

{{ question }}

Bitte antworten Sie bis {{ answer.by }}.`,
        },
      ],
    ]),
  ],
  [
    silenceMessage,
    new Map([
      [
        'en',
        {
          subject: 'Your order {{ order.id }} is still with us',
          body: `Dear {{ customer.name }},

we are still looking at your order {{ order.id }} ({{ case.names }}). You have not been forgotten, and need not do anything.`,
        },
      ],
      [
        'de',
        {
          subject: 'Ihre Bestellung {{ order.id }} ist noch bei uns',
          body: `Guten Tag {{ customer.name }},

wir prüfen Ihre Bestellung {{ order.id }} noch ({{ case.names }}). Sie ist nicht vergessen, und Sie brauchen nichts zu tun.`,
        },
      ],
    ]),
  ],
  [
    heldMessage,
    new Map([
      [
        'en',
        {
          subject: 'Your order {{ order.id }} waits for a moment',
          body: `Dear {{ customer.name }},

before your order {{ order.id }} goes on, one of us looks at something that we have noticed. You have nothing to do. We are
done by {{ due }}, and write to you if we need anything.`,
        },
      ],
      [
        'de',
        {
          subject: 'Ihre Bestellung {{ order.id }} wartet einen Augenblick',
          body: `Guten Tag {{ customer.name }},

bevor Ihre Bestellung {{ order.id }} weitergeht, sieht sich jemand von uns etwas an, das uns aufgefallen ist. Sie müssen nichts
tun. Wir sind bis {{ due }} fertig und melden uns, wenn uns etwas fehlt.`,
        },
      ],
    ]),
  ],
])
