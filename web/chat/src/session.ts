import { auth, Problem } from './api.ts';

/** Whose token it is. */
export interface User {
  id: string;
  name: string;
  email: string;
  role: string;
}

interface Held {
  token: string;
  user: User;
  /** Milliseconds by this machine's clock. */
  expires: number;
  life: number;
  /** A host site's token stays in memory: the site brings it again, and next to it another's may run. */
  kept: boolean;
}

const KEY = 'inspakta.session';
const EMAIL_KEY = 'inspakta.email';
/** So near its end a token is not used any more. */
const MARGIN_MS = 30_000;
const LONGEST_TIMER_MS = 2_000_000_000;

/**
 * Who chats: holds the token, renews it in time, and shares it with other tabs. Where it can't be
 * renewed the host site is asked for another, else the user has to sign in again.
 */
export class Session {
  private held?: Held;
  private renewing?: Promise<string | undefined>;
  private timer?: ReturnType<typeof setTimeout>;

  constructor(
    private readonly onChange: (user: User | undefined) => void,
    /** Asks the host site; undefined where it has none to give. */
    private readonly ask: () => Promise<string | undefined>,
  ) {
    window.addEventListener('storage', (event) => {
      if (event.key === KEY && this.held?.kept !== false) {
        this.follow(event.newValue);
      }
    });
  }

  /** Takes up what an earlier visit left. */
  restore(): void {
    this.follow(stored(KEY));
  }

  get user(): User | undefined {
    return this.held?.user;
  }

  /** The address of the last sign-in, to offer it again. */
  get lastEmail(): string {
    return stored(EMAIL_KEY) ?? '';
  }

  /** @returns whether it is a token that can be used */
  accept(token: string, kept: boolean): boolean {
    const held = readToken(token, kept);
    if (!held || held.expires <= Date.now()) {
      return false;
    }
    const same = held.user.id === this.held?.user.id;
    this.held = held;
    if (kept) {
      store(KEY, token);
      store(EMAIL_KEY, held.user.email);
    }
    this.plan();
    if (!same) {
      this.onChange(held.user);
    }
    return true;
  }

  /** A token to send, renewed if it is about to end; undefined when nobody is signed in. */
  async token(): Promise<string | undefined> {
    const { held } = this;
    return held && held.expires - Date.now() < MARGIN_MS ? this.renew(held.token) : held?.token;
  }

  /** @param used the token that is not good any more; if there is another by now, that is the new one */
  renew(used: string | undefined): Promise<string | undefined> {
    if (this.held && this.held.token !== used) {
      return Promise.resolve(this.held.token);
    }
    this.renewing ??= this.fetchNext().finally(() => (this.renewing = undefined));
    return this.renewing;
  }

  signOut(): void {
    if (this.held?.kept) {
      store(KEY, undefined);
    }
    this.end();
  }

  private async fetchNext(): Promise<string | undefined> {
    const { held } = this;
    if (!held) {
      return undefined;
    }
    try {
      const next = (await auth.refresh(held.token)).access_token;
      // Who has left or changed meanwhile is not brought back.
      if (this.held === held) {
        this.accept(next, held.kept);
      }
      return this.held?.token;
    } catch (error) {
      if (error instanceof Problem && error.status !== 401 && error.status !== 403) {
        // The hub is away: nothing is known about the token.
        throw error;
      }
    }
    if (this.held !== held) {
      return this.held?.token;
    }
    const given = held.kept ? undefined : await this.ask();
    if (given === undefined || !this.accept(given, false)) {
      this.signOut();
    }
    return this.held?.token;
  }

  private follow(token: string | null): void {
    if (token === null) {
      this.end();
    } else {
      this.accept(token, true);
    }
  }

  private end(): void {
    clearTimeout(this.timer);
    if (this.held) {
      this.held = undefined;
      this.onChange(undefined);
    }
  }

  private plan(): void {
    clearTimeout(this.timer);
    if (this.held) {
      const { expires, life, token } = this.held;
      const wait = Math.max(expires - Date.now() - life / 4, MARGIN_MS);
      this.timer = setTimeout(
        () => void (wait > LONGEST_TIMER_MS ? this.plan() : this.renew(token).catch(() => this.plan())),
        Math.min(wait, LONGEST_TIMER_MS),
      );
    }
  }
}

function readToken(token: string, kept: boolean): Held | undefined {
  try {
    const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(payload), (letter) => letter.charCodeAt(0));
    const { sub, exp, iat, name = '', email = '', role = '' } = JSON.parse(new TextDecoder().decode(bytes));
    const expires = Number(exp) * 1_000;
    if (sub === undefined || !(expires > 0)) {
      return undefined;
    }
    const life = expires - (Number(iat) * 1_000 || Date.now());
    return { token, kept, expires, life, user: { id: String(sub), name, email, role } };
  } catch {
    return undefined;
  }
}

function stored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function store(key: string, value: string | undefined): void {
  try {
    if (value === undefined) {
      localStorage.removeItem(key);
    } else {
      localStorage.setItem(key, value);
    }
  } catch {
    // Without storage a sign-in lasts as long as the page.
  }
}
