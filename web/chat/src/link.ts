import ReconnectingWebSocket from 'partysocket/ws';
import { HUB, type Entry } from './api.ts';

/** How the line to the hub is: down is told once it has stayed so for a moment. */
export type Line = 'connecting' | 'live' | 'down';

interface ChatFrame {
  type: 'chat_message';
  event: Entry['event'];
  thread_id: string;
  seq: number;
  client_id?: string;
  payload: Omit<Entry, 'seq' | 'event'>;
}

interface ErrorFrame {
  type: 'error';
  client_id?: string;
  payload: { code: string; detail: string; client_id?: string };
}

type Frame = ChatFrame | ErrorFrame | { type: 'pong' };

export interface Listener {
  /** The highest sequence number that is here: the hub sends what stands above it. */
  after: () => number;
  /** A token that can be used; rejects or gives none while that can't be had. */
  token: () => Promise<string | undefined>;
  onLine: (line: Line) => void;
  onEntry: (entry: Entry) => void;
  onRefusal: (code: string, detail: string, clientId: string | undefined) => void;
  /** The hub closed the socket because its token has run out. */
  onTokenEnd: () => void;
  /** A connection did not come about: a look over HTTP says why. */
  onFailure: () => void;
}

const OUT_OF_TOKEN = 4_401;
const THREAD_GONE = 4_404;
/** A line that says nothing for so long is asked whether it still stands … */
const QUIET_MS = 25_000;
/** … and has so long to answer. */
const ANSWER_MS = 6_000;

/**
 * The socket of one thread. It comes back by itself, however it was lost, and each time asks for what was
 * missed; a line that died without a word is noticed by a ping that stays unanswered.
 */
export class Link {
  private readonly socket: ReconnectingWebSocket;
  private heard = 0;
  private asked = 0;
  private readonly pulse: ReturnType<typeof setInterval>;

  constructor(
    thread: string,
    private readonly listener: Listener,
  ) {
    const address = new URL(`ws/chat/${encodeURIComponent(thread)}`, HUB);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    this.socket = new ReconnectingWebSocket(
      () => {
        address.searchParams.set('after', String(listener.after()));
        return address.href;
      },
      // The list is read before the protocol's own name is agreed on, so the token needs no place in an address.
      async () => ['chat.v1', (await listener.token().catch(() => undefined)) ?? 'none'],
      {
        minReconnectionDelay: 400,
        maxReconnectionDelay: 8_000,
        reconnectionDelayGrowFactor: 1.7,
        connectionTimeout: 8_000,
        // What is sent is kept by the conversation until it comes back; a queue here would send it twice.
        maxEnqueuedMessages: 0,
      },
    );
    let opened = false;
    this.socket.addEventListener('open', () => {
      opened = true;
      this.heard = Date.now();
      this.asked = 0;
      listener.onLine('live');
    });
    this.socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
      this.heard = Date.now();
      this.asked = 0;
      this.read(data);
    });
    this.socket.addEventListener('close', ({ code }) => {
      if (code === OUT_OF_TOKEN) {
        listener.onTokenEnd();
      } else if (!opened || code === THREAD_GONE) {
        listener.onFailure();
      }
      opened = false;
      listener.onLine('down');
    });
    this.pulse = setInterval(() => this.feel(), 2_000);
  }

  get live(): boolean {
    return this.socket.readyState === WebSocket.OPEN;
  }

  send(frame: object): void {
    if (this.live) {
      this.socket.send(JSON.stringify(frame));
    }
  }

  /** The machine woke up or the network is back: try at once, and don't trust an old line. */
  wake(): void {
    if (!this.live) {
      this.reconnect();
    } else if (this.asked === 0) {
      this.ask();
    }
  }

  reconnect(): void {
    this.listener.onLine('connecting');
    this.socket.reconnect();
  }

  close(): void {
    clearInterval(this.pulse);
    this.socket.close();
  }

  private feel(): void {
    if (!this.live) {
      return;
    }
    const now = Date.now();
    if (this.asked > 0 && now - this.asked > ANSWER_MS) {
      this.asked = 0;
      this.reconnect();
    } else if (this.asked === 0 && now - this.heard > QUIET_MS) {
      this.ask();
    }
  }

  private ask(): void {
    this.asked = Date.now();
    this.send({ type: 'ping' });
  }

  private read(data: string): void {
    let frame: Frame;
    try {
      frame = JSON.parse(data, (_, value: unknown) => value ?? undefined) as Frame;
    } catch {
      console.warn('The hub sent what is no JSON');
      return;
    }
    if (frame.type === 'chat_message') {
      const { seq, event, payload } = frame;
      this.listener.onEntry({ ...payload, seq, event, client_id: frame.client_id ?? payload.client_id });
    } else if (frame.type === 'error') {
      const { code, detail } = frame.payload;
      this.listener.onRefusal(code, detail, frame.client_id ?? frame.payload.client_id);
    }
  }
}
