import type { Chat, Contact, Message, Routed, Step, Way } from './hub.ts';
import type { Open } from './place.ts';

/** Messages as they were said: what came in stands before what answers it, whichever was written down first. */
export function inOrder(messages: readonly Message[]): Message[] {
  const once = new Map(messages.map((message) => [message.id, message]));
  return [...once.values()].sort(
    (one, other) =>
      Date.parse(one.at) - Date.parse(other.at) ||
      one.direction.localeCompare(other.direction) ||
      numberOf(one) - numberOf(other),
  );
}

/** In a thread of the web chat an id is the thread's and the message's number there. */
function numberOf({ id }: Message): number {
  return Number(id.slice(id.indexOf('-') + 1));
}

/** Somebody in the list: on the phone or in the web chat. */
export interface Somebody {
  open: Open;
  name: string;
  about: string;
  role?: string;
  /** When they were last heard of. */
  at?: string;
}

export function ofContact(contact: Contact): Somebody {
  return {
    open: { kind: 'contact', id: contact.id },
    name: contact.name ?? contact.phone ?? 'Unknown',
    about: [contact.phone, contact.role ?? 'not linked', contact.opted_out ? 'opted out' : undefined]
      .filter((part) => part)
      .join(' · '),
    role: contact.role,
    at: contact.heard_at,
  };
}

export function ofChat(chat: Chat): Somebody {
  return {
    open: { kind: 'chat', id: chat.thread_id },
    name: chat.visitor ?? 'Visitor',
    about: ['Web chat', chat.title, chat.talking ? 'writes with an agent' : undefined].filter((part) => part).join(' · '),
    role: chat.role ?? 'seeker',
    at: chat.updated_at,
  };
}

/** Those who were heard of last come first, wherever that was. */
export function latestFirst(people: readonly Somebody[]): Somebody[] {
  const once = new Map(people.map((one) => [`${one.open.kind} ${one.open.id}`, one]));
  return [...once.values()].sort((one, other) => Date.parse(other.at ?? '1970') - Date.parse(one.at ?? '1970'));
}

/** A flow's id, as it stands in the logs; undefined if something else was typed. */
export function flowIn(typed: string): string | undefined {
  return /^in-\d{1,18}$/i.test(typed) ? typed.toLowerCase() : undefined;
}

/** Each try with its routes. */
export function tries(routes: readonly Routed[]): Routed[][] {
  const found: Routed[][] = [];
  for (const routed of routes) {
    const last = found.at(-1);
    if (last?.[0]?.attempt === routed.attempt) {
      last.push(routed);
    } else {
      found.push([routed]);
    }
  }
  return found;
}

export interface Day {
  day: string;
  messages: Message[];
}

export function byDay(messages: readonly Message[]): Day[] {
  const days: Day[] = [];
  for (const message of messages) {
    const day = new Date(message.at).toDateString();
    const last = days.at(-1);
    if (last?.day === day) {
      last.messages.push(message);
    } else {
      days.push({ day, messages: [message] });
    }
  }
  return days;
}

/** The steps of one message, and of the delivery that it belongs to; not those of the flow's other messages. */
export function stepsOf(way: Way, message: Message): Step[] {
  return way.steps.filter((step) => step.message_id === undefined || step.message_id === message.id);
}

/** What else belongs to the same flow. */
export function others(way: Way, message: Message): Message[] {
  return way.messages.filter((one) => one.id !== message.id);
}

const WORDS: Record<string, string> = {
  received: 'Received',
  handled: 'Handled',
  set_aside: 'Set aside',
  dead: 'Gave up',
  waiting: 'Waiting',
  queued: 'Queued',
  sent: 'Sent',
  delivered: 'Delivered',
  read: 'Read',
  failed: 'Failed',
};

export function stepWords(step: Step): string {
  return WORDS[step.step] ?? step.step;
}
