import type { Action, Card, Entry, ThreadInfo } from '../src/api.ts';

/**
 * The hub's interface in memory, with an agent who answers after a moment: enough to develop the page without a Java
 * process. Development only; it says nothing about how the real hub talks. The code is always 123456; the word "long"
 * makes a thread long, "agent" lets the agent write, "fail" is refused.
 */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const image = (name: string) => `/sandbox/images/${name}.jpg`;

export const CARDS: readonly Card[] = [
  {
    id: '1',
    title: 'Serviced 2-bed flat with a lagoon view',
    subtitle: 'Admiralty Way, Lekki Phase 1, Lagos',
    price: '₦4,500,000 / year',
    rating: 4.8,
    badges: ['New', 'Apartment', 'Verified'],
    area: 'Lekki',
    image_url: image('house-1'),
    gallery_images: ['house-1', 'living-1', 'bedroom-1', 'kitchen-1', 'bathroom-1'].map(image),
    metadata: {
      bedrooms: 2,
      bathrooms: 2,
      sqm: 110,
      rent_type: 'Apartment',
      distance_km: 2.4,
      amenities: ['24-hour power', 'Treated water', 'Swimming pool', 'Gym', 'Lift', 'Parking'],
      description:
        'A bright corner flat on the sixth floor, with a balcony over the lagoon. The kitchen is fitted, both bedrooms have their own bathroom, and power comes round the clock from two generators and an inverter. Five minutes’ walk to the shops on Admiralty Way.',
    },
  },
  {
    id: '2',
    title: 'Cosy 2-bed flat near the Yaba tech hub',
    subtitle: 'Herbert Macaulay Way, Yaba, Lagos',
    price: '₦2,800,000 / year',
    rating: 4.5,
    badges: ['Apartment'],
    area: 'Yaba',
    image_url: image('living-2'),
    gallery_images: ['living-2', 'bedroom-2', 'bathroom-2', 'house-2'].map(image),
    metadata: { bedrooms: 2, bathrooms: 2, sqm: 85, rent_type: 'Apartment', amenities: ['Borehole'], description: 'Quiet.' },
  },
  { id: '3', title: '4-bed terrace house with a boys’ quarters', subtitle: 'Chevron Drive, Lekki', price: '₦7,500,000 / year', area: 'Lekki', image_url: '/sandbox/images/none.jpg' },
];

interface Thread extends ThreadInfo {
  entries: Entry[];
  followers: Set<(frame: unknown) => void>;
  talking: boolean;
}

type Post = Partial<Omit<Entry, 'seq' | 'event'>>;

export class MockHub {
  private readonly threads = new Map<string, Thread>();
  private readonly taken = new Set<string>();

  constructor() {
    const old = this.open('Chat', undefined);
    this.post(old, 'user_message', { text: 'Hello' });
    this.post(old, 'assistant_message', { text: '👋 Hello! What are you looking for?' });
  }

