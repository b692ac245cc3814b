import type { ClockState, Delivery, Draft, Faults, Hint, Mail, Message, Option, Person } from '../src/api.ts';

/**
 * The sandbox's interface in memory, with a hub of a few sentences behind it: enough to
 * develop the page without a Java process. Development only; it says nothing about how the
 * real hub talks.
 */
export const PEOPLE: readonly Person[] = [
  { name: 'Sade Bello', role: 'seeker', phone: '+2348030000001', email: 'sade@example.com' },
  { name: 'Tunde Cole', role: 'seeker', phone: '+2348030000002', email: 'tunde@example.com' },
  { name: 'Ada Obi', role: 'agent', phone: '+2348030000011', email: 'ada@example.com' },
  { name: 'Femi Ade', role: 'agent', phone: '+2348030000012', email: 'femi@example.com' },
  { name: 'Chidi Eze', role: 'inspector', phone: '+2348030000021', email: 'chidi@example.com' },
  { name: 'Root', role: 'admin', phone: '+2348030000099', email: 'admin@example.com' },
];

const NO_FAULTS: Faults = {
  whatsapp: { duplicate: 0, reorder: 0, delay_ms: 0, error_rate: 0, timeout_rate: 0 },
  twilio: { duplicate: 0, reorder: 0, delay_ms: 0, error_rate: 0, timeout_rate: 0 },
  inspector: { down: false, delay_ms: 0, error_rate: 0 },
  mail: { down: false },
};

const SEEKER_MENU: Option[] = [
  { id: 'seeker_browse', title: '🏡 Browse properties', description: 'What is free right now', section: 'Homes' },
  { id: 'seeker_bookings', title: '📅 My bookings', description: 'Upcoming and past inspections', section: 'Homes' },
  {
    id: 'seeker_notifications',
    title: '🔔 Notifications',
    description: 'New-listing alerts, on or off',
    section: 'Account',
  },
  { id: 'help', title: '❓ Help', description: 'What I can do for you', section: 'Account' },
];

type Outgoing = Omit<Message, 'n' | 'id' | 'direction' | 'channel' | 'at'>;

interface Conversation {
  messages: Message[];
  typing: boolean;
  windowUntil?: number;
  email?: string;
  code?: string;
}

export class MockHub {
  readonly images = ['lekki', 'ikeja', 'yaba', 'ikoyi', 'surulere', 'maitama'].map((name) => ({
    name: `${name}.svg`,
    url: `/sandbox/api/pictures/${name}.svg`,
  }));
  mails: Mail[] = [];
  deliveries: Delivery[] = [];
  faults: Faults = structuredClone(NO_FAULTS);
  private conversations = new Map<string, Conversation>();
  private offset = 0;

  constructor(private readonly hint: (hint: Hint) => void) {}

  clock(): ClockState {
    return { now: new Date(this.now()).toISOString(), offset_seconds: this.offset / 1_000 };
  }

