import { once } from '../../shared/once.ts';
import { Api, Problem, type Action, type Entry, type ThreadInfo } from './api.ts';
import { Host, type Hello } from './host.ts';
import { Link } from './link.ts';
import { Session, type User } from './session.ts';
import { FIRST_PAGE, allUnread, initialState, reduce, type Change, type State } from './state.ts';
import { hasGap, type Pending } from './thread.ts';

/** Threads that nobody looks at have no socket: their news is looked for this often. */
const LIST_MS = 20_000;
const HELLO_PATIENCE_MS = 3_000;
const RETRY_MS = 2_000;
const READ_MS = 400;
/** Frames that come together are shown together. */
const FRAME_MS = 12;
const PAGE = 200;
/** A message that was not shown for so long is sent again, and so often. */
const UNSHOWN_MS = 8_000;
const TRIES = 3;
/** The socket tells of an accepted question a moment after the answer to the request. */
const ASKED_MS = 1_500;

/**
 * Keeps the page in step with the hub: who chats, their threads, and the one that is shown. The
 * state itself only changes in `reduce`.
 */
export class Chat {
  readonly host: Host;
  readonly session: Session;
  readonly api: Api;
  /** What was typed and not sent, by thread. */
  readonly drafts = new Map<string, string>();
  private state: State = initialState;
  private readonly listeners = new Set<() => void>();
  private link?: Link;
  private readonly tabs = openTabs();
  private readonly sent = new Map<string, { at: number; tries: number }>();
  private inbox: { thread: string; entry: Entry }[] = [];
  private inboxTimer?: ReturnType<typeof setTimeout>;
  private readTimer?: ReturnType<typeof setTimeout>;
  private toldUnread = -1;
  private notices = 0;
  private listing?: string;

  constructor(private readonly parameters: URLSearchParams) {
    this.host = new Host(parameters);
    this.session = new Session((user) => this.follow(user), this.host.askToken);
    this.api = new Api(this.session);
    this.listing = parameters.get('listing') ?? undefined;
    // A widget is closed until its host says otherwise.
    this.state = { ...initialState, open: this.host.origin === undefined };
  }

  readonly get = (): State => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly dispatch = (change: Change): void => {
    const before = this.state;
    const next = reduce(before, change);
    if (next !== before) {
      this.state = next;
      this.listeners.forEach((listener) => listener());
      if (next.conversations !== before.conversations) {
        this.keepPending();
      }
      const unread = allUnread(next);
      if (unread !== this.toldUnread) {
        this.toldUnread = unread;
        this.host.tell('unread', unread);
      }
    }
  };

  /** @returns stops everything */
  start(): () => void {
    const stopHello = this.host.onHello((hello) => this.greet(hello));
    const patience = this.host.origin === undefined ? undefined : setTimeout(() => this.begin(), HELLO_PATIENCE_MS);
    if (patience === undefined) {
      this.begin();
    } else {
      this.host.tell('ready');
    }
    const list = setInterval(() => {
      if (!document.hidden && this.state.phase === 'ready') {
        void this.refreshThreads();
      }
    }, LIST_MS);
    const care = setInterval(() => this.careForUnshown(), 1_000);
    const wake = () => {
      if (!document.hidden) {
        this.link?.wake();
        if (this.state.phase === 'ready') {
          void this.refreshThreads();
        }
      }
    };
    const events = ['online', 'pageshow', 'focus'] as const;
    events.forEach((name) => window.addEventListener(name, wake));
    document.addEventListener('visibilitychange', wake);
    const onTab = ({ data }: MessageEvent<Read>) => {
      if (data.user === this.state.user?.id) {
        this.dispatch({ type: 'read', thread: data.thread, seq: data.seq });
      }
    };
    this.tabs?.addEventListener('message', onTab);
    return () => {
      stopHello();
      clearTimeout(patience);
      clearInterval(list);
      clearInterval(care);
      clearTimeout(this.inboxTimer);
      clearTimeout(this.readTimer);
      events.forEach((name) => window.removeEventListener(name, wake));
      document.removeEventListener('visibilitychange', wake);
      this.tabs?.removeEventListener('message', onTab);
      this.link?.close();
      this.link = undefined;
    };
  }

