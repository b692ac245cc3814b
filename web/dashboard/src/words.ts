/** Figures in people's words. What there is nothing to tell of is a dash. */

export const NOTHING = '–';

export function count(value: number | undefined): string {
  return value === undefined ? NOTHING : value.toLocaleString();
}

/** @param rate 0 to 1 */
export function percent(rate: number | undefined): string {
  if (rate === undefined) {
    return NOTHING;
  }
  // 99.96 % is not all of it.
  const shown = rate > 0.99 && rate < 1 ? Math.floor(rate * 1_000) / 10 : Math.round(rate * 100);
  return `${shown.toLocaleString()}%`;
}

/** As short as it can be told without being wrong by much. */
export function span(seconds: number | undefined): string {
  if (seconds === undefined) {
    return NOTHING;
  }
  if (seconds < 1) {
    return seconds === 0 ? '0 s' : '< 1 s';
  }
  const whole = Math.round(seconds);
  if (whole < 60) {
    return `${whole} s`;
  }
  if (whole < 3_600) {
    return pair(Math.floor(whole / 60), 'min', whole % 60, 's');
  }
  if (whole < 86_400) {
    return pair(Math.floor(whole / 3_600), 'h', Math.floor((whole % 3_600) / 60), 'min');
  }
  return pair(Math.floor(whole / 86_400), 'd', Math.floor((whole % 86_400) / 3_600), 'h');
}

function pair(large: number, unit: string, small: number, smaller: string): string {
  return small === 0 ? `${large} ${unit}` : `${large} ${unit} ${small} ${smaller}`;
}

export interface Change {
  text: string;
  /** Whether that is good news; undefined where it is neither. */
  good?: boolean;
}

/**
 * How a figure differs from the one before.
 *
 * @param upIsGood undefined where more is neither good nor bad
 * @param points whether both are rates, which differ by percentage points
 */
export function change(
  now: number | undefined,
  before: number | undefined,
  upIsGood?: boolean,
  points = false,
): Change | undefined {
  if (now === undefined || before === undefined || (!points && before === 0)) {
    return undefined;
  }
  const difference = points ? (now - before) * 100 : ((now - before) / before) * 100;
  const rounded = Math.round(difference);
  if (rounded === 0) {
    return { text: '±0' + (points ? ' pts' : '%') };
  }
  const text = `${rounded > 0 ? '+' : '−'}${Math.abs(rounded).toLocaleString()}${points ? ' pts' : '%'}`;
  return { text, good: upIsGood === undefined ? undefined : rounded > 0 === upIsGood };
}

export function moment(at: string | undefined): string {
  return at === undefined
    ? NOTHING
    : new Date(at).toLocaleString(undefined, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
}

/** To the millisecond, for what follows closely upon another. */
export function exactTime(at: string): string {
  const date = new Date(at);
  const time = date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  return `${time}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** How long after another moment something happened. */
export function later(at: string, than: string): string {
  const ms = Date.parse(at) - Date.parse(than);
  return ms < 0 ? '' : ms < 1_000 ? `+${ms} ms` : `+${span(ms / 1_000)}`;
}

const CHANNELS: Record<string, string> = {
  whatsapp: 'WhatsApp',
  twilio: 'Twilio',
  web: 'Web chat',
  mail: 'E-mail',
  alert: 'Alerts',
};

export function channelName(channel: string): string {
  return CHANNELS[channel] ?? channel;
}

export function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1).replaceAll('_', ' ');
}
