/** A mistake as a piece of text that is replaced; it is told where `at` stands in the replacement, or all of it. */
export type Piece = [what: string, piece: string | RegExp, replacement: string, at?: string]

export const inRoles: readonly Piece[] = [
  ['calendar', /calendar: (office|warehouse)/, 'calendar: offcie', 'offcie'],
  ['backup', /backup: [\w-]+/, 'backup: controlelr', 'controlelr'],
  ['backups', /backup: [\w-]+/, 'backup: [controller, sales]', '[controller'],
  ['name of a field', 'calendar:', 'calender:', 'calender'],
  ['next level', 'to: order-manager', 'to: order-manger', 'order-manger'],
  ['time of a level', '2 working hours', '2 working hrs'],
]

export const inCalendars: readonly Piece[] = [
  ['zone', 'Europe/London', 'Europe/Lodnon'],
  ['offset for a zone', 'Europe/London', '"+01:00"'],
  ['region', 'GB-ENG', 'UK-ENG'],
  ['region that there is not', 'GB-ENG', 'GB-XYZ'],
  ['hours that overlap', /".*?"/, '["09:00-12:00", "11:00-17:00"]'],
  ['hours without a length', /".*?"/, '"09:00-09:00"'],
  ['hours past midnight', /".*?"/, '"09:00-25:30"'],
  ['hours as a number', /".*?"/, '9'],
  ['days', /mon-\w+/, 'mon-thr'],
  ['day twice', /mon-\w+/, 'mon: "09:00-10:00", mon-wed', 'mon-wed'],
  ['no hours at all', /\{.*\}/, '{}'],
  ['closed day', /(?<=holidays: GB-ENG\n)( {4}closed: .*\n)?/, '    closed: [24-12]\n', '24-12'],
  [
    'day of other hours',
    / {4}holidays/,
    '    extra-open: { 2026-13-01: "10:00-12:00" }\n    holidays',
    '2026-13-01',
  ],
  ['name of a field', 'zone:', 'zoen:', 'zoen'],
]

export const inMessages: readonly Piece[] = [
  ['value', 'order.id', 'order.idd'],
  ['value in a long text', 'order.amount', 'order.amuont'],
  ['value in another language', /(?<= {4}de:\n {6}subject: .*)order\.id/, 'order.idd'],
  ['filter', '{{ order.terms }}', '{{ order.terms | shout }}', '{{ order.terms'],
  ['language', '    de:', '    German:', 'German'],
  ['name of a field', 'subject:', 'subjekt:', 'subjekt'],
]

export const atTheTop: readonly Piece[] = [
  ['title', /(?<=title: ).*/, '2026'],
  ['order owner', /(?<=order-owner: ).*/, 'order-manger'],
  ['order owners', /(?<=order-owner: ).*/, '[order-manager, finance]'],
  ['stage twice', '[invoicing, shipping]', '[invoicing, shipping, shipping]', 'shipping]'],
  ['name of a stage', '[invoicing, shipping]', '[invoicing, Shipping]', 'Shipping'],
  ['name of a group', '\ncalendars:', '\ncalenders:', 'calenders'],
  ['name of another group', '\nmessages:', '\nmesages:', 'mesages'],
  ['group twice', '\nexceptions:', '\nroles: {}\nexceptions:', 'roles'],
  ['name of a role', '  finance:', '  Finance:', 'Finance'],
  ['name of a type', '  large-order:', '  large_order:', 'large_order'],
  ['built-in type', '  large-order:', '  other:', 'other'],
  ['second document', '\nmessages:', '\n---\nmessages:', '---'],
]