  // What the user does

  /** Shows a thread, or none: the list alone. */
  choose(thread: string | undefined): void {
    this.flush();
    this.link?.close();
    this.link = undefined;
    const first = thread !== undefined && !(thread in this.state.conversations);
    this.dispatch({ type: 'choose', thread });
    if (thread !== undefined) {
      if (first) {
        storedPending(this.state.user)[thread]?.forEach((pending) =>
          this.dispatch({ type: 'pending', thread, pending }),
        );
      }
      this.connect(thread);
    }
  }

  /** @returns whether there is a new thread */
  async open(listing?: string): Promise<string | undefined> {
    try {
      const thread = await this.api.openThread(listing);
      this.dispatch({ type: 'thread', thread });
      this.choose(thread.thread_id);
      return thread.thread_id;
    } catch (error) {
      this.report(error);
      return undefined;
    }
  }

  say(text: string): void {
    this.post({ clientId: newId(), text, at: Date.now() });
  }

  act({ id, title }: Action): void {
    this.post({ clientId: newId(), text: title, action: id, at: Date.now() });
  }

  retry(pending: Pending): void {
    this.sent.delete(pending.clientId);
    this.post({ ...pending, refused: undefined, at: Date.now() });
  }

  drop(pending: Pending): void {
    const { current } = this.state;
    if (current !== undefined) {
      this.dispatch({ type: 'drop', thread: current, clientId: pending.clientId });
    }
  }

  /** Asks a listing's agent whether it is available; the answer comes by the thread. */
  async ask(listing: string): Promise<void> {
    const { current, asking } = this.state;
    if (current === undefined || asking.has(listing)) {
      return;
    }
    this.dispatch({ type: 'asking', listing, on: true });
    try {
      const { thread_id } = await this.api.check(listing, current);
      if (thread_id !== undefined && thread_id !== current) {
        await this.refreshThreads();
        this.choose(thread_id);
      }
      setTimeout(() => this.dispatch({ type: 'asking', listing, on: false }), ASKED_MS);
    } catch (error) {
      this.dispatch({ type: 'asking', listing, on: false });
      this.report(error instanceof Problem && error.status === 429 ? 'too_many_checks' : error);
    }
  }

  /** The user has seen everything up to there. */
  read(thread: string, seq: number): void {
    const info = this.state.threads.find(({ thread_id }) => thread_id === thread);
    if (!info || seq <= info.last_read_seq) {
      return;
    }
    this.dispatch({ type: 'read', thread, seq });
    this.tabs?.postMessage({ user: this.state.user?.id ?? '', thread, seq } satisfies Read);
    clearTimeout(this.readTimer);
    this.readTimer = setTimeout(() => {
      // Not told this time, it is told with the next message.
      this.api.markRead(thread, seq).catch(() => undefined);
    }, READ_MS);
  }

  async loadEarlier(): Promise<void> {
    const { current = '', conversations } = this.state;
    const to = conversations[current]?.start ?? 0;
    if (to > 0) {
      const start = Math.max(0, to - FIRST_PAGE);
      try {
        const entries = await this.api.entries(current, start, to - start);
        this.dispatch({ type: 'earlier', thread: current, start, entries });
      } catch (error) {
        this.report(error);
      }
    }
  }

  signOut(): void {
    this.session.signOut();
  }

  report(error: unknown): void {
    const code = typeof error === 'string' ? error : error instanceof Problem ? error.code : 'unknown';
    this.dispatch({ type: 'notice', notice: { code, key: ++this.notices } });
  }

  // What the host page and the hub tell

  readonly refreshThreads = once(async () => {
    const { user } = this.state;
    try {
      const threads = await this.api.threads();
      if (this.state.user?.id === user?.id) {
        this.dispatch({ type: 'threads', threads });
      }
    } catch (error) {
      // The list is read again soon; that the hub is away shows in the line.
      console.warn('The threads could not be read:', error);
    }
  });

