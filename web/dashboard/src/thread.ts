import type { Message, Step, Way } from './hub.ts';

/** Messages as they were said: what came in stands before what answers it, whichever was written down first. */
export function inOrder(messages: readonly Message[]): Message[] {
  const once = new Map(messages.map((message) => [message.id, message]));
  return [...once.values()].sort(
    (one, other) =>
      Date.parse(one.at) - Date.parse(other.at) ||
      one.direction.localeCompare(other.direction) ||
      Number(one.id) - Number(other.id),
  );
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
