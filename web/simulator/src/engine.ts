import { api, SandboxError, type Channel, type Draft, type Faults, type Hint } from './api.ts';
import { mergeMessages, readAfter, type Pending } from './messages.ts';
import { once } from '../../shared/once.ts';
import { initialState, NAMELESS, reduce, type Action, type State } from './state.ts';

const POLL_MS = 2_000;
const STREAM_RETRY_MS = 5_000;
/** Under load hints come by the hundred; a reader needs no more lists than this. */
const LIST_GAP_MS = 400;
const HINTS: readonly Hint['type'][] = ['message', 'status', 'mail', 'delivery', 'clock', 'faults', 'reset', 'phone'];
const ADDED_KEY = 'sandbox.phones';

/**
 * Keeps the page's state in step with the sandbox: follows its event stream, polls while
 * that is broken, and sends what the user does. The state itself only changes in `reduce`.
 */
export class Engine {
  private state: State = initialState;
  private readonly listeners = new Set<() => void>();
  private readonly phoneReads = new Map<string, () => Promise<void>>();
  private readonly sends = new Map<string, Promise<unknown>>();
  private stream?: EventSource;
  private pollTimer?: ReturnType<typeof setInterval>;
  private retryTimer?: ReturnType<typeof setTimeout>;
  private watchesDeliveries = false;
  private keys = 0;

  readonly get = (): State => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly dispatch = (action: Action): void => {
    const next = reduce(this.state, action);
    if (next !== this.state) {
      this.state = next;
      this.listeners.forEach((listener) => listener());
    }
  };

