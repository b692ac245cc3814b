/** Dates and times in the words of a language. */

const DAY_MS = 86_400_000;

export function timeOf(at: string | number, language: string): string {
  return new Date(at).toLocaleTimeString(language, { hour: 'numeric', minute: '2-digit' });
}

/** A key of the day on this machine. */
export function dayOf(at: string | number): string {
  return new Date(at).toDateString();
}

export function dayLabel(at: string | number, now: number, language: string): string {
  const days = Math.round((midnight(now) - midnight(at)) / DAY_MS);
  if (days === 0 || days === 1) {
    return capital(new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(-days, 'day'), language);
  }
  const date = new Date(at);
  const year = date.getFullYear() === new Date(now).getFullYear() ? undefined : 'numeric';
  const label = date.toLocaleDateString(language, { weekday: 'long', day: 'numeric', month: 'long', year });
  return capital(label, language);
}

/** As short as a list has room for: the time today, else the day. */
export function shortWhen(at: string, now: number, language: string): string {
  const days = Math.round((midnight(now) - midnight(at)) / DAY_MS);
  return days <= 0
    ? timeOf(at, language)
    : days < 7
      ? new Date(at).toLocaleDateString(language, { weekday: 'short' })
      : new Date(at).toLocaleDateString(language, { day: 'numeric', month: 'short' });
}

/** A time as the clocks at its place show it: the one that its offset says. */
export interface LocalTime {
  /** ISO date. */
  day: string;
  dayLabel: string;
  time: string;
  /** Such as "GMT+1". */
  zone: string;
}

export function localTime(iso: string, language: string): LocalTime {
  const [, sign, hours = '0', minutes = '0'] = /([+-])(\d\d):?(\d\d)$/.exec(iso) ?? [];
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
  const wall = new Date(Date.parse(iso) + offset * 60_000);
  const label = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' }).format(wall);
  const tail = Number(minutes) === 0 ? '' : `:${minutes}`;
  return {
    day: wall.toISOString().slice(0, 10),
    dayLabel: capital(label({ weekday: 'long', day: 'numeric', month: 'long' }), language),
    time: label({ hour: 'numeric', minute: '2-digit' }),
    zone: offset === 0 ? 'GMT' : `GMT${sign}${Number(hours)}${tail}`,
  };
}

/** A calendar date, which has no zone. */
export function dateLabel(date: string, language: string): string {
  const parsed = new Date(`${date.slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(parsed.getTime())
    ? date
    : parsed.toLocaleDateString(language, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
}

function midnight(at: string | number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

function capital(words: string, language: string): string {
  return words.slice(0, 1).toLocaleUpperCase(language) + words.slice(1);
}
