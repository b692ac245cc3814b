import { useEffect, useId, useState } from 'react';
import type { Chat, Contact, Hub } from '../hub.ts';
import { hashOf, type Open } from '../place.ts';
import { EVERY_MS, usePolled } from '../poll.ts';
import { flowIn, latestFirst, ofChat, ofContact } from '../thread.ts';
import { channelName, moment } from '../words.ts';
import { Bubble, Person, Search, Way } from './Icons.tsx';
import { ChatThread, ContactThread } from './Thread.tsx';
import { WholeWay } from './WholeWay.tsx';

const PAUSE_MS = 250;
/** The platform is asked whose mail address it is. */
const PLATFORM_EVERY_MS = 60_000;

interface Found {
  contacts: Contact[];
  chats: Chat[];
  nextContact?: string;
  nextChat?: string;
}

/** Looks somebody up, and shows what was said. */
export function Conversations({ hub, open }: { hub: Hub; open?: Open }) {
  const [typed, setTyped] = useState('');
  const wanted = useSettled(typed.trim());
  const flow = flowIn(wanted);
  const [more, setMore] = useState<Found & { of: string }>();
  const found = usePolled(
    () => (flow === undefined ? look(hub, wanted) : Promise.resolve({ contacts: [], chats: [] })),
    wanted,
    wanted.includes('@') ? PLATFORM_EVERY_MS : 2 * EVERY_MS,
  );
  const later = more?.of === wanted ? more : undefined;
  const items = latestFirst([
    ...[...(found.data?.contacts ?? []), ...(later?.contacts ?? [])].map(ofContact),
    ...[...(found.data?.chats ?? []), ...(later?.chats ?? [])].map(ofChat),
  ]);
  const next = later ?? found.data;
  const goesOn = next?.nextContact !== undefined || next?.nextChat !== undefined;
  const hint = useId();

  const load = async ({ nextContact, nextChat }: Found) => {
    const [contacts, chats] = await Promise.all([
      nextContact ? hub.contacts(wanted, nextContact) : { items: [] },
      nextChat ? hub.chats(wanted, nextChat) : { items: [] },
    ]);
    setMore({
      of: wanted,
      contacts: [...(later?.contacts ?? []), ...contacts.items],
      chats: [...(later?.chats ?? []), ...chats.items],
      nextContact: 'next_cursor' in contacts ? contacts.next_cursor : undefined,
      nextChat: 'next_cursor' in chats ? chats.next_cursor : undefined,
    });
  };

  return (
    <div className="conversations" data-open={open !== undefined}>
      <section className="people" aria-label="People">
        <div className="search">
          <Search />
          <input
            type="search"
            aria-label="Search people"
            aria-describedby={hint}
            placeholder="Name, digits, e-mail, chat, flow"
            value={typed}
            maxLength={100}
            onChange={(event) => setTyped(event.target.value)}
          />
        </div>
        <p id={hint} className="soft hint" role="status">
          {found.error
            ? found.error.message
            : found.data === undefined
              ? 'Looking …'
              : flow !== undefined
                ? 'A flow, as the logs name it'
                : items.length === 0
                  ? wanted === ''
                    ? 'Nobody has written yet.'
                    : nobody(wanted)
                  : wanted === ''
                    ? 'Who talked with the hub last'
                    : `${items.length}${goesOn ? ' or more' : ''} found`}
        </p>
        <ul>
          {flow !== undefined && (
            <li>
              <a
                href={hashOf({ view: 'conversations', open: { kind: 'way', id: flow } })}
                aria-current={open?.kind === 'way' && open.id === flow ? 'true' : undefined}
              >
                <span className="face" data-role="none" aria-hidden="true">
                  <Way size={18} />
                </span>
                <span className="who">
                  <b>{flow}</b>
                  <small>The way of what came, and of all that it led to</small>
                </span>
              </a>
            </li>
          )}
          {items.map((one) => (
            <li key={`${one.open.kind} ${one.open.id}`}>
              <a
                href={hashOf({ view: 'conversations', open: one.open })}
                aria-current={one.open.kind === open?.kind && one.open.id === open.id ? 'true' : undefined}
              >
                <Face name={one.name} role={one.role} web={one.open.kind === 'chat'} />
                <span className="who">
                  <b>{one.name}</b>
                  <small>{one.about}</small>
                </span>
                <small className="when">{one.at && moment(one.at)}</small>
              </a>
            </li>
          ))}
        </ul>
        {next && goesOn && (
          <button type="button" className="small more" onClick={() => void load(next)}>
            Show more
          </button>
        )}
      </section>
      {open === undefined ? (
        <div className="nobody soft">
          <Person size={36} />
          <p>Choose somebody to see what was said, how far it came, and the way that each message took.</p>
        </div>
      ) : open.kind === 'contact' ? (
        <ContactThread key={open.id} hub={hub} id={open.id} />
      ) : open.kind === 'chat' ? (
        <ChatThread key={open.id} hub={hub} id={open.id} />
      ) : (
        <WholeWay key={open.id} hub={hub} id={open.id} />
      )}
    </div>
  );
}

async function look(hub: Hub, wanted: string): Promise<Found> {
  const [contacts, chats] = await Promise.all([hub.contacts(wanted), hub.chats(wanted)]);
  return {
    contacts: contacts.items,
    chats: chats.items,
    nextContact: contacts.next_cursor,
    nextChat: chats.next_cursor,
  };
}

function nobody(wanted: string): string {
  return wanted.includes('@')
    ? 'Nobody of that mail address has talked with the hub. It has to be the whole address.'
    : 'Nobody is called that, no number ends so, and no chat has that number.';
}

export function Face({ name, role, web = false }: { name: string; role?: string; web?: boolean }) {
  const letters = name
    .split(/\s+/)
    .map((word) => [...word][0] ?? '')
    .slice(0, 2)
    .join('');
  return (
    <span className="face" data-role={role ?? 'none'} aria-hidden="true">
      {/\p{L}/u.test(letters) ? letters.toUpperCase() : <Person size={18} />}
      {web && (
        <span className="badge">
          <Bubble size={12} />
        </span>
      )}
    </span>
  );
}

export function channels(contact: Contact): string {
  return contact.channels.map(channelName).join(', ');
}

/** What somebody types, once they pause. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