  private greet({ token, open, listing, lang, theme }: Hello): void {
    if (lang !== undefined || theme !== undefined) {
      this.dispatch({ type: 'wishes', wishes: { lang, theme } });
    }
    if (open !== undefined) {
      this.dispatch({ type: 'open', open });
    }
    if (listing !== undefined) {
      this.listing = listing;
    }
    if (token !== undefined) {
      this.session.accept(token, false);
    }
    this.begin();
    this.takeUpListing();
  }

  /**
   * Talks about the listing that the host page named, once somebody looks: a page that is merely visited begins no
   * conversation, and one that is visited again goes on with the first.
   */
  private takeUpListing(): void {
    const { listing, state } = this;
    if (listing !== undefined && state.open && state.current !== undefined) {
      this.listing = undefined;
      const known = aboutListing(state.threads, listing);
      if (!known) {
        void this.open(listing);
      } else if (known.thread_id !== state.current) {
        this.choose(known.thread_id);
      }
    }
  }

  private begin(): void {
    if (this.state.phase === 'starting') {
      this.session.restore();
      if (this.session.user === undefined) {
        this.dispatch({ type: 'user' });
      }
    }
  }

  private follow(user: User | undefined): void {
    const ended = user === undefined && this.state.phase === 'ready';
    this.link?.close();
    this.link = undefined;
    this.sent.clear();
    this.inbox = [];
    this.dispatch({ type: 'user', user, ended });
    if (user) {
      void this.enter(user);
    }
  }