  advance(duration: string): void {
    const [, days, hours, minutes] = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(duration) ?? [];
    this.offset += (Number(days ?? 0) * 1_440 + Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
    this.hint({ type: 'clock' });
  }

  setFaults(faults: Faults): void {
    this.faults = { ...structuredClone(NO_FAULTS), ...faults };
    this.hint({ type: 'faults' });
  }

  reset(): void {
    this.conversations.clear();
    this.mails = [];
    this.deliveries = [];
    this.faults = structuredClone(NO_FAULTS);
    this.offset = 0;
    this.hint({ type: 'reset' });
  }

  phone(phone: string) {
    const { typing, windowUntil } = this.conversation(phone);
    const person = PEOPLE.find((candidate) => candidate.phone === phone);
    return {
      phone,
      name: person?.name,
      role: person?.role,
      typing,
      window_open_until: windowUntil && windowUntil > this.now() ? new Date(windowUntil).toISOString() : undefined,
    };
  }

  messages(phone: string, after: number): Message[] {
    return this.conversation(phone).messages.filter((message) => message.n > after);
  }

  send(phone: string, draft: Draft): { id: string } {
    const conversation = this.conversation(phone);
    const option = conversation.messages.flatMap((m) => m.options ?? []).find(({ id }) => id === draft.choice);
    const message = this.add(phone, 'in', draft.channel ?? 'whatsapp', {
      type: draft.image ? 'image' : draft.location ? 'location' : draft.choice ? 'interactive' : 'text',
      text: draft.text ?? option?.title ?? draft.caption,
      media: draft.image ? [{ type: 'image', url: this.imageUrl(draft.image), caption: draft.caption }] : undefined,
      location: draft.location,
      reply_to: draft.reply_to,
      status: 'sent',
    });
    conversation.windowUntil = this.now() + 86_400_000;
    this.deliver(phone, 'message', message.channel);
    setTimeout(() => {
      message.status = 'read';
      conversation.typing = true;
      this.hint({ type: 'status', phone });
    }, 350);
    setTimeout(() => {
      conversation.typing = false;
      for (const answer of this.answer(phone, conversation, message, draft.choice)) {
        this.add(phone, 'out', message.channel, answer);
        this.deliver(phone, 'status', message.channel);
      }
    }, 1_400);
    return { id: message.id };
  }

  private answer(phone: string, conversation: Conversation, message: Message, choice?: string): Outgoing[] {
    const text = message.text ?? '';
    const email = /^\/link\s+(\S+@\S+)/.exec(text)?.[1];
    if (email) {
      conversation.email = email;
      conversation.code = String(Math.floor(100_000 + Math.random() * 900_000));
      this.mails.push({
        n: this.mails.length + 1,
        to: email,
        subject: 'Your Inspakta code',
        text: `Hello,\n\nthe WhatsApp number ending in ${phone.slice(-4)} asked to be linked to your account.\n\nYour code is ${conversation.code}\n\nIt is valid for 5 minutes. Was it not you? Then do nothing.\n\nInspakta`,
        at: new Date(this.now()).toISOString(),
      });
      this.hint({ type: 'mail' });
      return [
        {
          type: 'text',
          text: '📬 If that address has an account, a *6-digit code* is on its way. Send it here within 5 minutes.',
        },
      ];
    }
    if (text === conversation.code) {
      conversation.code = undefined;
      const name = PEOPLE.find((person) => person.email === conversation.email)?.name ?? 'you';
      return [
        {
          type: 'list',
          header: 'Inspakta',
          text: `✅ *Linked.* Welcome, ${name}!\n\nWhat would you like to do?`,
          footer: 'Send menu at any time',
          options_label: 'Open menu',
          options: SEEKER_MENU,
        },
      ];
    }
    switch (choice) {
      case 'seeker_browse':
        return [
          {
            type: 'interactive',
            media: [{ type: 'image', url: this.imageUrl('lekki.svg') }],
            text: '*Bright 2-bed flat in Lekki Phase 1*\n📍 Lekki · *₦2,400,000* a year\n🛏️ 2 · 🛁 2\n\n_Serviced, quiet street, steady power and a view over the lagoon …_',
            footer: '1 of 18',
            options: [
              { id: 'book:1', title: 'Book' },
              { id: 'save:1', title: 'Save' },
              { id: 'details:1', title: 'Details' },
            ],
          },
        ];
      case 'book:1':
        return [
          {
            type: 'template',
            template: 'inspection_reminder',
            header: 'Inspection tomorrow',
            text: 'Your inspection of *Bright 2-bed flat* is tomorrow at *10:00*. Please bring a valid ID.',
            footer: 'Inspakta',
            options: [
              { id: 'call:7', title: 'Call agent' },
              { id: 'directions:1', title: 'Directions' },
            ],
          },
        ];
      case 'directions:1':
        return [
          {
            type: 'location',
            location: {
              latitude: 6.4474,
              longitude: 3.4723,
              name: 'Bright 2-bed flat',
              address: '12 Admiralty Way, Lekki',
            },
          },
        ];
      case 'details:1':
        return [
          {
            type: 'text',
            options: [{ title: 'Open on the website', url: 'https://example.com/homes/lk_0001' }],
            text: '*Bright 2-bed flat*\n~₦2,600,000~ *₦2,400,000* a year\nReference ```LK-0001```\n> Serviced, 24 h power\nhttps://example.com/homes/lk_0001',
          },
        ];
    }
    if (/^menu$/i.test(text)) {
      return [{ type: 'list', text: 'What would you like to do?', options_label: 'Open menu', options: SEEKER_MENU }];
    }
    if (/^yes|^no/i.test(text)) {
      return [{ type: 'text', text: '👍', reply_to: message.id }];
    }
    if (choice) {
      return [{ type: 'text', text: 'Noted 🙏', reply_to: message.id }];
    }
    return [
      {
        type: 'text',
        text: '👋 Hello! I am the assistant of *Inspakta*.\n\nTo link this number to your account, send */link* and your e-mail address, such as:\n```/link sade@example.com```',
      },
    ];
  }

  private imageUrl(image: string): string {
    return this.images.find(({ name }) => name === image)?.url ?? image;
  }

  private add(phone: string, direction: 'in' | 'out', channel: Message['channel'], message: Outgoing): Message {
    const { messages } = this.conversation(phone);
    const n = messages.length + 1;
    const added: Message = {
      ...message,
      n,
      id: `wamid.${phone}.${n}.${Date.now()}`,
      direction,
      channel,
      at: new Date(this.now()).toISOString(),
    };
    messages.push(added);
    this.hint({ type: 'message', phone, n });
    return added;
  }

  private deliver(phone: string, kind: string, provider: string): void {
    const n = this.deliveries.length + 1;
    const at = new Date(this.now()).toISOString();
    const gone = n % 9 === 0;
    this.deliveries.push({
      id: n,
      at,
      provider,
      kind,
      state: gone ? 'waiting' : 'delivered',
      attempts: gone ? 2 : 1,
      status: gone ? 503 : 200,
      ms: Math.round(3 + Math.random() * 9),
      summary: `${phone}: ${kind}`,
    });
    this.hint({ type: 'delivery' });
  }

  private conversation(phone: string): Conversation {
    let conversation = this.conversations.get(phone);
    if (!conversation) {
      conversation = { messages: [], typing: false };
      this.conversations.set(phone, conversation);
    }
    return conversation;
  }

  private now(): number {
    return Date.now() + this.offset;
  }
}
