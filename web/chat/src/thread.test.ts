import { describe, expect, it } from 'vitest';
import type { Entry } from './api.ts';
import {
  addPending,
  checksOf,
  hasGap,
  newConversation,
  prepend,
  readAction,
  receive,
  refusePending,
  unreadIn,
  type Pending,
} from './thread.ts';

const entry = (seq: number, more: Partial<Entry> = {}): Entry => ({
  seq,
  event: 'assistant_message',
  id: `m${seq}`,
  text: `Message ${seq}`,
  ...more,
});

const pending = (clientId: string): Pending => ({ clientId, text: clientId, at: 0 });

const seqs = (conversation: { entries: readonly Entry[] }) => conversation.entries.map(({ seq }) => seq);

describe('A conversation (C7)', () => {
  it('shows messages in order, whichever order they come in', () => {
    let conversation = newConversation(0);
    for (const seq of [2, 4, 1, 3]) {
      conversation = receive(conversation, [entry(seq)]);
    }
    expect(seqs(conversation)).toEqual([1, 2, 3, 4]);
    expect(conversation.last).toBe(4);
  });

  it('shows none twice, however often it comes', () => {
    const once = receive(newConversation(0), [entry(1), entry(2)]);
    const twice = receive(receive(once, [entry(2), entry(1)]), [entry(3), entry(3)]);
    expect(seqs(twice)).toEqual([1, 2, 3]);
    expect(receive(once, [entry(1)])).toBe(once);
  });

  it('holds what stands behind a gap, tells of it, and shows it once it is filled', () => {
    const held = receive(receive(newConversation(0), [entry(1)]), [entry(4), entry(3)]);
    expect(seqs(held)).toEqual([1]);
    expect(hasGap(held)).toBe(true);
    const filled = receive(held, [entry(2)]);
    expect(seqs(filled)).toEqual([1, 2, 3, 4]);
    expect(hasGap(filled)).toBe(false);
  });

  it('begins where it is told to, and takes earlier pages in front, but none that leaves a gap', () => {
    const conversation = receive(newConversation(10), [entry(11)]);
    const earlier = prepend(conversation, 8, [entry(10), entry(9)]);
    expect(seqs(earlier)).toEqual([9, 10, 11]);
    expect(earlier.start).toBe(8);
    expect(prepend(conversation, 8, [entry(9)])).toBe(conversation);
    expect(receive(conversation, [entry(7)])).toBe(conversation);
  });

  it('keeps what is on its way until it is shown, also when another tab or the catch-up brought it', () => {
    const waiting = addPending(addPending(newConversation(0), pending('a')), pending('b'));
    const one = receive(waiting, [entry(1, { event: 'user_message', client_id: 'a' })]);
    expect(one.pending.map(({ clientId }) => clientId)).toEqual(['b']);
    const again = addPending(one, pending('a'));
    expect(receive(again, [entry(1, { event: 'user_message', client_id: 'a' })]).pending).toHaveLength(1);
  });

  it('does not drop what is on its way for an answer that still waits behind a gap', () => {
    const waiting = addPending(newConversation(0), pending('a'));
    expect(receive(waiting, [entry(2, { event: 'user_message', client_id: 'a' })]).pending).toHaveLength(1);
  });

  it('marks the one that was refused, else the oldest on its way', () => {
    const waiting = addPending(addPending(newConversation(0), pending('a')), pending('b'));
    expect(refusePending(waiting, 'b', 'rate_limited').pending.map(({ refused }) => refused)).toEqual([undefined, 'rate_limited']);
    expect(refusePending(waiting, undefined, 'invalid').pending.map(({ refused }) => refused)).toEqual(['invalid', undefined]);
    expect(refusePending(waiting, 'c', 'invalid')).toBe(waiting);
  });

  it('counts as unread what others said, not the news of a check', () => {
    const conversation = receive(newConversation(0), [
      entry(1),
      entry(2, { event: 'user_message' }),
      entry(3, { event: 'check_updated' }),
      entry(4, { event: 'agent_message' }),
    ]);
    expect(unreadIn(conversation, 0)).toBe(2);
    expect(unreadIn(conversation, 1)).toBe(1);
  });
});

describe('Checks (C5)', () => {
  it.each([
    ['asked', 'asked'],
    ['reminded', 'asked'],
    ['available', 'available'],
    ['unavailable', 'unavailable'],
    ['expired', 'expired'],
    ['failed', 'failed'],
  ])('%s means %s to the visitor', (state, shown) => {
    const checks = checksOf([
      entry(1, { event: 'check_updated', check_id: 'c', listing_id: '7', state: 'asked' }),
      entry(2, { event: 'check_updated', check_id: 'c', listing_id: '7', state }),
    ]);
    expect(checks.get('7')).toEqual({ id: 'c', state: shown });
  });

  it('are told by messages about them too', () => {
    const metadata = { source: 'availability', check_id: 'c', listing_id: '7', state: 'available' };
    expect(checksOf([entry(1, { metadata })]).get('7')?.state).toBe('available');
    expect(checksOf([entry(1, { metadata: { ...metadata, source: 'other' } })]).size).toBe(0);
  });

  it('name their listing and themselves in an action', () => {
    expect(readAction({ id: 'book:12:c7', title: '' })).toEqual({ verb: 'book', listing: '12', check: 'c7' });
    expect(readAction({ id: 'help', title: '' })).toEqual({ verb: 'help', listing: undefined, check: undefined });
  });
});
