import type { Session } from './session.ts';

/**
 * The hub's HTTP interface, as the chat uses it: field names are the hub's. Times are ISO 8601
 * with offset; ids are strings.
 */

export interface Card {
  id: string;
  title: string;
  /** Where it is. */
  subtitle?: string;
  /** With currency and period, ready to show. */
  price?: string;
  /** 0 to 5. */
  rating?: number;
  badges?: readonly string[];
  image_url?: string;
  area?: string;
  gallery_images?: readonly string[];
  metadata?: CardMetadata;
}

export interface CardMetadata {
  bedrooms?: number;
  bathrooms?: number;
  amenities?: readonly string[];
  sqm?: number;
  description?: string;
  rent_type?: string;
  distance_km?: number;
}

export interface Action {
  id: string;
  title: string;
}

export interface Media {
  type: string;
  url: string;
}

export type EventName = 'assistant_message' | 'user_message' | 'agent_message' | 'check_updated';

/** What a message about an availability check carries. */
export interface Metadata {
  source?: string;
  check_id?: string;
  listing_id?: string;
  state?: string;
  available_from?: string;
  /** Ready to show. */
  price?: string;
  photos?: readonly string[];
  /** What the page is to open. */
  form?: string;
}

/** One entry of a thread: a message, or the news of a check. */
export interface Entry {
  /** Rises by one within a thread. */
  seq: number;
  event: EventName;
  id?: string;
  /** What the sender called it, in whichever tab. */
  client_id?: string;
  text?: string;
  sent_at?: string;
  metadata?: Metadata;
  cards?: readonly Card[];
  actions?: readonly Action[];
  media?: readonly Media[];
  check_id?: string;
  listing_id?: string;
  state?: string;
}

export interface ThreadInfo {
  thread_id: string;
  /** The listing that it is about; absent for nothing in particular. */
  listing_id?: string;
  title?: string;
  last_seq: number;
  last_read_seq: number;
  updated_at?: string;
}

export interface Slot {
  id: string;
  /** In the property's zone. */
  datetime: string;
}

export interface Booking {
  booking_id: string;
  inspection?: {
    property_title?: string;
    location?: string;
    scheduled_datetime?: string;
    agent_contact?: unknown;
  };
}

export interface AcceptedCheck {
  check_id: string;
  listing_id: string;
  thread_id: string;
}

/** The hub refused, or did not answer at all (status 0). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** When to try again, in seconds. */
    readonly retryAfter?: number,
  ) {
    super(message);
  }

  get offline(): boolean {
    return this.status === 0;
  }
}

/** Where the hub is: the page stands in a folder of it. */
export const HUB = new URL('../', document.baseURI);

/** A hub that hangs must not look like one that works. */
const PATIENCE_MS = 20_000;

interface Call {
  method?: string;
  body?: unknown;
  token?: string;
  headers?: Record<string, string>;
}

async function request<T>(path: string, { method = 'GET', body, token, headers }: Call): Promise<T> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(new URL(`api/v1/${path}`, HUB), {
      method,
      headers: {
        // What the hub opens a thread in is what the page shows.
        'Accept-Language': document.documentElement.lang || 'en',
        ...headers,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE_MS),
      // Who somebody is stands in the token and nowhere else.
      credentials: 'omit',
    });
    text = await response.text();
  } catch {
    throw new Problem(0, 'offline', 'The hub does not answer');
  }
  const answer = read(text);
  if (!response.ok) {
    const { code, detail } = (answer ?? {}) as { code?: unknown; detail?: unknown };
    throw new Problem(
      response.status,
      typeof code === 'string' ? code : 'unknown',
      typeof detail === 'string' ? detail : `The hub answered ${response.status}`,
      Number(response.headers.get('Retry-After')) || undefined,
    );
  }
  return answer as T;
}

function read(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text, (_, value: unknown) => value ?? undefined);
  } catch {
    return undefined;
  }
}

interface Page<T> {
  items: T[];
  next_cursor?: string;
}

/** The calls that need no token. */
export const auth = {
  /** The answer does not say whether the address is known. */
  requestCode: (email: string) => request<unknown>('auth/initiate-linking', { method: 'POST', body: { email } }),
  redeemCode: (email: string, code: string) =>
    request<{ access_token: string }>('auth/verify-otp', { method: 'POST', body: { email, otp_code: code } }),
  refresh: (token: string) => request<{ access_token: string }>('auth/refresh', { method: 'POST', token }),
};

/** The calls of somebody who is signed in; a token that runs out is renewed on the way. */
export class Api {
  constructor(private readonly session: Session) {}

  threads = () => this.call<Page<ThreadInfo>>('threads?limit=100').then(({ items }) => items);
  openThread = (listing?: string) =>
    this.call<ThreadInfo>('threads', { method: 'POST', body: listing === undefined ? {} : { listing_id: listing } });
  entries = (thread: string, after: number, limit: number) =>
    this.call<Page<Entry>>(`threads/${encodeURIComponent(thread)}/messages?after=${after}&limit=${limit}`).then(
      ({ items }) => items,
    );
  markRead = (thread: string, seq: number) =>
    this.call<unknown>(`threads/${encodeURIComponent(thread)}/read`, { method: 'POST', body: { seq } });
  property = (id: string) => this.call<Card>(`properties/${encodeURIComponent(id)}`);
  slots = (id: string) =>
    this.call<Page<Slot> | Slot[]>(`properties/${encodeURIComponent(id)}/inspection-slots?limit=200`).then((answer) =>
      Array.isArray(answer) ? answer : answer.items,
    );
  check = (listing: string, thread: string) =>
    this.call<AcceptedCheck>('availability/check', {
      method: 'POST',
      body: { listing_id: listing, thread_id: thread },
    });
  /** @param key the same for each try of one booking */
  book = (property: string, slot: string, check: string | undefined, key: string) =>
    this.call<Booking>('inspections', {
      method: 'POST',
      body: { property_id: property, slot_id: slot, check_id: check },
      headers: { 'Idempotency-Key': key },
    });

  private async call<T>(path: string, call: Call = {}): Promise<T> {
    const token = await this.session.token();
    try {
      return await request<T>(path, { ...call, token });
    } catch (error) {
      if (error instanceof Problem && error.status === 401) {
        const renewed = await this.session.renew(token);
        if (renewed !== undefined) {
          return request<T>(path, { ...call, token: renewed });
        }
      }
      throw error;
    }
  }
}
