import type { Channel, Draft, Mail, Message } from './api.ts';

/** What the person sent and the sandbox has not listed yet. */
export interface Pending {
  key: string;
  draft: Draft;
  channel: Channel;
  /** What the bubble shows, such as the tapped button's title. */
  shown: string;
  at: number;
  /** The id that the sandbox gave, once it took the message. */
  id?: string;
  error?: string;
}

/** A hub that reads nothing must not make every read a long one. */
const UNSETTLED_AMONG = 40;

/**
 * Where to read on from: before the newest known message, so that a conversation that was
 * reset is noticed, and before the oldest of the person's own messages that may still be
 * marked as read.
 */
export function readAfter(known: readonly Message[]): number {
  const last = known.at(-1)?.n ?? 0;
  const unsettled = known
    .slice(-UNSETTLED_AMONG)
    .find(({ direction, status }) => direction === 'in' && (status === 'sent' || status === 'delivered'));
  return Math.max(0, Math.min(last, unsettled?.n ?? last) - 1);
}

/**
 * Joins a page of messages, read after a number, to those known.
 *
 * @returns the messages in order, each once; null when the page contradicts what is known,
 * that is when the conversation was reset and has to be read from its start
 */
export function mergeMessages(
  known: readonly Message[],
  page: readonly Message[],
  after: number,
): readonly Message[] | null {
  const last = known.at(-1);
  if (last && last.n > after && !page.some((message) => message.n === last.n && message.id === last.id)) {
    return after === 0 ? sorted(page) : null;
  }
  const merged = new Map(known.map((message) => [message.n, message]));
  let changed = false;
  for (const message of page) {
    const before = merged.get(message.n);
    if (before && before.id !== message.id) {
      return after === 0 ? sorted(page) : null;
    }
    if (!before || before.status !== message.status) {
      merged.set(message.n, message);
      changed = true;
    }
  }
  return changed ? sorted([...merged.values()]) : known;
}

function sorted(messages: readonly Message[]): Message[] {
  return [...messages].sort((a, b) => a.n - b.n);
}

/** Drops what has come back from the sandbox. */
export function stillPending(pending: readonly Pending[], messages: readonly Message[]): readonly Pending[] {
  const ids = new Set(messages.map((message) => message.id));
  const left = pending.filter((item) => item.id === undefined || !ids.has(item.id));
  return left.length === pending.length ? pending : left;
}

/** How many of the hub's messages on that channel came after the one that was seen last. */
export function unreadCount(messages: readonly Message[], channel: Channel, seen: number): number {
  return messages.filter((m) => m.direction === 'out' && m.channel === channel && m.n > seen).length;
}

/** The dots show from the hub's read receipt until its answer. */
export function isTyping(typing: boolean, messages: readonly Message[], channel: Channel): boolean {
  return typing && messages.findLast((message) => message.channel === channel)?.direction === 'in';
}

const ADDRESS = /[^\s@<>]+@[^\s@<>]+\.[^\s@<>.]+/;
const CODE = /(?<![\d+])\d{6}(?!\d)/;

/** The six-digit code in a text, if there is one. */
export function findCode(text: string): string | undefined {
  return CODE.exec(text)?.[0];
}

/**
 * The mailed code that the person is about to type: that of the newest mail to the address
 * this phone named last (else the person's own), until it was sent.
 */
export function codeToPaste(
  messages: readonly Message[],
  mails: readonly Mail[],
  ownAddress: string | undefined,
): { code: string; mail: Mail } | undefined {
  const sent = messages.filter((message) => message.direction === 'in');
  const named = sent.map((message) => ADDRESS.exec(message.text ?? '')?.[0]).findLast(Boolean);
  const address = (named ?? ownAddress)?.toLowerCase();
  if (address === undefined) {
    return undefined;
  }
  const mail = mails
    .filter((candidate) => candidate.to.toLowerCase().includes(address) && findCode(codeText(candidate)))
    .reduce<Mail | undefined>(
      (newest, candidate) => (newest && newest.n > candidate.n ? newest : candidate),
      undefined,
    );
  const code = mail && findCode(codeText(mail));
  if (!mail || !code || sent.some((message) => message.text?.trim() === code)) {
    return undefined;
  }
  return { code, mail };
}

function codeText(mail: Mail): string {
  return `${mail.text}\n${mail.subject}`;
}

const PHONE = /^\+[1-9]\d{6,14}$/;
/** Meta's business-scoped user id: a person whose number stays hidden. */
const USER_ID = /^[A-Z]{2}\.[A-Za-z0-9]{1,128}$/;

/** A typed number in E.164 or a user id such as NG.4711; undefined when it is neither. */
export function readPhone(typed: string): string | undefined {
  if (USER_ID.test(typed.trim())) {
    return typed.trim();
  }
  const bare = typed.replace(/[\s().\-\u00A0]/g, '').replace(/^00/, '+');
  return PHONE.test(bare) ? bare : undefined;
}

/** A Nigerian number in groups, +234 803 000 0001; others as they are, since each country groups its own way. */
export function showPhone(phone: string): string {
  return phone.replace(/^(\+234)(\d{3})(\d{3})(\d{4})$/, '$1 $2 $3 $4');
}

/** Which day of the calendar, where this page is looked at. */
export function dayOf(at: string | number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`;
}

/** The name of a message's day, seen from the hub's present. */
export function dayLabel(at: string | number, now: number): string {
  const day = dayOf(at);
  if (day === dayOf(now)) {
    return 'Today';
  }
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  if (day === dayOf(yesterday.getTime())) {
    return 'Yesterday';
  }
  return new Date(at).toLocaleDateString(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
}

export function timeOf(at: string | number): string {
  return new Date(at).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
}

/** A span in two units at most: 45 s, 12 min, 3 h 5 min, 2 d 4 h. */
export function spanOf(seconds: number): string {
  const s = Math.max(0, Math.round(seconds));
  const parts: [number, string][] = [
    [Math.floor(s / 86_400), 'd'],
    [Math.floor((s % 86_400) / 3_600), 'h'],
    [Math.floor((s % 3_600) / 60), 'min'],
    [s % 60, 's'],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  return first < 0
    ? '0 s'
    : parts
        .slice(first, first + 2)
        .filter(([count]) => count > 0)
        .map(([count, unit]) => `${count} ${unit}`)
        .join(' ');
}

/** How a message reads in one line: in a quote, a notice, the list of phones. */
export function summaryOf(message: Message): string {
  if (message.text) {
    return message.text;
  }
  if (message.location) {
    return `📍 ${message.location.name ?? 'Location'}`;
  }
  if (message.media?.length) {
    const media = message.media[0];
    return media?.caption ?? (media?.type === undefined || media.type === 'image' ? '📷 Photo' : `📎 ${media.type}`);
  }
  return message.header ?? message.options?.[0]?.title ?? message.type;
}
