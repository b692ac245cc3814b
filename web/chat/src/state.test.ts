import { describe, expect, it } from 'vitest';
import type { Entry, ThreadInfo } from './api.ts';
import { allUnread, FIRST_PAGE, initialState, reduce, unreadOf, type Change, type State } from './state.ts';

const thread = (id: string, last = 0, read = 0, at = '2026-11-21T10:00:00Z'): ThreadInfo => ({
  thread_id: id,
  last_seq: last,
  last_read_seq: read,
  updated_at: at,
});

const entry = (seq: number, event: Entry['event'] = 'assistant_message'): Entry => ({
  seq,
  event,
  sent_at: '2026-11-21T11:00:00Z',
});

const after = (changes: Change[], state: State = initialState) => changes.reduce(reduce, state);

const sade = { id: '1', name: 'Sade', email: 'sade@example.com', role: 'seeker' };

describe('The state', () => {
  it('lists the latest thread first and moves one up when something is said in it', () => {
    const state = after([
      { type: 'threads', threads: [thread('a', 1), thread('b', 1, 0, '2026-11-21T10:30:00Z')] },
      { type: 'choose', thread: 'a' },
    ]);
    expect(state.threads.map(({ thread_id }) => thread_id)).toEqual(['b', 'a']);
    const said = reduce(state, { type: 'entries', thread: 'a', entries: [entry(1), entry(2)] });
    expect(said.threads.map(({ thread_id }) => thread_id)).toEqual(['a', 'b']);
    expect(said.threads[0]?.last_seq).toBe(2);
  });

  it('never takes back by an old list what is known already', () => {
    const state = after([
      { type: 'threads', threads: [thread('a', 5, 2)] },
      { type: 'read', thread: 'a', seq: 4 },
      { type: 'threads', threads: [thread('a', 3, 2)] },
      { type: 'read', thread: 'a', seq: 1 },
    ]);
    expect(state.threads[0]).toMatchObject({ last_seq: 5, last_read_seq: 4 });
  });

  it('keeps showing a thread that was opened after the list was asked for', () => {
    const state = after([
      { type: 'threads', threads: [thread('a', 1)] },
      { type: 'thread', thread: thread('b', 0, 0, '2026-11-21T10:30:00Z') },
      { type: 'choose', thread: 'b' },
      { type: 'threads', threads: [thread('a', 2)] },
      { type: 'entries', thread: 'b', entries: [entry(1)] },
    ]);
    expect(state.threads).toMatchObject([
      { thread_id: 'b', last_seq: 1 },
      { thread_id: 'a', last_seq: 2 },
    ]);
  });

  it('begins a long thread near its end', () => {
    const state = after([
      { type: 'threads', threads: [thread('a', 1_000, 1_000)] },
      { type: 'choose', thread: 'a' },
    ]);
    expect(state.conversations.a?.last).toBe(1_000 - FIRST_PAGE);
  });

  it('counts what is unread by the messages where they are here, by their numbers where not', () => {
    const state = after([
      { type: 'threads', threads: [thread('a', 3, 0), thread('b', 5, 3)] },
      { type: 'choose', thread: 'a' },
      { type: 'entries', thread: 'a', entries: [entry(1), entry(2, 'user_message'), entry(3, 'check_updated')] },
    ]);
    expect(unreadOf(state, state.threads.find(({ thread_id }) => thread_id === 'a')!)).toBe(1);
    expect(allUnread(state)).toBe(3);
    expect(allUnread(reduce(state, { type: 'read', thread: 'a', seq: 3 }))).toBe(2);
  });

  it('forgets everything of one user before another comes, and remembers what the host page wishes', () => {
    const state = after([
      { type: 'wishes', wishes: { theme: 'dark' } },
      { type: 'user', user: sade },
      { type: 'threads', threads: [thread('a', 1)] },
      { type: 'choose', thread: 'a' },
      { type: 'user', user: { ...sade, id: '2' } },
    ]);
    expect(state).toMatchObject({ phase: 'ready', threads: [], conversations: {}, wishes: { theme: 'dark' } });
    expect(state.current).toBeUndefined();
  });

  it('says whether a sign-in ended by itself', () => {
    expect(reduce(initialState, { type: 'user' }).ended).toBe(false);
    expect(reduce(initialState, { type: 'user', ended: true })).toMatchObject({ phase: 'signed-out', ended: true });
  });

  it('drops a thread that is gone', () => {
    const state = after([
      { type: 'threads', threads: [thread('a', 1)] },
      { type: 'choose', thread: 'a' },
      { type: 'gone', thread: 'a' },
    ]);
    expect(state).toMatchObject({ threads: [], conversations: {} });
    expect(state.current).toBeUndefined();
  });
});
