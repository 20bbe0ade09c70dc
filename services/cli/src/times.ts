/** `2026-03-02 09:30` in the clock of this machine. */
export function clock(iso: string | null): string {
  if (iso === null) return ''
  const date = new Date(iso)
  const two = (n: number) => String(n).padStart(2, '0')
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`
}

/** How long until a deadline: `in 1 h 20 min`, `late by 3 d 2 h`. */
export function until(iso: string | null, now: number): string {
  if (iso === null) return ''
  const left = Date.parse(iso) - now
  return left >= 0 ? `in ${duration(left)}` : `late by ${duration(-left)}`
}

/** The two largest units: `45 s`, `12 min`, `1 h 20 min`, `3 d 2 h`. */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
  return hours % 24 === 0 ? `${Math.floor(hours / 24)} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`
}
