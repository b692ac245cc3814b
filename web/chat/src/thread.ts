import type { Action, Card, Entry } from './api.ts';

/** What the user sent and the hub has not shown yet. */
export interface Pending {
  /** Travels with the message and comes back with it, so that it is there once however often it is sent. */
  clientId: string;
  text: string;
  /** What was chosen, where it was not written. */
  action?: string;
  /** Milliseconds. */
  at: number;
  /** Why the hub refused it; absent while it is on its way. */
  refused?: string;
}

/** A thread as far as it is loaded. */
export interface Conversation {
  /** In order, without a gap: all that stands above `start`, up to and with `last`. */
  entries: readonly Entry[];
  start: number;
  last: number;
  /** What came before something that stands in front of it. */
  held: readonly Entry[];
  pending: readonly Pending[];
}

/** @param start everything up to this sequence number is left for later, when somebody scrolls up */
export function newConversation(start: number): Conversation {
  return { entries: [], start, last: start, held: [], pending: [] };
}

/** Takes in what came, in whichever order and however often. */
export function receive(conversation: Conversation, came: readonly Entry[]): Conversation {
  const waiting = new Map(conversation.held.map((entry) => [entry.seq, entry]));
  came.filter(({ seq }) => seq > conversation.last).forEach((entry) => waiting.set(entry.seq, entry));
  const next: Entry[] = [];
  let last = conversation.last;
  for (let entry = waiting.get(last + 1); entry; entry = waiting.get(last + 1)) {
    next.push(entry);
    waiting.delete(entry.seq);
    last = entry.seq;
  }
  const shown = new Set([...next, ...came.filter(({ seq }) => seq <= last)].map(({ client_id }) => client_id));
  const pending = conversation.pending.filter(({ clientId }) => !shown.has(clientId));
  if (next.length === 0 && waiting.size === conversation.held.length && pending.length === conversation.pending.length) {
    return conversation;
  }
  return {
    ...conversation,
    entries: next.length === 0 ? conversation.entries : [...conversation.entries, ...next],
    last,
    held: [...waiting.values()].sort((a, b) => a.seq - b.seq),
    pending: pending.length === conversation.pending.length ? conversation.pending : pending,
  };
}

/** Puts an earlier page in front; a page that does not reach up to what is there is left out. */
export function prepend(conversation: Conversation, start: number, page: readonly Entry[]): Conversation {
  const earlier = page
    .filter(({ seq }) => seq > start && seq <= conversation.start)
    .sort((a, b) => a.seq - b.seq)
    .filter(({ seq }, i, all) => seq !== all[i - 1]?.seq);
  return earlier.length === conversation.start - start
    ? { ...conversation, start, entries: [...earlier, ...conversation.entries] }
    : conversation;
}

/** Whether something is missing between what is shown and what came. */
export function hasGap(conversation: Conversation): boolean {
  return conversation.held.length > 0;
}

export function addPending(conversation: Conversation, pending: Pending): Conversation {
  const others = conversation.pending.filter(({ clientId }) => clientId !== pending.clientId);
  return { ...conversation, pending: [...others, pending] };
}

export function dropPending(conversation: Conversation, clientId: string): Conversation {
  return { ...conversation, pending: conversation.pending.filter((item) => item.clientId !== clientId) };
}

/** @param clientId which one was refused; without it the oldest that is on its way */
export function refusePending(conversation: Conversation, clientId: string | undefined, why: string): Conversation {
  const refused = conversation.pending.find((item) =>
    clientId === undefined ? item.refused === undefined : item.clientId === clientId,
  );
  return refused === undefined
    ? conversation
    : {
        ...conversation,
        pending: conversation.pending.map((item) => (item === refused ? { ...item, refused: why } : item)),
      };
}

/** How far the question about a listing is. */
export type CheckState = 'asked' | 'available' | 'unavailable' | 'expired' | 'failed';

export interface Check {
  id?: string;
  state: CheckState;
}

const OPEN = new Set(['asked', 'reminded', 'fallback', 'checking', 'unclear']);

/** What a state that the hub names means to a visitor. */
export function checkState(state: string | undefined): CheckState | undefined {
  if (state === undefined) {
    return undefined;
  }
  return OPEN.has(state) ? 'asked' : (['available', 'unavailable', 'expired', 'failed'] as const).find((s) => s === state);
}

/** The latest check of each listing. */
export function checksOf(entries: readonly Entry[]): ReadonlyMap<string, Check> {
  const checks = new Map<string, Check>();
  for (const entry of entries) {
    const { event, metadata } = entry;
    const news =
      event === 'check_updated' ? { ...metadata, ...entry } : metadata?.source === 'availability' ? metadata : undefined;
    const state = checkState(news?.state);
    if (news?.listing_id !== undefined && state) {
      checks.set(String(news.listing_id), { id: news.check_id, state });
    }
  }
  return checks;
}

/** The latest card of each listing that was shown. */
export function cardsOf(entries: readonly Entry[]): ReadonlyMap<string, Card> {
  return new Map(entries.flatMap(({ cards = [] }) => cards.map((card) => [card.id, card] as const)));
}

/** How many messages of others stand above what was read. */
export function unreadIn(conversation: Conversation, read: number): number {
  return conversation.entries.filter((entry) => entry.seq > read && isForReading(entry)).length;
}

export function isForReading({ event }: Entry): boolean {
  return event === 'assistant_message' || event === 'agent_message';
}

/** What an action of ours names: `book:12:c7` is to book the listing 12, found available by the check c7. */
export function readAction({ id }: Action): { verb: string; listing?: string; check?: string } {
  const [verb = '', listing, check] = id.split(':');
  return { verb, listing: listing || undefined, check: check || undefined };
}