  /** Finds the thread to begin with, however long the hub takes. */
  private async enter(user: User): Promise<void> {
    while (this.state.user?.id === user.id && this.state.current === undefined) {
      try {
        const threads = await this.api.threads();
        if (this.state.user?.id !== user.id) {
          return;
        }
        this.dispatch({ type: 'threads', threads });
        if (this.state.current !== undefined) {
          // The user was quicker.
          this.takeUpListing();
          return;
        }
        const listing = this.state.open ? this.listing : undefined;
        const wanted =
          listing !== undefined
            ? aboutListing(threads, listing)
            : (threads.find(({ thread_id }) => thread_id === this.parameters.get('thread')) ?? this.state.threads[0]);
        if (wanted === undefined) {
          const thread = await this.api.openThread(listing);
          this.dispatch({ type: 'thread', thread });
          this.choose(thread.thread_id);
        } else {
          this.choose(wanted.thread_id);
        }
        if (listing !== undefined) {
          this.listing = undefined;
        }
        this.takeUpListing();
        return;
      } catch (error) {
        if (!(error instanceof Problem)) {
          throw error;
        }
        if (error.status === 401) {
          // The session has ended, and said so.
          return;
        }
        this.dispatch({ type: 'line', line: 'down' });
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }

  private connect(thread: string): void {
    this.link = new Link(thread, {
      after: () => this.state.conversations[thread]?.last ?? 0,
      token: () => this.session.token(),
      onLine: (line) => {
        this.dispatch({ type: 'line', line });
        if (line === 'live') {
          this.state.conversations[thread]?.pending
            .filter(({ refused }) => refused === undefined)
            .forEach((pending) => this.transmit(pending));
        }
      },
      onEntry: (entry) => {
        this.inbox.push({ thread, entry });
        this.inboxTimer ??= setTimeout(() => this.flush(), FRAME_MS);
      },
      onRefusal: (code, detail, clientId) => {
        console.warn(`The hub refused (${code}): ${detail}`);
        const waiting = this.state.conversations[thread]?.pending.some(({ refused }) => refused === undefined);
        if (waiting) {
          this.dispatch({ type: 'refused', thread, clientId, code });
        } else {
          this.report(code);
        }
      },
      onTokenEnd: () => void this.renew(),
      onFailure: () => void this.look(thread),
    });
  }

  private async renew(): Promise<void> {
    try {
      await this.session.renew(await this.session.token());
    } catch {
      // The hub is away; the link asks for a token with each of its tries.
    }
  }

  /** The socket does not say why it was refused: HTTP does, and brings what was missed. */
  private async look(thread: string): Promise<void> {
    try {
      await this.fill(thread);
    } catch (error) {
      const { user, current } = this.state;
      if (error instanceof Problem && (error.status === 404 || error.status === 403) && current === thread && user) {
        this.link?.close();
        this.link = undefined;
        this.dispatch({ type: 'gone', thread });
        await this.enter(user);
      }
    }
  }

  private async fill(thread: string): Promise<void> {
    const entries = await this.api.entries(thread, this.state.conversations[thread]?.last ?? 0, PAGE);
    this.dispatch({ type: 'entries', thread, entries });
  }

  private flush(): void {
    clearTimeout(this.inboxTimer);
    this.inboxTimer = undefined;
    const came = this.inbox;
    this.inbox = [];
    new Set(came.map(({ thread }) => thread)).forEach((thread) => {
      const entries = came.filter((item) => item.thread === thread).map(({ entry }) => entry);
      this.dispatch({ type: 'entries', thread, entries });
      const conversation = this.state.conversations[thread];
      if (conversation && hasGap(conversation)) {
        // Repeated by the next message, should it fail.
        this.fill(thread).catch(() => undefined);
      }
    });
  }

  private post(pending: Pending): void {
    const { current } = this.state;
    if (current !== undefined) {
      this.dispatch({ type: 'pending', thread: current, pending });
      this.transmit(pending);
    }
  }

  private transmit({ clientId, text, action }: Pending): void {
    if (this.link?.live) {
      this.sent.set(clientId, { at: Date.now(), tries: (this.sent.get(clientId)?.tries ?? 0) + 1 });
      this.link.send(
        action === undefined
          ? { type: 'user_message', client_id: clientId, text }
          : { type: 'action', id: action, client_id: clientId },
      );
    }
  }

  private careForUnshown(): void {
    const { current, conversations } = this.state;
    const pending = current === undefined ? [] : (conversations[current]?.pending ?? []);
    for (const item of pending) {
      const sent = this.sent.get(item.clientId);
      if (current !== undefined && item.refused === undefined && this.link?.live && sent && Date.now() - sent.at > UNSHOWN_MS) {
        if (sent.tries < TRIES) {
          this.transmit(item);
        } else {
          this.dispatch({ type: 'refused', thread: current, clientId: item.clientId, code: 'unanswered' });
        }
      }
    }
  }

  /** What is on its way outlives a reload of the page. */
  private keepPending(): void {
    const { user, conversations } = this.state;
    if (user) {
      const kept = storedPending(user);
      Object.entries(conversations).forEach(([thread, { pending }]) => (kept[thread] = pending));
      const open = Object.entries(kept).filter(([, pending]) => pending.length > 0);
      try {
        sessionStorage.setItem(pendingKey(user), JSON.stringify(Object.fromEntries(open)));
      } catch {
        // Without storage it lasts as long as the page.
      }
    }
  }
}

function aboutListing(threads: readonly ThreadInfo[], listing: string): ThreadInfo | undefined {
  return threads.find(({ listing_id }) => listing_id === listing);
}

/** What one tab tells the others. */
interface Read {
  user: string;
  thread: string;
  seq: number;
}

function openTabs(): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel('inspakta');
  } catch {
    // A frame without storage has no other tabs either.
    return undefined;
  }
}

function pendingKey(user: User): string {
  return `inspakta.pending.${user.id}`;
}

function storedPending(user: User | undefined): Record<string, readonly Pending[]> {
  try {
    const kept: unknown = user && JSON.parse(sessionStorage.getItem(pendingKey(user)) ?? '{}');
    return kept !== null && typeof kept === 'object' ? (kept as Record<string, readonly Pending[]>) : {};
  } catch {
    return {};
  }
}

/** Not randomUUID, which a page without TLS does not have. */
export function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
