import type { Entry, ThreadInfo } from './api.ts';
import type { Line } from './link.ts';
import type { User } from './session.ts';
import {
  addPending,
  dropPending,
  newConversation,
  prepend,
  receive,
  refusePending,
  unreadIn,
  type Conversation,
  type Pending,
} from './thread.ts';

/** What went wrong, in the hub's own code. */
export interface Notice {
  code: string;
  key: number;
}

export interface State {
  /** Starting: it is not known yet who chats. */
  phase: 'starting' | 'signed-out' | 'ready';
  user?: User;
  /** Whether a sign-in has just ended by itself. */
  ended: boolean;
  threads: readonly ThreadInfo[];
  /** Whether the list was read at least once. */
  listed: boolean;
  current?: string;
  conversations: Readonly<Record<string, Conversation>>;
  line: Line;
  /** Listings whose question is on its way to the hub. */
  asking: ReadonlySet<string>;
  notice?: Notice;
  /** Whether somebody can see the page: a widget's panel may be closed. */
  open: boolean;
  /** How the host page would like it. */
  wishes: { lang?: string; theme?: string };
}

export type Change =
  | { type: 'user'; user?: User; ended?: boolean }
  | { type: 'threads'; threads: readonly ThreadInfo[] }
  | { type: 'thread'; thread: ThreadInfo }
  | { type: 'choose'; thread?: string }
  | { type: 'gone'; thread: string }
  | { type: 'entries'; thread: string; entries: readonly Entry[] }
  | { type: 'earlier'; thread: string; start: number; entries: readonly Entry[] }
  | { type: 'pending'; thread: string; pending: Pending }
  | { type: 'refused'; thread: string; clientId?: string; code: string }
  | { type: 'drop'; thread: string; clientId: string }
  | { type: 'read'; thread: string; seq: number }
  | { type: 'line'; line: Line }
  | { type: 'asking'; listing: string; on: boolean }
  | { type: 'notice'; notice?: Notice }
  | { type: 'open'; open: boolean }
  | { type: 'wishes'; wishes: State['wishes'] };

export const initialState: State = {
  phase: 'starting',
  ended: false,
  threads: [],
  listed: false,
  conversations: {},
  line: 'connecting',
  asking: new Set(),
  open: true,
  wishes: {},
};

/** So much of a thread is shown at first; the rest comes when somebody scrolls up. */
export const FIRST_PAGE = 60;

