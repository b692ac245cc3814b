import { describe, expect, it } from 'vitest';
import type { Message, Way } from './hub.ts';
import { hashOf, readPlace } from './place.ts';
import { byDay, inOrder, others, stepsOf } from './thread.ts';

function message(id: string, direction: 'in' | 'out', at: string): Message {
  return { id, direction, at, channel: 'whatsapp', kind: 'text', text: id, state: 'sent', flow: 'in-1' };
}

describe('A conversation', () => {
  it('stands in the order in which it was said, each message once', () => {
    const answer = message('7', 'out', '2026-03-01T12:00:01Z');
    const question = message('9', 'in', '2026-03-01T12:00:00Z');
    const next = message('10', 'in', '2026-03-01T12:00:01Z');
    expect(inOrder([next, question, answer, question]).map(({ id }) => id)).toEqual(['9', '10', '7']);
  });

  it('is parted by days', () => {
    const days = byDay([
      message('1', 'in', '2026-03-01T12:00:00Z'),
      message('2', 'out', '2026-03-01T12:00:01Z'),
      message('3', 'in', '2026-03-04T12:00:00Z'),
    ]);
    expect(days.map(({ messages }) => messages.length)).toEqual([2, 1]);
  });

  it('shows a message its own steps and those of what brought it', () => {
    const question = message('9', 'in', '2026-03-01T12:00:00Z');
    const answer = message('7', 'out', '2026-03-01T12:00:01Z');
    const way: Way = {
      flow: 'in-1',
      messages: [question, answer],
      steps: [{ step: 'received' }, { step: 'handled' }, { step: 'sent', message_id: '7' }],
    };
    expect(stepsOf(way, question).map(({ step }) => step)).toEqual(['received', 'handled']);
    expect(stepsOf(way, answer).map(({ step }) => step)).toEqual(['received', 'handled', 'sent']);
    expect(others(way, question)).toEqual([answer]);
  });

  it('has an address', () => {
    expect(readPlace(hashOf({ view: 'conversations', contact: '17' }))).toEqual({ view: 'conversations', contact: '17' });
    expect(readPlace('#conversations')).toEqual({ view: 'conversations' });
    expect(readPlace('')).toEqual({ view: 'overview' });
    expect(readPlace('#nonsense')).toEqual({ view: 'overview' });
  });
});
