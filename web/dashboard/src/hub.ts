import { beginning, type Range } from './range.ts';
import type { Session } from './session.ts';

export type Counts = Record<string, number>;

export interface MessageFigures {
  by_channel: Counts;
  by_direction: Counts;
  by_state: Counts;
}

/** Rates are 0 to 1, times are seconds; absent where there is nothing to tell them of. */
export interface CheckFigures {
  asked: number;
  answered: number;
  available: number;
  expired: number;
  booked: number;
  success_rate?: number;
  available_rate?: number;
  conversion_rate?: number;
  median_response_seconds?: number;
  p90_response_seconds?: number;
}

export interface QueueFigures {
  depth: number;
  oldest_seconds: number;
  dead: number;
}

export interface Metrics {
  from: string;
  to: string;
  messages: MessageFigures;
  delivery_success_rate?: number;
  queues: Record<'inbound' | 'outbound', QueueFigures>;
  checks: CheckFigures;
  bookings: number;
  conversion_rate?: number;
}

export interface Point {
  at: string;
  messages: MessageFigures;
  checks?: CheckFigures;
  bookings: number;
}

export interface Series {
  from: string;
  to: string;
  step_seconds: number;
  points: Point[];
}

export interface AgentFigures extends CheckFigures {
  agent_id: string;
  agent_name: string;
}

export interface Users {
  contacts: number;
  linked: { by_role?: Counts };
  opted_out: number;
  active_24h: number;
  active_7d: number;
  active_30d: number;
}

export interface RefusedEdit {
  file: string;
  line: number;
  reason: string;
  at: string;
}

export interface Status {
  status: 'UP' | 'DOWN';
  version: string;
  instance?: string;
  uptime_seconds?: number;
  dependencies?: Record<string, 'UP' | 'DEGRADED' | 'DOWN'>;
  channels?: Record<string, string>;
  refused_route_edits?: RefusedEdit[];
}

export interface DeadLetter {
  id: string;
  queue: 'inbound' | 'outbound';
  contact?: string;
  reason?: string;
  attempts: number;
  died_at: string;
  /** Under which its way is found. */
  steps_of?: string;
}

export interface Contact {
  id: string;
  name?: string;
  phone?: string;
  role?: string;
  language?: string;
  linked: boolean;
  opted_out: boolean;
  channels: string[];
  heard_at?: string;
}

/** A thread of the web chat. */
export interface Chat {
  thread_id: string;
  title: string;
  visitor?: string;
  role?: string;
  listing_id?: string;
  language?: string;
  last_seq: number;
  last_read_seq: number;
  talking: boolean;
  updated_at: string;
}

export interface OwnThread {
  thread_id: string;
  title: string;
  updated_at: string;
}

export interface Message {
  id: string;
  direction: 'in' | 'out';
  channel: string;
  kind: string;
  text: string;
  state: 'received' | 'queued' | 'sent' | 'delivered' | 'read' | 'played' | 'failed';
  error?: string;
  at: string;
  sent_at?: string;
  delivered_at?: string;
  read_at?: string;
  /** Absent if nobody knows it any more. */
  flow?: string;
  contact_id?: string;
  thread_id?: string;
}

export interface Routed {
  route: string;
  description?: string;
  at: string;
  attempt: number;
}

export interface Step {
  step: string;
  at?: string;
  route?: string;
  /** Which routes it went through, each try's in order. */
  routes?: Routed[];
  attempts?: number;
  error?: string;
  message_id?: string;
}

export interface Way {
  flow?: string;
  messages: Message[];
  steps: Step[];
}

export interface Page<T> {
  items: T[];
  next_cursor?: string;
}

/** The hub's operations for administrators. Everything throws a Problem when it is refused. */
export class Hub {
  private offset = 0;
  private timeKnown?: Promise<void>;

  constructor(private readonly session: Session) {}

  /** The hub's time in milliseconds: a sandbox's clock may be ahead of this machine's. */
  now(): number {
    return Date.now() + this.offset;
  }

  /** @param spanMs how long the period is that ends now */
  async metrics(spanMs: number): Promise<Metrics> {
    const asked = this.now();
    const metrics = await this.get<Metrics>('metrics', { from: iso(asked - spanMs) });
    const apart = Date.parse(metrics.to) - Date.now();
    this.offset = Math.abs(apart) > 5_000 ? apart : 0;
    // The first answer tells what time it is there.
    return Math.abs(this.now() - asked) > 60_000 ? this.metrics(spanMs) : metrics;
  }

  /** The same figures of the period before. */
  async metricsBefore(spanMs: number): Promise<Metrics> {
    await this.learnTime();
    const end = this.now() - spanMs;
    return this.get('metrics', { from: iso(end - spanMs), to: iso(end) });
  }

  async series(range: Range): Promise<Series> {
    await this.learnTime();
    return this.get('metrics/series', { from: iso(beginning(range, this.now())), step: String(range.stepSeconds) });
  }

  async agents(spanMs: number): Promise<Page<AgentFigures>> {
    await this.learnTime();
    return this.get('metrics/agents', { from: iso(this.now() - spanMs), limit: '200' });
  }

  users(): Promise<Users> {
    return this.get('users/stats');
  }

  status(): Promise<Status> {
    return this.get('status');
  }

  deadLetters(limit: number): Promise<Page<DeadLetter>> {
    return this.get('admin/dead-letters', { limit: String(limit) });
  }

  async replay(id: string): Promise<void> {
    await this.session.call(`/api/v1/admin/dead-letters/${encodeURIComponent(id)}/replay`, { method: 'POST' });
  }

  contacts(q: string, cursor?: string): Promise<Page<Contact>> {
    return this.get('admin/contacts', { ...(q === '' ? {} : { q }), ...(cursor ? { cursor } : {}), limit: '30' });
  }

  chats(q: string, cursor?: string): Promise<Page<Chat>> {
    return this.get('admin/threads', { ...(q === '' ? {} : { q }), ...(cursor ? { cursor } : {}), limit: '30' });
  }

  chatMessages(thread: string, cursor?: string): Promise<Page<Message> & { thread: Chat; contacts: string[] }> {
    return this.get(`admin/threads/${encodeURIComponent(thread)}/messages`, {
      ...(cursor ? { cursor } : {}),
      limit: '50',
    });
  }

  messages(contact: string, cursor?: string): Promise<Page<Message> & { contact: Contact; threads: OwnThread[] }> {
    return this.get(`admin/contacts/${encodeURIComponent(contact)}/messages`, {
      ...(cursor ? { cursor } : {}),
      limit: '50',
    });
  }

  /** @param id a message's, or a flow's */
  way(id: string): Promise<Way> {
    return this.get(`admin/messages/${encodeURIComponent(id)}/steps`);
  }

  /** A question about a period waits until it is known when it ends. */
  private learnTime(): Promise<void> {
    this.timeKnown ??= this.metrics(60_000).then(
      () => undefined,
      () => (this.timeKnown = undefined),
    );
    return this.timeKnown;
  }

  private async get<T>(path: string, parameters: Record<string, string> = {}): Promise<T> {
    const query = new URLSearchParams(parameters).toString();
    const answer = await this.session.call(`/api/v1/${path}${query === '' ? '' : `?${query}`}`);
    return (await answer.json()) as T;
  }
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