export function reduce(state: State, change: Change): State {
  switch (change.type) {
    case 'user':
      return change.user
        ? { ...(change.user.id === state.user?.id ? state : afresh(state)), phase: 'ready', user: change.user, ended: false }
        : { ...afresh(state), phase: 'signed-out', ended: !!change.ended };
    case 'threads': {
      // What the list lacks is newer than it, or beyond its end; what the hub has no more says so itself ('gone').
      const listed = new Set(change.threads.map(({ thread_id }) => thread_id));
      const others = state.threads.filter(({ thread_id }) => !listed.has(thread_id));
      return {
        ...state,
        listed: true,
        threads: newestFirst([...change.threads.map((thread) => known(state, thread)), ...others]),
      };
    }
    case 'thread': {
      const others = state.threads.filter(({ thread_id }) => thread_id !== change.thread.thread_id);
      return { ...state, threads: newestFirst([known(state, change.thread), ...others]) };
    }
    case 'choose': {
      const { thread } = change;
      if (thread === undefined || thread in state.conversations) {
        return { ...state, current: thread, line: 'connecting' };
      }
      const last = state.threads.find(({ thread_id }) => thread_id === thread)?.last_seq ?? 0;
      const start = Math.max(0, last - FIRST_PAGE);
      return {
        ...state,
        current: thread,
        line: 'connecting',
        conversations: { ...state.conversations, [thread]: newConversation(start) },
      };
    }
    case 'gone': {
      const { [change.thread]: _, ...conversations } = state.conversations;
      const threads = state.threads.filter(({ thread_id }) => thread_id !== change.thread);
      return { ...state, conversations, threads, current: undefined };
    }
    case 'entries': {
      const next = changeConversation(state, change.thread, (conversation) => receive(conversation, change.entries));
      const last = next.conversations[change.thread]?.last ?? 0;
      const at = change.entries.at(-1)?.sent_at;
      return next === state
        ? state
        : changeThread(next, change.thread, (thread) =>
            last > thread.last_seq ? { ...thread, last_seq: last, updated_at: at ?? thread.updated_at } : thread,
          );
    }
    case 'earlier':
      return changeConversation(state, change.thread, (conversation) =>
        prepend(conversation, change.start, change.entries),
      );
    case 'pending':
      return changeConversation(state, change.thread, (conversation) => addPending(conversation, change.pending));
    case 'refused':
      return changeConversation(state, change.thread, (conversation) =>
        refusePending(conversation, change.clientId, change.code),
      );
    case 'drop':
      return changeConversation(state, change.thread, (conversation) => dropPending(conversation, change.clientId));
    case 'read':
      return changeThread(state, change.thread, (thread) =>
        change.seq > thread.last_read_seq ? { ...thread, last_read_seq: change.seq } : thread,
      );
    case 'line':
      return state.line === change.line ? state : { ...state, line: change.line };
    case 'asking': {
      const asking = new Set(state.asking);
      if (change.on) {
        asking.add(change.listing);
      } else {
        asking.delete(change.listing);
      }
      return { ...state, asking };
    }
    case 'notice':
      return { ...state, notice: change.notice };
    case 'open':
      return state.open === change.open ? state : { ...state, open: change.open };
    case 'wishes':
      return { ...state, wishes: { ...state.wishes, ...change.wishes } };
  }
}

/** What outlives a change of the user. */
function afresh({ open, wishes }: State): State {
  return { ...initialState, open, wishes };
}

/** How many messages of a thread nobody has read; counted where they are here, else by their numbers. */
export function unreadOf(state: State, thread: ThreadInfo): number {
  const conversation = state.conversations[thread.thread_id];
  const read = thread.last_read_seq;
  return conversation && conversation.last >= thread.last_seq && conversation.start <= read
    ? unreadIn(conversation, read)
    : Math.max(0, thread.last_seq - read);
}

export function allUnread(state: State): number {
  return state.threads.reduce((sum, thread) => sum + unreadOf(state, thread), 0);
}

/** What a list brings never takes back what is known here already. */
function known(state: State, thread: ThreadInfo): ThreadInfo {
  const before = state.threads.find(({ thread_id }) => thread_id === thread.thread_id);
  return before && (before.last_seq > thread.last_seq || before.last_read_seq > thread.last_read_seq)
    ? {
        ...thread,
        last_seq: Math.max(before.last_seq, thread.last_seq),
        last_read_seq: Math.max(before.last_read_seq, thread.last_read_seq),
      }
    : thread;
}

function newestFirst(threads: readonly ThreadInfo[]): readonly ThreadInfo[] {
  return [...threads].sort((a, b) => Date.parse(b.updated_at ?? '') - Date.parse(a.updated_at ?? '') || 0);
}

function changeConversation(state: State, thread: string, change: (before: Conversation) => Conversation): State {
  const before = state.conversations[thread];
  const after = before && change(before);
  return after === undefined || after === before
    ? state
    : { ...state, conversations: { ...state.conversations, [thread]: after } };
}

function changeThread(state: State, id: string, change: (before: ThreadInfo) => ThreadInfo): State {
  const before = state.threads.find(({ thread_id }) => thread_id === id);
  const after = before && change(before);
  return after === undefined || after === before
    ? state
    : { ...state, threads: newestFirst(state.threads.map((thread) => (thread === before ? after : thread))) };
}
