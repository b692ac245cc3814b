/** The sandbox's HTTP interface (`/sandbox/api`), as this page uses it. Times are ISO 8601. */

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
}

export interface Option {
  id: string;
  title: string;
  description?: string;
  /** The list section that the row stands in. */
  section?: string;
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
  button?: string;
  media?: Media[];
  location?: Place;
  /** The id of the message that this one quotes. */
  reply_to?: string;
  template?: string | { name: string };
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
  n?: number;
  at: string;
  /** The provider whose webhook it was. */
  provider?: string;
  /** "message", "status" … */
  kind?: string;
  phone?: string;
  /** The hub's HTTP status; 0 or absent when no answer came. */
  status?: number;
  /** From the request to the answer. */
  ms?: number;
}

export interface ProviderFaults {
  duplicate?: boolean | number;
  reorder?: boolean | number;
  delay_ms?: number;
  /** 0 to 1. */
  error_rate?: number;
  error_code?: number;
  /** 0 to 1. */
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

const BASE = new URL('api/', document.baseURI);

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
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

function reasonIn(text: string): string | undefined {
  try {
    const body: unknown = JSON.parse(text);
    if (body !== null && typeof body === 'object') {
      const reasons = body as Record<string, unknown>;
      const reason = reasons['detail'] ?? reasons['message'] ?? reasons['error'];
      return typeof reason === 'string' ? reason : undefined;
    }
  } catch {
    // Not JSON: the status alone has to do.
  }
  return undefined;
}

const phonePath = (phone: string) => `phones/${encodeURIComponent(phone)}`;

export const api = {
  people: () => call<Person[]>('people'),
  phone: (phone: string) => call<PhoneState>(phonePath(phone)),
  messages: (phone: string, after: number) => call<Message[]>(`${phonePath(phone)}/messages?after=${after}`),
  send: (phone: string, draft: Draft) => call<{ id: string }>(`${phonePath(phone)}/messages`, 'POST', draft),
  mail: () => call<Mail[]>('mail'),
  images: () => call<SandboxImage[]>('images'),
  deliveries: () => call<Delivery[]>('deliveries'),
  faults: () => call<Faults>('faults'),
  setFaults: (faults: Faults) => call<unknown>('faults', 'PUT', faults),
  clearFaults: () => call<unknown>('faults', 'DELETE'),
  clock: () => call<ClockState>('clock'),
  /** Takes until all that was due on the way has happened, at most 30 s. */
  advance: (duration: string) => call<unknown>('clock', 'POST', { advance: duration }),
  reset: () => call<unknown>('reset', 'POST'),
  events: () => new EventSource(new URL('events', BASE)),
};
