import { useId, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { FormattedText } from '../../../shared/FormattedText.tsx';
import type { Hub, Message, Page } from '../hub.ts';
import { hashOf } from '../place.ts';
import { usePolled, type Polled } from '../poll.ts';
import { byDay, inOrder } from '../thread.ts';
import { capital, channelName } from '../words.ts';
import { channels, Face } from './Conversations.tsx';
import { Back, Clock, Tick, Ticks, Warning, Way } from './Icons.tsx';
import { Steps } from './Steps.tsx';

/** What was said with somebody on the phone. */
export function ContactThread({ hub, id }: { hub: Hub; id: string }) {
  const read = (cursor?: string) => hub.messages(id, cursor);
  const latest = usePolled(() => read(), id);
  const { contact, threads = [] } = latest.data ?? {};
  const about = contact && [
    contact.phone,
    contact.role ?? 'not linked',
    channels(contact),
    contact.language?.toUpperCase(),
    contact.opted_out ? 'opted out' : undefined,
  ];
  return (
    <Thread hub={hub} latest={latest} read={read}>
      {contact && (
        <>
          <Face name={contact.name ?? ''} role={contact.role} />
          <div className="who">
            <h2>{contact.name ?? contact.phone ?? 'Unknown'}</h2>
            <small>{about?.filter((part) => part).join(' · ')}</small>
          </div>
          {threads.length > 0 && (
            <nav className="also" aria-label="The same person elsewhere">
              {threads.map((one) => (
                <a key={one.thread_id} href={hashOf({ view: 'conversations', open: { kind: 'chat', id: one.thread_id } })}>
                  Chat: {one.title}
                </a>
              ))}
            </nav>
          )}
        </>
      )}
    </Thread>
  );
}

/** What was said in a thread of the web chat. */
export function ChatThread({ hub, id }: { hub: Hub; id: string }) {
  const read = (cursor?: string) => hub.chatMessages(id, cursor);
  const latest = usePolled(() => read(), id);
  const { thread, contacts = [] } = latest.data ?? {};
  const about = thread && [
    'Web chat',
    thread.title,
    `thread ${thread.thread_id}`,
    thread.listing_id && `listing ${thread.listing_id}`,
    thread.language?.toUpperCase(),
    thread.talking ? 'writes with an agent' : undefined,
    thread.last_read_seq < thread.last_seq ? `${thread.last_seq - thread.last_read_seq} not read yet` : 'all read',
  ];
  return (
    <Thread hub={hub} latest={latest} read={read}>
      {thread && (
        <>
          <Face name={thread.visitor ?? ''} role={thread.role ?? 'seeker'} web />
          <div className="who">
            <h2>{thread.visitor ?? 'Visitor'}</h2>
            <small>{about?.filter((part) => part).join(' · ')}</small>
          </div>
          {contacts.length > 0 && (
            <nav className="also" aria-label="The same person elsewhere">
              {contacts.map((one) => (
                <a key={one} href={hashOf({ view: 'conversations', open: { kind: 'contact', id: one } })}>
                  On the phone
                </a>
              ))}
            </nav>
          )}
        </>
      )}
    </Thread>
  );
}

interface ThreadProps {
  hub: Hub;
  latest: Polled<Page<Message>>;
  read: (cursor: string) => Promise<Page<Message>>;
  children: ReactNode;
}

/** What was said, the latest at the end. */
function Thread({ hub, latest, read, children }: ThreadProps) {
  const [earlier, setEarlier] = useState<{ items: Message[]; next?: string }>();
  const [busy, setBusy] = useState(false);
  const [open, setOpen] = useState<string>();
  const messages = inOrder([...(earlier?.items ?? []), ...(latest.data?.items ?? [])]);
  const next = earlier ? earlier.next : latest.data?.next_cursor;

  // The latest stands at the end: whoever looks at it goes on looking at it.
  const log = useRef<HTMLDivElement>(null);
  const last = messages.at(-1)?.id;
  const atEnd = useRef(true);
  useLayoutEffect(() => {
    if (atEnd.current) {
      log.current?.scrollTo(0, log.current.scrollHeight);
    }
  }, [last]);
  const onScroll = () => {
    const { current: element } = log;
    atEnd.current = element !== null && element.scrollHeight - element.scrollTop - element.clientHeight < 40;
  };

  const load = async (cursor: string) => {
    setBusy(true);
    try {
      const page = await read(cursor);
      setEarlier({ items: [...page.items, ...(earlier?.items ?? [])], next: page.next_cursor });
    } finally {
      setBusy(false);
    }
  };

  return (
    <section className="thread" aria-label="Conversation">
      <header>
        <a className="icon-button" href={hashOf({ view: 'conversations' })} aria-label="Back to people">
          <Back />
        </a>
        {children}
      </header>
      <div ref={log} className="log" tabIndex={0} role="group" aria-label="Messages" onScroll={onScroll}>
        {latest.error && !latest.data && <p className="empty">{latest.error.message}</p>}
        {next && (
          <button type="button" className="small more" disabled={busy} onClick={() => void load(next)}>
            Earlier messages
          </button>
        )}
        {latest.data && messages.length === 0 && <p className="empty">Nothing was said yet.</p>}
        {byDay(messages).map(({ day, messages: said }) => (
          <section key={day} aria-label={day}>
            <h3>{new Date(day).toLocaleDateString(undefined, { weekday: 'long', day: 'numeric', month: 'long' })}</h3>
            <ol>
              {said.map((message) => (
                <Said
                  key={message.id}
                  hub={hub}
                  message={message}
                  open={open === message.id}
                  onOpen={() => setOpen(open === message.id ? undefined : message.id)}
                />
              ))}
            </ol>
          </section>
        ))}
      </div>
    </section>
  );
}

interface SaidProps {
  hub: Hub;
  message: Message;
  open: boolean;
  onOpen: () => void;
}

function Said({ hub, message, open, onOpen }: SaidProps) {
  const panel = useId();
  const { direction, state } = message;
  const time = new Date(message.at).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
  return (
    <li className="said" data-direction={direction} data-state={state}>
      <div className="bubble">
        {message.text === '' ? <p className="soft">{capital(message.kind)}</p> : <FormattedText text={message.text} />}
      </div>
      <p className="meta">
        <span>{channelName(message.channel)}</span>
        {message.kind !== 'text' && <span>{capital(message.kind)}</span>}
        <time dateTime={message.at}>{time}</time>
        {direction === 'out' && (
          <span className="state" data-state={state}>
            <StateIcon state={state} /> {capital(state)}
          </span>
        )}
        <button
          type="button"
          className="way-button"
          aria-expanded={open}
          aria-controls={open ? panel : undefined}
          aria-label={`Steps of ${direction === 'in' ? 'what came' : 'what was sent'} at ${time}: ${message.text.slice(0, 40)}`}
          onClick={onOpen}
        >
          <Way size={15} /> Steps
        </button>
      </p>
      {message.error && <p className="failure">{message.error}</p>}
      {open && <Steps id={panel} hub={hub} message={message} />}
    </li>
  );
}

function StateIcon({ state }: { state: Message['state'] }) {
  switch (state) {
    case 'queued':
      return <Clock size={14} />;
    case 'failed':
      return <Warning size={14} />;
    case 'sent':
      return <Tick size={14} />;
    default:
      return <Ticks size={15} />;
  }
}