  answer(method: string, url: URL, authorization: string, body: Record<string, unknown>): { status?: number; body?: unknown } {
    const [area, id = '', rest = ''] = url.pathname.slice(1).split('/').map(decodeURIComponent);
    const call = `${method} ${area}${id && area !== 'auth' && area !== 'availability' ? '/ID' : id && `/${id}`}${rest && `/${rest}`}`;
    if (area !== 'auth' && !authorization.startsWith('Bearer ')) {
      throw new Refusal(401, 'unauthorized', 'There is no token');
    }
    switch (call) {
      case 'POST auth/initiate-linking':
        return { status: 202, body: { message: 'On its way', expires_in: 300 } };
      case 'POST auth/verify-otp':
        if (body.otp_code !== '123456') {
          throw new Refusal(400, 'invalid_code', 'The code is wrong');
        }
        return { body: { access_token: token(String(body.email)), token_type: 'bearer', expires_in: 1800, user_role: 'seeker' } };
      case 'POST auth/refresh':
        return { body: { access_token: token('sade@example.com') } };
      case 'GET threads':
        return { body: { items: [...this.threads.values()].map(info) } };
      case 'POST threads': {
        const thread = this.open(CARDS.find((card) => card.id === body.listing_id)?.title ?? 'Chat', body.listing_id as string);
        this.greet(thread);
        return { status: 201, body: info(thread) };
      }
      case 'GET threads/ID/messages': {
        const after = Number(url.searchParams.get('after'));
        const limit = Number(url.searchParams.get('limit') ?? 200);
        return { body: { items: this.thread(id).entries.filter(({ seq }) => seq > after).slice(0, limit) } };
      }
      case 'POST threads/ID/read': {
        const thread = this.thread(id);
        thread.last_read_seq = Math.max(thread.last_read_seq, Number(body.seq));
        return { body: info(thread) };
      }
      case 'GET properties/ID':
        return { body: card(id) };
      case 'GET properties/ID/inspection-slots':
        return { body: { items: this.slots(id) } };
      case 'POST availability/check': {
        const thread = this.thread(String(body.thread_id));
        this.check(thread, String(body.listing_id));
        return { status: 202, body: { ok: true, check_id: 'c1', listing_id: body.listing_id, thread_id: thread.thread_id } };
      }
      case 'POST inspections': {
        const slot = this.slots(String(body.property_id)).find((free) => free.id === body.slot_id);
        if (!slot || this.taken.size === 0) {
          this.taken.add(String(body.slot_id));
          throw new Refusal(409, 'slot_gone', 'The slot is gone');
        }
        this.taken.add(slot.id);
        const { title, subtitle } = card(String(body.property_id));
        return {
          status: 201,
          body: {
            success: true,
            booking_id: '4711',
            inspection: { property_title: title, location: subtitle, scheduled_datetime: slot.datetime, agent_contact: { name: 'Ada Obi', phone: '+2348030000011' } },
          },
        };
      }
      default:
        throw new Refusal(404, 'not_found', `There is no ${method} ${url.pathname}`);
    }
  }

  follow(id: string, after: number, send: (frame: unknown) => void): () => void {
    const thread = this.thread(id);
    thread.entries.filter(({ seq }) => seq > after).forEach((entry) => send(frame(id, entry)));
    thread.followers.add(send);
    return () => thread.followers.delete(send);
  }

  take(id: string, sent: { type: string; id?: string; text?: string; client_id?: string }, send: (frame: unknown) => void): void {
    const thread = this.thread(id);
    const { type, text = '', client_id } = sent;
    if (type === 'ping') {
      send({ type: 'pong' });
    } else if (text === 'fail') {
      send({ type: 'error', payload: { code: 'rate_limited', detail: 'Too much', client_id } });
    } else if (!thread.entries.some((entry) => entry.client_id === client_id)) {
      const title = thread.entries.flatMap(({ actions = [] }) => actions).find((action) => action.id === sent.id)?.title;
      this.post(thread, 'user_message', { text: text || title || sent.id, client_id });
      setTimeout(() => this.reply(thread, sent.id ?? text.toLowerCase()), 250);
    }
  }

  private reply(thread: Thread, words: string): void {
    if (words === 'browse' || /bed|flat|lekki|yaba/.test(words)) {
      this.post(thread, 'assistant_message', { text: 'Here is what fits best:', cards: CARDS, actions: [{ id: 'browse', title: 'More homes' }] });
    } else if (words.startsWith('write_agent')) {
      thread.talking = true;
      this.post(thread, 'assistant_message', { text: '💬 Write your message: it goes to the agent, and the answer comes back here.' });
    } else if (thread.talking || words === 'agent') {
      setTimeout(() => this.post(thread, 'agent_message', { text: 'Good day! Yes, the generator is included. When would you like to come?' }), 1_200);
    } else if (words === 'long') {
      Array.from({ length: 500 }, (_, i) => {
        this.post(thread, 'user_message', { text: `Question ${i + 1}` });
        this.post(thread, 'assistant_message', { text: `Answer ${i + 1}: ${'so it is and so it will be. '.repeat(1 + (i % 5))}` });
      });
    } else {
      this.post(thread, 'assistant_message', { text: '🤔 I did not get that. Say what you look for, for example *2 bed in Yaba under 3m*.', actions: this.offers(thread) });
    }
  }

