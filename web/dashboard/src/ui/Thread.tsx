import { useId, useLayoutEffect, useRef, useState } from 'react';
import { FormattedText } from '../../../shared/FormattedText.tsx';
import type { Hub, Message } from '../hub.ts';
import { hashOf } from '../place.ts';
import { usePolled } from '../poll.ts';
import { byDay, inOrder, others, stepsOf, stepWords } from '../thread.ts';
import { capital, channelName, exactTime, later } from '../words.ts';
import { channels, Face } from './Conversations.tsx';
import { Back, Clock, Tick, Ticks, Warning, Way } from './Icons.tsx';

/** What was said with somebody, the latest at the end. */
export function Thread({ hub, id }: { hub: Hub; id: string }) {
  const latest = usePolled(() => hub.messages(id), id);
  const [earlier, setEarlier] = useState<{ items: Message[]; next?: string }>();
  const [busy, setBusy] = useState(false);
  const [open, setOpen] = useState<string>();
  const contact = latest.data?.contact;
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
      const page = await hub.messages(id, cursor);
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
        {contact && (
          <>
            <Face contact={contact} />
            <div className="who">
              <h2>{contact.name ?? contact.phone ?? 'Unknown'}</h2>
              <small>
                {[
                  contact.phone,
                  contact.role ?? 'not linked',
                  channels(contact),
                  contact.language?.toUpperCase(),
                  contact.opted_out ? 'opted out' : undefined,
                ]
                  .filter((part) => part)
                  .join(' · ')}
              </small>
            </div>
          </>
        )}
      </header>
      <div ref={log} className="log" tabIndex={0} role="group" aria-label="Messages" onScroll={onScroll}>
        {latest.error && !contact && <p className="empty">{latest.error.message}</p>}
        {next && (
          <button type="button" className="small more" disabled={busy} onClick={() => void load(next)}>
            Earlier messages
          </button>
        )}
        {contact && messages.length === 0 && <p className="empty">Nothing was said yet.</p>}
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

/** The way of one message through the hub. */
function Steps({ id, hub, message }: { id: string; hub: Hub; message: Message }) {
  const way = usePolled(() => hub.way(message.id), message.id);
  if (!way.data) {
    return (
      <div className="steps" id={id}>
        <p className="soft">{way.error?.message ?? 'Following it …'}</p>
      </div>
    );
  }
  const { data } = way;
  const steps = stepsOf(data, message);
  const began = steps.find((step) => step.at !== undefined)?.at;
  const related = others(data, message);
  return (
    <div className="steps" id={id}>
      <p className="flow">
        Flow <code>{data.flow}</code> <span className="soft">grep it in the logs</span>
      </p>
      <ol>
        {steps.map((step, n) => (
          <li key={n} data-step={step.step}>
            <b>{stepWords(step)}</b>
            {step.at && <time dateTime={step.at}>{exactTime(step.at)}</time>}
            {step.at && began && step.at !== began && <small>{later(step.at, began)}</small>}
            {step.route && <code>{step.route}</code>}
            {step.attempts !== undefined && (
              <small>{step.attempts === 1 ? '1 attempt' : `${step.attempts} attempts`}</small>
            )}
            {step.error && <span className="failure">{step.error}</span>}
          </li>
        ))}
      </ol>
      {related.length > 0 && (
        <>
          <p className="soft">Of the same flow</p>
          <ul className="related">
            {related.map((one) => (
              <li key={one.id}>
                <span className="soft">{one.direction === 'in' ? 'in' : 'out'}</span> {one.text.slice(0, 90) || capital(one.kind)}
                {one.text.length > 90 && ' …'} <small>{capital(one.state)}</small>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
