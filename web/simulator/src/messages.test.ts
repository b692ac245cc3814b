import { describe, expect, it } from 'vitest';
import type { Mail, Message } from './api.ts';
import {
  codeToPaste,
  dayLabel,
  findCode,
  isTyping,
  mergeMessages,
  readAfter,
  readPhone,
  showPhone,
  spanOf,
  unreadCount,
} from './messages.ts';

const message = (n: number, direction: 'in' | 'out', more: Partial<Message> = {}): Message => ({
  n,
  direction,
  channel: 'whatsapp',
  id: `m${n}`,
  type: 'text',
  text: `text ${n}`,
  status: direction === 'in' ? 'read' : 'sent',
  at: '2026-11-21T10:00:00Z',
  ...more,
});

const mail = (n: number, to: string, text: string): Mail => ({
  n,
  to,
  subject: 'Code',
  text,
  at: '2026-11-21T10:00:00Z',
});

const numbers = (messages: readonly Message[] | null) => messages?.map(({ n }) => n);

describe('Reading on', () => {
  it('starts from nothing', () => {
    expect(readAfter([])).toBe(0);
  });

  it('includes the last known message, so that a reset is noticed', () => {
    expect(readAfter([message(1, 'in'), message(2, 'out')])).toBe(1);
  });

  it('goes back to the first message that the hub has not read yet', () => {
    expect(
      readAfter([message(1, 'in'), message(2, 'in', { status: 'sent' }), message(3, 'out'), message(4, 'out')]),
    ).toBe(1);
  });

  it('puts a page in order, each message once', () => {
    const known = [message(1, 'in'), message(2, 'out')];
    expect(numbers(mergeMessages(known, [message(4, 'out'), message(2, 'out'), message(3, 'in')], 1))).toEqual([
      1, 2, 3, 4,
    ]);
  });

  it('takes over a new state, and leaves the list as it is when there is nothing new', () => {
    const known = [message(1, 'in', { status: 'sent' }), message(2, 'out')];
    expect(mergeMessages(known, [message(1, 'in'), message(2, 'out')], 0)?.[0]?.status).toBe('read');
    expect(mergeMessages(known, [...known], 0)).toBe(known);
  });

  it('notices that the conversation was reset', () => {
    const known = [message(1, 'in'), message(2, 'out'), message(3, 'out')];
    expect(mergeMessages(known, [], 2)).toBeNull();
    expect(mergeMessages(known, [message(3, 'out', { id: 'another' })], 2)).toBeNull();
    expect(mergeMessages(known, [], 0)).toEqual([]);
    expect(numbers(mergeMessages([message(1, 'in')], [message(1, 'in', { id: 'another' })], 0))).toEqual([1]);
  });
});

describe('A phone', () => {
  it('counts what came after the last look, per channel', () => {
    const messages = [message(1, 'out'), message(2, 'in'), message(3, 'out'), message(4, 'out', { channel: 'twilio' })];
    expect(unreadCount(messages, 'whatsapp', 1)).toBe(1);
    expect(unreadCount(messages, 'twilio', 0)).toBe(1);
  });

  it('shows the dots until the answer has come', () => {
    expect(isTyping(true, [message(1, 'in')], 'whatsapp')).toBe(true);
    expect(isTyping(true, [message(1, 'in'), message(2, 'out')], 'whatsapp')).toBe(false);
    expect(isTyping(false, [message(1, 'in')], 'whatsapp')).toBe(false);
    expect(isTyping(true, [message(1, 'in')], 'twilio')).toBe(false);
  });

  it.each([
    ['+234 803 000 0001', '+2348030000001'],
    ['00234 (803) 000-0001', '+2348030000001'],
    ['+44 7700 900123', '+447700900123'],
    [' NG.4711 ', 'NG.4711'],
    ['ng.4711', undefined],
    ['0803 000 0001', undefined],
    ['+0803', undefined],
    ['+234abc0000001', undefined],
  ])('reads the typed number %j', (typed, expected) => {
    expect(readPhone(typed)).toBe(expected);
  });

  it('shows numbers in groups where it knows them', () => {
    expect(showPhone('+2348030000001')).toBe('+234 803 000 0001');
    expect(showPhone('+447700900123')).toBe('+447700900123');
  });
});

describe('A mailed code', () => {
  it.each([
    ['Your code is 123456.', '123456'],
    ['123456', '123456'],
    ['Call +234803000001 now', undefined],
    ['Order 1234567', undefined],
    ['+123456', undefined],
    ['12345', undefined],
  ])('is found in %j', (text, expected) => {
    expect(findCode(text)).toBe(expected);
  });

  const asked = message(1, 'in', { text: '/link Sade@Example.com' });

  it('is offered to the phone that asked for it, the newest one', () => {
    const mails = [mail(2, 'sade@example.com', 'code 222222'), mail(1, 'sade@example.com', 'code 111111')];
    expect(codeToPaste([asked], mails, 'tunde@example.com')?.code).toBe('222222');
  });

  it('is offered no longer once it was sent, nor to anybody else', () => {
    const mails = [mail(1, 'sade@example.com', 'code 111111')];
    expect(codeToPaste([asked, message(2, 'in', { text: ' 111111 ' })], mails, undefined)).toBeUndefined();
    expect(codeToPaste([], mails, 'tunde@example.com')).toBeUndefined();
    expect(codeToPaste([], mails, undefined)).toBeUndefined();
  });

  it('of the own address is offered while no other was named', () => {
    expect(codeToPaste([], [mail(1, 'sade@example.com', '333333')], 'sade@example.com')?.code).toBe('333333');
  });
});

describe('Time', () => {
  const now = new Date(2026, 10, 21, 0, 30).getTime();

  it('names the day from the hub’s present', () => {
    expect(dayLabel(new Date(2026, 10, 21, 0, 5).getTime(), now)).toBe('Today');
    expect(dayLabel(new Date(2026, 10, 20, 23, 59).getTime(), now)).toBe('Yesterday');
    expect(dayLabel(new Date(2026, 10, 1, 12).getTime(), now)).toContain('November');
  });

  it.each([
    [0, '0 s'],
    [59, '59 s'],
    [3_600, '1 h'],
    [86_340, '23 h 59 min'],
    [90_061, '1 d 1 h'],
  ])('says %d seconds as %j', (seconds, expected) => {
    expect(spanOf(seconds)).toBe(expected);
  });
});