  private check(thread: Thread, listing: string): void {
    const { title } = card(listing);
    const post = (state: string, text: string, more: Post = {}, facts = {}) => {
      this.post(thread, 'check_updated', { check_id: 'c1', state, listing_id: listing });
      this.post(thread, 'assistant_message', {
        text,
        ...more,
        metadata: { source: 'availability', check_id: 'c1', listing_id: listing, state, ...facts },
      });
    };
    post('asked', `I have asked the agent of *${title}* on WhatsApp. The answer comes here; you need not wait.`);
    setTimeout(
      () =>
        listing === '2'
          ? post('unavailable', `The agent says that *${title}* is taken.`, { actions: [{ id: 'browse', title: 'Show similar homes' }] })
          : post(
              'available',
              `Good news: *${title}* is available.\n> Yes it is free from 1 December, 4.2m last price`,
              { actions: [{ id: `book:${listing}`, title: 'Book now' }], media: [image('living-3'), image('bedroom-3')].map((url) => ({ type: 'image', url })) },
              { availability: true, price: '₦4,200,000 / year', available_from: '2026-12-01' },
            ),
      2_500,
    );
  }

  private greet(thread: Thread): void {
    this.post(thread, 'assistant_message', {
      text: '👋 Hello Sade! Tell me what you are looking for, for example *2 bed in Yaba under 3m*, or choose:',
      actions: this.offers(thread),
    });
  }

  private offers(thread: Thread): Action[] {
    return [
      { id: 'browse', title: 'Browse homes' },
      ...(thread.listing_id === undefined ? [] : [{ id: 'write_agent', title: 'Write to the agent' }]),
      { id: 'help', title: 'Help' },
    ];
  }

  private slots(property: string): { id: string; datetime: string }[] {
    const first = Date.now() + 86_400_000;
    return Array.from({ length: 12 }, (_, i) => {
      const day = new Date(first + Math.floor(i / 4) * 86_400_000).toISOString().slice(0, 10);
      return { id: `${property}-${i}`, datetime: `${day}T${String(9 + (i % 4) * 2).padStart(2, '0')}:00:00+01:00` };
    }).filter(({ id }) => !this.taken.has(id));
  }

  private open(title: string, listing: string | undefined): Thread {
    const thread: Thread = {
      thread_id: String(this.threads.size + 1),
      listing_id: listing,
      title,
      last_seq: 0,
      last_read_seq: 0,
      updated_at: new Date().toISOString(),
      entries: [],
      followers: new Set(),
      talking: false,
    };
    this.threads.set(thread.thread_id, thread);
    return thread;
  }

  private thread(id: string): Thread {
    const thread = this.threads.get(id);
    if (!thread) {
      throw new Refusal(404, 'not_found', `There is no thread ${id}`);
    }
    return thread;
  }

  private post(thread: Thread, event: Entry['event'], post: Post): void {
    const seq = ++thread.last_seq;
    const entry: Entry = { ...post, id: `m${seq}`, seq, event, sent_at: new Date().toISOString() };
    thread.updated_at = entry.sent_at;
    thread.entries.push(entry);
    thread.followers.forEach((send) => send(frame(thread.thread_id, entry)));
  }
}

function frame(thread: string, { seq, event, client_id, ...payload }: Entry): unknown {
  return { type: 'chat_message', event, thread_id: thread, seq, client_id, payload };
}

function info({ thread_id, listing_id, title, last_seq, last_read_seq, updated_at }: Thread): ThreadInfo {
  return { thread_id, listing_id, title, last_seq, last_read_seq, updated_at };
}

function card(id: string): Card {
  const found = CARDS.find((candidate) => candidate.id === id);
  if (!found) {
    throw new Refusal(404, 'not_found', `There is no listing ${id}`);
  }
  return found;
}

export function token(email: string): string {
  const now = Math.floor(Date.now() / 1_000);
  const claims = { sub: '1', role: 'seeker', name: 'Sade Bello', email, iat: now, exp: now + 1_800 };
  return `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.mock`;
}
