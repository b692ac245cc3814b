export type RangeId = '1h' | '24h' | '7d' | '30d';

export interface Range {
  id: RangeId;
  label: string;
  /** As in "the … before". */
  words: string;
  spanMs: number;
  stepSeconds: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export const RANGES: readonly Range[] = [
  { id: '1h', label: '1 h', words: 'hour', spanMs: HOUR_MS, stepSeconds: 120 },
  { id: '24h', label: '24 h', words: '24 hours', spanMs: DAY_MS, stepSeconds: 1_800 },
  { id: '7d', label: '7 d', words: '7 days', spanMs: 7 * DAY_MS, stepSeconds: 10_800 },
  { id: '30d', label: '30 d', words: '30 days', spanMs: 30 * DAY_MS, stepSeconds: 86_400 },
];

export function rangeOf(id: string | null | undefined): Range {
  return RANGES.find((range) => range.id === id) ?? (RANGES[1] as Range);
}

/** Where the first step begins, so that steps begin at whole hours and local midnights. */
export function beginning(range: Range, now: number): number {
  const step = range.stepSeconds * 1_000;
  const zone = new Date(now).getTimezoneOffset() * 60_000;
  const current = Math.floor((now - zone) / step) * step + zone;
  return current - range.spanMs + step;
}

/** What stands below a step in a chart. */
export function stepLabel(at: number, range: Range): string {
  const date = new Date(at);
  const time = date.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
  const day = date.toLocaleDateString(undefined, { day: 'numeric', month: 'short' });
  return range.id === '30d' ? day : range.id === '7d' ? `${day}, ${time}` : time;
}
