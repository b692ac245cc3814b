import { describe, expect, it } from 'vitest';
import type { Message, Way } from './hub.ts';
import { hashOf, readPlace } from './place.ts';
import { byDay, flowIn, inOrder, latestFirst, ofChat, ofContact, others, stepsOf, tries } from './thread.ts';

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

  it('of the web chat stands in the order of its numbers', () => {
    const at = '2026-03-01T12:00:00Z';
    expect(inOrder([message('3-10', 'out', at), message('3-9', 'out', at)]).map(({ id }) => id)).toEqual(['3-9', '3-10']);
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
    for (const open of [
      { kind: 'contact', id: '17' },
      { kind: 'chat', id: '4' },
      { kind: 'way', id: 'in-4711' },
    ] as const) {
      expect(readPlace(hashOf({ view: 'conversations', open }))).toEqual({ view: 'conversations', open });
    }
    expect(readPlace('#conversations/nonsense/17')).toEqual({ view: 'conversations' });
    expect(readPlace('#conversations/chat')).toEqual({ view: 'conversations' });
    expect(readPlace('#conversations')).toEqual({ view: 'conversations' });
    expect(readPlace('')).toEqual({ view: 'overview' });
    expect(readPlace('#nonsense')).toEqual({ view: 'overview' });
  });
});

describe('People', () => {
  const contact = { id: '1', linked: true, opted_out: false, channels: ['whatsapp'] };
  const chat = { thread_id: '1', title: 'A home', last_seq: 3, last_read_seq: 2, talking: false, updated_at: '2026-03-02T12:00:00Z' };

  it('stand in one list, those first who were heard of last, each once', () => {
    const silent = ofContact(contact);
    const phone = ofContact({ ...contact, id: '2', name: 'Sade', heard_at: '2026-03-03T12:00:00Z' });
    const web = ofChat({ ...chat, visitor: 'Sade' });
    expect(latestFirst([silent, web, phone, web])).toEqual([phone, web, silent]);
  });

  it('have a name, whatever is known of them', () => {
    expect(ofContact({ ...contact, phone: '+234***01' }).name).toBe('+234***01');
    expect(ofContact(contact).name).toBe('Unknown');
    expect(ofChat(chat).name).toBe('Visitor');
    expect(ofChat({ ...chat, talking: true }).about).toBe('Web chat · A home · writes with an agent');
  });

  it('are not looked for by a flow', () => {
    expect(flowIn('in-4711')).toBe('in-4711');
    expect(flowIn('IN-4711')).toBe('in-4711');
    expect(flowIn('in-')).toBeUndefined();
    expect(flowIn('sade')).toBeUndefined();
  });
});

describe('Routes', () => {
  it('are told try by try', () => {
    const at = '2026-03-01T12:00:00Z';
    const routes = [
      { route: 'a', at, attempt: 1 },
      { route: 'b', at, attempt: 1 },
      { route: 'a', at, attempt: 2 },
    ];
    expect(tries(routes).map((one) => one.map(({ route }) => route))).toEqual([['a', 'b'], ['a']]);
    expect(tries([])).toEqual([]);
  });
});