  start(): () => void {
    storedPhones().forEach(({ phone, name }) => this.dispatch({ type: 'add', phone, name }));
    void this.refreshAll();
    this.openStream();
    this.pollTimer = setInterval(() => {
      if (this.state.connection !== 'live' && !document.hidden) {
        void this.refreshAll();
      }
    }, POLL_MS);
    const onVisible = () => {
      if (!document.hidden) {
        void this.refreshAll();
      }
    };
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      clearInterval(this.pollTimer);
      clearTimeout(this.retryTimer);
      this.stream?.close();
      document.removeEventListener('visibilitychange', onVisible);
    };
  }

  // What the user does

  send(phone: string, channel: Channel, draft: Draft, shown: string): void {
    const added = this.state.phones.find(({ phone: own, added, name }) => own === phone && added && name !== NAMELESS);
    const pending: Pending = {
      key: `${Date.now()}-${this.keys++}`,
      draft: { channel, ...draft, ...(added ? { name: added.name } : {}) },
      channel,
      shown,
      at: this.hubNow(),
    };
    this.post(phone, pending);
  }

  sendAgain(phone: string, pending: Pending): void {
    this.post(phone, { ...pending, error: undefined });
  }

  /** What one phone sends goes out one after the other: its order is part of what is tried here. */
  private post(phone: string, pending: Pending): void {
    this.dispatch({ type: 'sending', phone, pending });
    const before = this.sends.get(phone) ?? Promise.resolve();
    this.sends.set(
      phone,
      before.then(async () => {
        try {
          const { id } = await api.send(phone, pending.draft);
          this.dispatch({ type: 'taken', phone, key: pending.key, id });
        } catch (error) {
          this.dispatch({ type: 'refused', phone, key: pending.key, error: reason(error) });
        }
        void this.refreshPhone(phone);
      }),
    );
  }

  addPhone(phone: string, name: string): void {
    this.dispatch({ type: 'add', phone, name });
    this.storePhones();
    void this.refreshPhone(phone);
  }

  removePhone(phone: string): void {
    this.dispatch({ type: 'remove', phone });
    this.phoneReads.delete(phone);
    this.storePhones();
  }

  /** @returns whether the clock arrived there */
  async advance(duration: string): Promise<boolean> {
    const arrived = await this.attempt(() => api.advance(duration));
    await this.refreshAll();
    return arrived;
  }

  async setFaults(faults: Faults): Promise<void> {
    this.dispatch({ type: 'faults', faults });
    await this.attempt(() => api.setFaults(faults));
    await this.refreshFaults();
  }

  async clearFaults(): Promise<void> {
    await this.attempt(() => api.clearFaults());
    await this.refreshFaults();
  }

  async reset(): Promise<boolean> {
    const done = await this.attempt(() => api.reset());
    if (done) {
      this.dispatch({ type: 'reset' });
      await this.refreshAll();
    }
    return done;
  }

  /** The list of deliveries is read only while somebody looks at it. */
  watchDeliveries(watch: boolean): void {
    this.watchesDeliveries = watch;
    if (watch) {
      void this.refreshDeliveries();
    }
  }

  /** The hub's time in milliseconds; this machine's own until it was read. */
  hubNow(): number {
    const { clock } = this.state;
    return clock ? clock.now + (Date.now() - clock.readAt) : Date.now();
  }

  // What the sandbox tells

  readonly refreshPhone = (phone: string): Promise<void> => {
    let read = this.phoneReads.get(phone);
    if (!read) {
      read = once(() => this.quietly(() => this.readPhone(phone)));
      this.phoneReads.set(phone, read);
    }
    return read();
  };

  readonly refreshMails = once(
    () => this.quietly(async () => this.dispatch({ type: 'mails', mails: await api.mail() })),
    LIST_GAP_MS,
  );

  readonly refreshDeliveries = once(
    () => this.quietly(async () => this.dispatch({ type: 'deliveries', deliveries: await api.deliveries() })),
    LIST_GAP_MS,
  );

  readonly refreshFaults = once(() =>
    this.quietly(async () => this.dispatch({ type: 'faults', faults: await api.faults() })),
  );

  readonly refreshClock = once(() =>
    this.quietly(async () => this.dispatch({ type: 'clock', clock: await api.clock(), readAt: Date.now() })),
  );

  private readonly refreshAll = once(async () => {
    try {
      this.dispatch({ type: 'people', people: await api.people() });
    } catch {
      this.dispatch({ type: 'connection', connection: 'down' });
      return;
    }
    const live = this.stream?.readyState === EventSource.OPEN;
    this.dispatch({ type: 'connection', connection: live ? 'live' : 'polling' });
    if (this.state.images.length === 0) {
      void this.quietly(async () => this.dispatch({ type: 'images', images: await api.images() }));
    }
    await Promise.all([
      ...this.state.phones.map(({ phone }) => this.refreshPhone(phone)),
      this.refreshClock(),
      this.refreshFaults(),
      this.refreshMails(),
      ...(this.watchesDeliveries ? [this.refreshDeliveries()] : []),
    ]);
  });

  private async readPhone(phone: string): Promise<void> {
    const known = this.state.phones.find((candidate) => candidate.phone === phone)?.messages;
    if (known === undefined) {
      return;
    }
    const after = readAfter(known);
    const [state, page] = await Promise.all([api.phone(phone), api.messages(phone, after)]);
    const merged = mergeMessages(known, page, after) ?? mergeMessages([], await api.messages(phone, 0), 0) ?? [];
    this.dispatch({ type: 'messages', phone, messages: merged });
    this.dispatch({ type: 'phone', phone, state });
  }

  private openStream(): void {
    const stream = api.events();
    this.stream = stream;
    stream.onopen = () => {
      this.dispatch({ type: 'connection', connection: 'live' });
      // Whatever was hinted at while the stream was closed is read now.
      void this.refreshAll();
    };
    const onHint = (event: MessageEvent<string>) => this.follow(event);
    stream.onmessage = onHint;
    HINTS.filter((type) => type !== 'message').forEach((type) => stream.addEventListener(type, onHint));
    stream.onerror = () => {
      if (this.state.connection === 'live') {
        this.dispatch({ type: 'connection', connection: 'polling' });
      }
      // The browser reconnects by itself unless the answer was no stream at all.
      if (stream.readyState === EventSource.CLOSED) {
        this.retryTimer = setTimeout(() => this.openStream(), STREAM_RETRY_MS);
      }
    };
  }

  private follow(event: MessageEvent<string>): void {
    const hint = readHint(event);
    if (!hint) {
      return;
    }
    switch (hint.type) {
      case 'message':
      case 'status':
      case 'phone':
        if (hint.phone === undefined) {
          this.state.phones.forEach(({ phone }) => void this.refreshPhone(phone));
        } else if (this.state.phones.some(({ phone }) => phone === hint.phone)) {
          void this.refreshPhone(hint.phone);
        }
        break;
      case 'mail':
        void this.refreshMails();
        break;
      case 'delivery':
        if (this.watchesDeliveries) {
          void this.refreshDeliveries();
        }
        break;
      case 'clock':
        void this.refreshClock();
        break;
      case 'faults':
        void this.refreshFaults();
        break;
      case 'reset':
        this.dispatch({ type: 'reset' });
        void this.refreshAll();
        break;
    }
  }

  /** A read that fails is repeated by the next hint or poll; that the sandbox is away shows in the connection. */
  private async quietly(read: () => Promise<void>): Promise<void> {
    try {
      await read();
    } catch (error) {
      if (error instanceof SandboxError && error.status === 0) {
        this.dispatch({ type: 'connection', connection: 'down' });
      } else {
        console.warn('The sandbox could not be read:', error);
      }
    }
  }

  private async attempt(act: () => Promise<unknown>): Promise<boolean> {
    try {
      await act();
      return true;
    } catch (error) {
      this.dispatch({ type: 'notice', text: reason(error) });
      return false;
    }
  }

  private storePhones(): void {
    const added = this.state.phones.filter((phone) => phone.added).map(({ phone, name }) => ({ phone, name }));
    try {
      localStorage.setItem(ADDED_KEY, JSON.stringify(added));
    } catch {
      // A browser without storage forgets the added phones: no more than that.
    }
  }
}

function storedPhones(): { phone: string; name: string }[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(ADDED_KEY) ?? '[]');
    return Array.isArray(stored) ? stored.filter((phone) => typeof phone?.phone === 'string') : [];
  } catch {
    return [];
  }
}

function readHint(event: MessageEvent<string>): Hint | undefined {
  try {
    const hint = JSON.parse(event.data) as Hint;
    return { ...hint, type: hint.type ?? (event.type as Hint['type']) };
  } catch {
    return undefined;
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
