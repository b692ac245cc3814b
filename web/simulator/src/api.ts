/**
 * The sandbox's HTTP interface (`/sandbox/api`), as this page uses it. Times are ISO 8601. What
 * the sandbox gives as null is absent here.
 */

export type Channel = 'whatsapp' | 'twilio';

export const CHANNELS: readonly Channel[] = ['whatsapp', 'twilio'];

export interface Person {
  name: string;
  role: string;
  /** E.164, with the plus. */
  phone: string;
  email: string;
}

export interface PhoneState {
  phone: string;
  name?: string;
  role?: string;
  /** The hub has read what was sent and shows that it writes. */
  typing?: boolean;
  /** Until when the hub may write freely; absent: never since the person has not written. */
  window_open_until?: string;
  /** The same for what goes by Twilio: each provider has a window of its own. */
  twilio_window_open_until?: string;
}

export interface Option {
  /** Comes back when it is chosen; absent for a link. */
  id?: string;
  title: string;
  description?: string;
  /** The list section that the row stands in. */
  section?: string;
  /** Where a link leads. */
  url?: string;
}

export interface Media {
  type?: string;
  url?: string;
  caption?: string;
  file_name?: string;
}

export interface Place {
  latitude: number;
  longitude: number;
  name?: string;
  address?: string;
}

export interface Message {
  /** Counts per phone from 1, in order. */
  n: number;
  /** "in" is what the person sent, "out" what the hub sent. */
  direction: 'in' | 'out';
  channel: Channel;
  id: string;
  type: string;
  text?: string;
  header?: string;
  footer?: string;
  options?: Option[];
  /** The label of the button that opens the list. */
  options_label?: string;
  media?: Media[];
  location?: Place;
  /** The id of the message that this one quotes. */
  reply_to?: string;
  /** The name of the approved template that it is. */
  template?: string;
  /** "sent", "delivered" once the hub took it, "read", "failed". */
  status?: string;
  at: string;
}

/** What a person sends: one of text, choice, image and location. */
export interface Draft {
  channel?: Channel;
  text?: string;
  /** The id of an option of a message that the phone got. */
  choice?: string;
  /** A URL or the name of one of the sandbox's images. */
  image?: string;
  caption?: string;
  location?: Place;
  reply_to?: string;
  /** The profile name that the provider tells the hub. */
  name?: string;
}

export interface Mail {
  n: number;
  to: string;
  subject: string;
  text: string;
  at: string;
}

export interface Delivery {
  id: number;
  at: string;
  /** The provider whose webhook it was. */
  provider: string;
  /** "message" or "status". */
  kind: string;
  state: 'waiting' | 'sending' | 'delivered' | 'given_up';
  attempts: number;
  /** The hub's last HTTP status; absent when no answer came. */
  status?: number;
  /** How long the hub took. */
  ms?: number;
  /** What it tells. */
  summary?: string;
  /** Why there was no answer. */
  error?: string;
}

export interface ProviderFaults {
  /** The share of webhooks that come twice, 0 to 1, as all shares. */
  duplicate?: number;
  /** The share of webhooks that others overtake. */
  reorder?: number;
  delay_ms?: number;
  /** The share of requests that are refused … */
  error_rate?: number;
  /** … and with which of the provider's codes. */
  error_code?: number;
  /** The share of sends that are never answered. */
  timeout_rate?: number;
}

export interface Faults {
  whatsapp?: ProviderFaults;
  twilio?: ProviderFaults;
  inspector?: { down?: boolean; delay_ms?: number; error_rate?: number };
  mail?: { down?: boolean };
}

export interface ClockState {
  now: string;
  offset_seconds: number;
}

export interface SandboxImage {
  name: string;
  url: string;
}

export interface Hint {
  type: 'message' | 'status' | 'mail' | 'delivery' | 'clock' | 'faults' | 'reset' | 'phone';
  phone?: string;
  n?: number;
}

/** The sandbox answered with an error, or not at all (status 0). */
export class SandboxError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const BASE = new URL(`${import.meta.env.BASE_URL}api/`, document.baseURI);

async function call<T>(path: string, method = 'GET', body?: unknown): Promise<T> {
  let response: Response;
  try {
    response = await fetch(new URL(path, BASE), {
      method,
      headers: body === undefined ? undefined : { 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new SandboxError(0, 'The sandbox does not answer. Is it running?');
  }
  const text = await response.text();
  if (!response.ok) {
    throw new SandboxError(response.status, reasonIn(text) ?? `The sandbox answered ${response.status}.`);
  }
  return (text === '' ? undefined : JSON.parse(text, withoutNulls)) as T;
}

function withoutNulls(_: string, value: unknown): unknown {
  return value === null ? undefined : value;
}

function reasonIn(text: string): string | undefined {
  try {
    const body: unknown = JSON.parse(text);
    if (body !== null && typeof body === 'object' && 'detail' in body && typeof body.detail === 'string') {
      return body.detail;
    }
  } catch {
    // Not JSON: the status alone has to do.
  }
  return undefined;
}

/** More are of no use to a reader. */
const DELIVERIES_READ = 200;

const phonePath = (phone: string) => `phones/${encodeURIComponent(phone)}`;

export const api = {
  people: () => call<Person[]>('people'),
  phone: (phone: string) => call<PhoneState>(phonePath(phone)),
  messages: (phone: string, after: number) => call<Message[]>(`${phonePath(phone)}/messages?after=${after}`),
  send: (phone: string, draft: Draft) => call<{ id: string }>(`${phonePath(phone)}/messages`, 'POST', draft),
  mail: () => call<Mail[]>('mail'),
  /** A web token, as a host page would pass it. */
  token: (email: string) => call<{ access_token: string }>('token', 'POST', { email }),
  images: () => call<SandboxImage[]>('images'),
  deliveries: () => call<Delivery[]>(`deliveries?limit=${DELIVERIES_READ}`),
  faults: () => call<Faults>('faults'),
  setFaults: (faults: Faults) => call<unknown>('faults', 'PUT', faults),
  clearFaults: () => call<unknown>('faults', 'DELETE'),
  clock: () => call<ClockState>('clock'),
  /** Takes until all that was due on the way has happened, at most 30 s. */
  advance: (duration: string) => call<unknown>('clock', 'POST', { advance: duration }),
  reset: () => call<unknown>('reset', 'POST'),
  events: () => new EventSource(new URL('events', BASE)),
};
