import { useEffect, useId, useState } from 'react';
import type { Contact, Hub } from '../hub.ts';
import { hashOf } from '../place.ts';
import { EVERY_MS, usePolled } from '../poll.ts';
import { channelName, moment } from '../words.ts';
import { Person, Search } from './Icons.tsx';
import { Thread } from './Thread.tsx';

const PAUSE_MS = 250;

/** Looks somebody up, and shows what was said. */
export function Conversations({ hub, contact }: { hub: Hub; contact?: string }) {
  const [typed, setTyped] = useState('');
  const wanted = useSettled(typed.trim());
  const [more, setMore] = useState<{ of: string; items: Contact[]; next?: string }>();
  const found = usePolled(() => hub.contacts(wanted), wanted, 2 * EVERY_MS);
  const later = more?.of === wanted ? more : undefined;
  const items = [...(found.data?.items ?? []), ...(later?.items ?? [])];
  const next = later ? later.next : found.data?.next_cursor;
  const hint = useId();

  const load = async (cursor: string) => {
    const page = await hub.contacts(wanted, cursor);
    setMore({ of: wanted, items: [...(later?.items ?? []), ...page.items], next: page.next_cursor });
  };

  return (
    <div className="conversations" data-open={contact !== undefined}>
      <section className="people" aria-label="People">
        <div className="search">
          <Search />
          <input
            type="search"
            aria-label="Search people"
            aria-describedby={hint}
            placeholder="Name, or last digits of the number"
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
              : items.length === 0
                ? wanted === ''
                  ? 'Nobody has written yet.'
                  : 'Nobody is called that, and no number ends so.'
                : wanted === ''
                  ? 'Who talked with the hub last'
                  : `${items.length}${next ? ' or more' : ''} found`}
        </p>
        <ul>
          {items.map((one) => (
            <li key={one.id}>
              <a
                href={hashOf({ view: 'conversations', contact: one.id })}
                aria-current={one.id === contact ? 'true' : undefined}
              >
                <Face contact={one} />
                <span className="who">
                  <b>{one.name ?? one.phone ?? 'Unknown'}</b>
                  <small>
                    {one.phone} · {one.role ?? 'not linked'}
                    {one.opted_out && ' · opted out'}
                  </small>
                </span>
                <small className="when">{one.heard_at && moment(one.heard_at)}</small>
              </a>
            </li>
          ))}
        </ul>
        {next && (
          <button type="button" className="small more" onClick={() => void load(next)}>
            Show more
          </button>
        )}
      </section>
      {contact === undefined ? (
        <div className="nobody soft">
          <Person size={36} />
          <p>Choose somebody to see what was said, how far it came, and the way that each message took.</p>
        </div>
      ) : (
        <Thread key={contact} hub={hub} id={contact} />
      )}
    </div>
  );
}

export function Face({ contact }: { contact: Contact }) {
  const name = contact.name ?? '';
  const letters = name
    .split(/\s+/)
    .map((word) => [...word][0] ?? '')
    .slice(0, 2)
    .join('');
  return (
    <span className="face" data-role={contact.role ?? 'none'} aria-hidden="true">
      {/\p{L}/u.test(letters) ? letters.toUpperCase() : <Person size={18} />}
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
