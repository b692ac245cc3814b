/** What the hub answers to a login and to a refresh. */
export interface Token {
  access_token: string;
  expires_in: number;
}

/** A refusal, in the hub's words where it has any. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    detail: string,
    /** Seconds after which it is worth trying again. */
    readonly retryAfter?: number,
  ) {
    super(detail);
  }
}

interface Held {
  token: string;
  /** Milliseconds by this machine's clock. */
  expires: number;
  life: number;
}

const KEY = 'hub.dashboard';

/**
 * The administrator's login, for as long as the tab is open. The token is renewed when a quarter of its life is left;
 * the password is kept nowhere.
 */
export class Session {
  private held?: Held;
  private renewing?: Promise<void>;
  private readonly listeners = new Set<() => void>();

  constructor() {
    this.held = read();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly signedIn = (): boolean => this.held !== undefined;

  /** @throws Problem 401 for a wrong login, 429 after too many of them */
  async signIn(user: string, password: string): Promise<void> {
    const bytes = new TextEncoder().encode(`${user}:${password}`);
    const login = btoa(String.fromCharCode(...bytes));
    // Without credentials of the browser's own, which would ask for a login in a window of its own.
    const answer = await call('/admin/token', {
      method: 'POST',
      credentials: 'omit',
      headers: { Authorization: `Basic ${login}` },
    });
    this.keep((await answer.json()) as Token);
  }

  signOut(): void {
    this.held = undefined;
    sessionStorage.removeItem(KEY);
    this.tell();
  }

  /** Calls the API; a token that the hub does not know any more ends the session. */
  async call(path: string, init: RequestInit = {}): Promise<Response> {
    await this.renew();
    const token = this.held?.token;
    try {
      return await call(path, {
        ...init,
        credentials: 'omit',
        headers: { ...init.headers, Authorization: `Bearer ${token}` },
      });
    } catch (error) {
      if (error instanceof Problem && error.status === 401 && this.held?.token === token) {
        this.signOut();
      }
      throw error;
    }
  }

  private renew(): Promise<void> {
    const { held } = this;
    if (!held || held.expires - Date.now() > held.life / 4) {
      return Promise.resolve();
    }
    this.renewing ??= call('/api/v1/auth/refresh', {
      method: 'POST',
      credentials: 'omit',
      headers: { Authorization: `Bearer ${held.token}` },
    })
      .then((answer) => answer.json())
      .then((token) => {
        // Who has signed out meanwhile is not brought back.
        if (this.held === held) {
          this.keep(token as Token);
        }
      })
      // What the call itself is answered tells whether the old one is still good.
      .catch(() => undefined)
      .finally(() => (this.renewing = undefined));
    return this.renewing;
  }

  private keep(token: Token): void {
    const life = token.expires_in * 1_000;
    this.held = { token: token.access_token, expires: Date.now() + life, life };
    sessionStorage.setItem(KEY, JSON.stringify(this.held));
    this.tell();
  }

  private tell(): void {
    this.listeners.forEach((listener) => listener());
  }
}

async function call(path: string, init: RequestInit): Promise<Response> {
  const answer = await fetch(path, init);
  if (!answer.ok) {
    const body = (await answer.json().catch(() => ({}))) as { detail?: string };
    const after = Number(answer.headers.get('Retry-After'));
    throw new Problem(answer.status, body.detail ?? `The hub answers ${answer.status}`, after > 0 ? after : undefined);
  }
  return answer;
}

function read(): Held | undefined {
  try {
    const held = JSON.parse(sessionStorage.getItem(KEY) ?? '') as Held;
    return held.expires > Date.now() ? held : undefined;
  } catch {
    return undefined;
  }
}
