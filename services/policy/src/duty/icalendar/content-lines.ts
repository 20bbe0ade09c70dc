/** One line of an iCalendar text, such as `DTSTART;TZID=Europe/London:20260105T090000`. */
export interface ContentLine {
  name: string
  parameters: ReadonlyMap<string, string>
  value: string
  /** Counts from 1. */
  line: number
}

/** The lines of one VEVENT, without those of its alarms. */
export interface EventLines {
  line: number
  lines: ContentLine[]
  /** Lines of the whole calendar, which may follow its events. */
  calendar: readonly ContentLine[]
}

/** The events of an iCalendar text (RFC 5545, section 3.1). Lines that are none are passed over. */
export function readEvents(text: string): EventLines[] {
  const events: EventLines[] = []
  const open: string[] = []
  let calendar: ContentLine[] = []
  for (const one of contentLines(text)) {
    const component = one.value.toUpperCase()
    if (one.name === 'BEGIN') open.push(component)
    if (one.name === 'BEGIN' && component === 'VCALENDAR') calendar = []
    else if (one.name === 'BEGIN' && component === 'VEVENT')
      events.push({ line: one.line, lines: [], calendar })
    else if (one.name === 'END') open.pop()
    else if (open.at(-1) === 'VEVENT') events.at(-1)?.lines.push(one)
    else if (open.at(-1) === 'VCALENDAR') calendar.push(one)
  }
  return events
}

function contentLines(text: string): ContentLine[] {
  return unfolded(text).flatMap(({ text: whole, line }) => readLine(whole, line) ?? [])
}

/** A line that begins with a blank goes on with the line before it. */
function unfolded(text: string): { text: string; line: number }[] {
  const whole: { text: string; line: number }[] = []
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
    const before = whole.at(-1)
    if (before && /^[ \t]/.test(line)) before.text += line.slice(1)
    else whole.push({ text: line, line: index + 1 })
  }
  return whole
}

/** Marks within quotes are part of a parameter. */
function readLine(text: string, line: number): ContentLine | undefined {
  const [head] = /^(?:"[^"]*"|[^":])*/.exec(text) ?? ['']
  if (text.charAt(head.length) !== ':') return undefined
  const [name = '', ...parameters] = head.match(/(?:"[^"]*"|[^";])+/g) ?? []
  const value = text.slice(head.length + 1)
  return { name: name.toUpperCase(), parameters: new Map(parameters.map(readParameter)), value, line }
}

function readParameter(text: string): [name: string, value: string] {
  const [name = '', ...value] = text.split('=')
  return [name.toUpperCase(), value.join('=').replace(/^"(.*)"$/, '$1')]
}
