import { describe, expect, it } from 'vitest';
import type { Message, Person } from './api.ts';
import { initialState, reduce, type Action, type State } from './state.ts';

const SADE: Person = { name: 'Sade Bello', role: 'seeker', phone: '+2348030000001', email: 'sade@example.com' };
const OTHER = '+447700900123';

const after = (...actions: Action[]): State => actions.reduce(reduce, initialState);
const of = (state: State, phone: string) => state.phones.find((candidate) => candidate.phone === phone);
const people: Action = { type: 'people', people: [SADE] };

const sent: Message = {
  n: 1,
  direction: 'in',
  channel: 'whatsapp',
  id: 'wamid.1',
  type: 'text',
  text: 'Hello',
  status: 'sent',
  at: '2026-11-21T10:00:00Z',
};
const sending: Action = {
  type: 'sending',
  phone: SADE.phone,
  pending: { key: 'k1', draft: { text: 'Hello' }, channel: 'whatsapp', shown: 'Hello', at: 0 },
};

describe('The page’s state', () => {
  it('keeps a conversation when the people are read again', () => {
    const state = after(people, { type: 'messages', phone: SADE.phone, messages: [sent] }, people);
    expect(of(state, SADE.phone)?.messages).toHaveLength(1);
  });

  it('shows a message once, whether its id or its listing comes first', () => {
    const taken: Action = { type: 'taken', phone: SADE.phone, key: 'k1', id: 'wamid.1' };
    const listed: Action = { type: 'messages', phone: SADE.phone, messages: [sent] };
    expect(of(after(people, sending, taken), SADE.phone)?.pending).toHaveLength(1);
    expect(of(after(people, sending, taken, listed), SADE.phone)?.pending).toHaveLength(0);
    expect(of(after(people, sending, listed, taken), SADE.phone)?.pending).toHaveLength(0);
  });

  it('keeps what was refused, with the reason, until it is sent again', () => {
    const refused = after(people, sending, { type: 'refused', phone: SADE.phone, key: 'k1', error: 'Down' });
    expect(of(refused, SADE.phone)?.pending).toMatchObject([{ key: 'k1', error: 'Down' }]);
    expect(of(reduce(refused, sending), SADE.phone)?.pending).toMatchObject([{ key: 'k1' }]);
    expect(of(reduce(refused, sending), SADE.phone)?.pending[0]?.error).toBeUndefined();
  });

  it('takes away added phones only', () => {
    const state = after(people, { type: 'add', phone: OTHER }, { type: 'add', phone: OTHER });
    expect(state.phones).toHaveLength(2);
    expect(reduce(state, { type: 'remove', phone: OTHER }).phones).toHaveLength(1);
    expect(reduce(state, { type: 'remove', phone: SADE.phone }).phones).toHaveLength(2);
  });

  it('never marks as seen less than before, and starts anew with a conversation that does', () => {
    const seen = (n: number): Action => ({ type: 'seen', phone: SADE.phone, channel: 'whatsapp', n });
    const state = after(
      people,
      { type: 'messages', phone: SADE.phone, messages: [sent, { ...sent, n: 2 }] },
      seen(2),
      seen(1),
    );
    expect(of(state, SADE.phone)?.seen.whatsapp).toBe(2);
    expect(of(reduce(state, { type: 'messages', phone: SADE.phone, messages: [] }), SADE.phone)?.seen.whatsapp).toBe(0);
  });

  it('empties the phones and the mailbox on a reset, and keeps the phones', () => {
    const mail = { n: 1, to: SADE.email, subject: '', text: '', at: '' };
    const state = after(
      people,
      { type: 'add', phone: OTHER },
      { type: 'messages', phone: SADE.phone, messages: [sent] },
      { type: 'mails', mails: [mail] },
      { type: 'reset' },
    );
    expect(state.phones.map(({ messages }) => messages.length)).toEqual([0, 0]);
    expect(state.mails).toEqual([]);
  });

  it('is the same object when nothing changed', () => {
    const state = after(people);
    expect(reduce(state, { type: 'seen', phone: SADE.phone, channel: 'whatsapp', n: 0 })).toBe(state);
    expect(reduce(state, { type: 'channel', phone: OTHER, channel: 'twilio' })).toBe(state);
  });

  it('lists mails and deliveries newest first', () => {
    const mail = (n: number) => ({ n, to: 'a@b.c', subject: '', text: '', at: '' });
    expect(after({ type: 'mails', mails: [mail(1), mail(3), mail(2)] }).mails.map(({ n }) => n)).toEqual([3, 2, 1]);
    const delivery = (id: number) => ({ id, at: '', provider: '', kind: '', state: 'delivered' as const, attempts: 1 });
    expect(
      after({ type: 'deliveries', deliveries: [delivery(1), delivery(3), delivery(2)] }).deliveries.map(({ id }) => id),
    ).toEqual([3, 2, 1]);
  });
});
