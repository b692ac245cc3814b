import type { Channel, ClockState, Delivery, Faults, Mail, Message, Person, PhoneState, SandboxImage } from './api.ts';
import { stillPending, type Pending } from './messages.ts';

/** One phone as the page shows it. */
export interface Phone {
  phone: string;
  name: string;
  role?: string;
  email?: string;
  /** Typed in by the user, and so may be taken away again. */
  added: boolean;
  /** Whether its conversation was read at least once. */
  loaded: boolean;
  channel: Channel;
  typing: boolean;
  /** Until when the hub may write freely, per channel. */
  windowOpenUntil?: Record<Channel, string | undefined>;
  messages: readonly Message[];
  pending: readonly Pending[];
  /** The newest message that was looked at, per channel. */
  seen: Record<Channel, number>;
}

/** Live: hints come by themselves. Polling: the stream is broken, the page asks. Down: no answer at all. */
export type Connection = 'connecting' | 'live' | 'polling' | 'down';

export interface Clock {
  /** The hub's time in milliseconds when it was read … */
  now: number;
  /** … and this page's own clock then. */
  readAt: number;
  offsetSeconds: number;
}

export interface State {
  phones: readonly Phone[];
  mails: readonly Mail[];
  deliveries: readonly Delivery[];
  faults?: Faults;
  images: readonly SandboxImage[];
  clock?: Clock;
  connection: Connection;
  notice?: { text: string; key: number };
}

export type Action =
  | { type: 'people'; people: readonly Person[] }
  | { type: 'add'; phone: string; name?: string }
  | { type: 'remove'; phone: string }
  | { type: 'messages'; phone: string; messages: readonly Message[] }
  | { type: 'phone'; phone: string; state: PhoneState }
  | { type: 'channel'; phone: string; channel: Channel }
  | { type: 'seen'; phone: string; channel: Channel; n: number }
  | { type: 'sending'; phone: string; pending: Pending }
  | { type: 'taken'; phone: string; key: string; id: string }
  | { type: 'refused'; phone: string; key: string; error: string }
  | { type: 'drop'; phone: string; key: string }
  | { type: 'mails'; mails: readonly Mail[] }
  | { type: 'deliveries'; deliveries: readonly Delivery[] }
  | { type: 'faults'; faults: Faults }
  | { type: 'images'; images: readonly SandboxImage[] }
  | { type: 'clock'; clock: ClockState; readAt: number }
  | { type: 'connection'; connection: Connection }
  | { type: 'notice'; text?: string }
  | { type: 'reset' };

export const initialState: State = {
  phones: [],
  mails: [],
  deliveries: [],
  images: [],
  connection: 'connecting',
};

/** What a phone is called whose person has no name yet. */
export const NAMELESS = 'New phone';

function newPhone(phone: string, name: string, added: boolean): Phone {
  return {
    phone,
    name,
    added,
    loaded: false,
    channel: 'whatsapp',
    typing: false,
    messages: [],
    pending: [],
    seen: { whatsapp: 0, twilio: 0 },
  };
}

export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case 'people': {
      const people = action.people.map((person) => ({
        ...(state.phones.find(({ phone }) => phone === person.phone) ?? newPhone(person.phone, person.name, false)),
        name: person.name,
        role: person.role,
        email: person.email,
        added: false,
      }));
      const others = state.phones.filter(({ phone }) => !people.some((person) => person.phone === phone));
      return { ...state, phones: [...people, ...others] };
    }
    case 'add':
      return state.phones.some(({ phone }) => phone === action.phone)
        ? state
        : { ...state, phones: [...state.phones, newPhone(action.phone, action.name || NAMELESS, true)] };
    case 'remove':
      return { ...state, phones: state.phones.filter(({ phone, added }) => phone !== action.phone || !added) };
    case 'messages':
      return change(state, action.phone, (phone) => ({
        loaded: true,
        messages: action.messages,
        pending: stillPending(phone.pending, action.messages),
        seen: seenWithin(phone.seen, action.messages),
      }));
    case 'phone':
      return change(state, action.phone, (phone) => ({
        typing: action.state.typing ?? false,
        windowOpenUntil: {
          whatsapp: action.state.window_open_until,
          twilio: action.state.twilio_window_open_until,
        },
        name: (phone.added && action.state.name) || phone.name,
        role: action.state.role ?? phone.role,
      }));
    case 'channel':
      return change(state, action.phone, () => ({ channel: action.channel }));
    case 'seen':
      return change(state, action.phone, (phone) =>
        action.n > phone.seen[action.channel] ? { seen: { ...phone.seen, [action.channel]: action.n } } : {},
      );
    case 'sending':
      return change(state, action.phone, (phone) => ({
        pending: [...phone.pending.filter(({ key }) => key !== action.pending.key), action.pending],
      }));
    case 'taken':
      return change(state, action.phone, (phone) => ({
        pending: stillPending(
          phone.pending.map((item) => (item.key === action.key ? { ...item, id: action.id } : item)),
          phone.messages,
        ),
      }));
    case 'refused':
      return change(state, action.phone, (phone) => ({
        pending: phone.pending.map((item) => (item.key === action.key ? { ...item, error: action.error } : item)),
      }));
    case 'drop':
      return change(state, action.phone, (phone) => ({
        pending: phone.pending.filter(({ key }) => key !== action.key),
      }));
    case 'mails':
      return { ...state, mails: [...action.mails].sort((a, b) => b.n - a.n) };
    case 'deliveries':
      return { ...state, deliveries: [...action.deliveries].sort((a, b) => b.id - a.id) };
    case 'faults':
      return { ...state, faults: action.faults };
    case 'images':
      return { ...state, images: action.images };
    case 'clock':
      return {
        ...state,
        clock: {
          now: Date.parse(action.clock.now),
          readAt: action.readAt,
          // The walk itself takes a moment: what was asked for is a whole minute.
          offsetSeconds: Math.round(action.clock.offset_seconds / 60) * 60,
        },
      };
    case 'connection':
      return state.connection === action.connection ? state : { ...state, connection: action.connection };
    case 'notice':
      return {
        ...state,
        notice: action.text === undefined ? undefined : { text: action.text, key: (state.notice?.key ?? 0) + 1 },
      };
    case 'reset':
      return {
        ...state,
        mails: [],
        deliveries: [],
        phones: state.phones.map((phone) => ({
          ...phone,
          typing: false,
          windowOpenUntil: undefined,
          messages: [],
          pending: [],
          seen: { whatsapp: 0, twilio: 0 },
        })),
      };
  }
}

/** Changes one phone; the state stays the same object when nothing changes. */
function change(state: State, phone: string, changes: (phone: Phone) => Partial<Phone>): State {
  let changed = false;
  const phones = state.phones.map((candidate) => {
    if (candidate.phone !== phone) {
      return candidate;
    }
    const next = { ...candidate, ...changes(candidate) };
    if ((Object.keys(next) as (keyof Phone)[]).every((key) => next[key] === candidate[key])) {
      return candidate;
    }
    changed = true;
    return next;
  });
  return changed ? { ...state, phones } : state;
}

/** A conversation that starts anew is unread again. */
function seenWithin(seen: Record<Channel, number>, messages: readonly Message[]): Record<Channel, number> {
  const last = messages.at(-1)?.n ?? 0;
  return seen.whatsapp <= last && seen.twilio <= last
    ? seen
    : { whatsapp: Math.min(seen.whatsapp, last), twilio: Math.min(seen.twilio, last) };
}
