import { memo, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { CHANNELS, type Channel, type Mail, type Message, type Option, type SandboxImage } from '../api.ts';
import type { Engine } from '../engine.ts';
import {
  codeToPaste,
  dayLabel,
  dayOf,
  isTyping,
  showPhone,
  spanOf,
  timeOf,
  unreadCount,
  type Pending,
} from '../messages.ts';
import type { Phone } from '../state.ts';
import { AttachSheet } from './AttachSheet.tsx';
import { Avatar } from './Avatar.tsx';
import { Bubble, PendingBubble } from './Bubble.tsx';
import { Composer } from './Composer.tsx';
import { Close, Down, Key, StatusIcons } from './Icons.tsx';
import { ListSheet } from './ListSheet.tsx';
import { Sheet } from './Sheet.tsx';

const CHANNEL_NAMES: Record<Channel, string> = { whatsapp: 'WhatsApp', twilio: 'Twilio' };

interface PhoneCardProps {
  phone: Phone;
  mails: readonly Mail[];
  images: readonly SandboxImage[];
  /** Whom an unknown phone may link to, as a hint. */
  sampleAddress: string;
  /** The hub's present, to the minute. */
  now: number;
  engine: Engine;
  onVisible: (phone: string, visible: boolean) => void;
}

export const PhoneCard = memo(function PhoneCard(props: PhoneCardProps) {
  const { phone, mails, images, sampleAddress, now, engine, onVisible } = props;
  const { channel } = phone;
  const frame = useRef<HTMLDivElement>(null);
  const screen = useRef<HTMLDivElement>(null);
  const log = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  const [visible, setVisible] = useState(false);
  const [atEnd, setAtEnd] = useState(true);
  const [list, setList] = useState<Message>();
  const [photo, setPhoto] = useState<string>();
  const [attaching, setAttaching] = useState(false);
  const [replyTo, setReplyTo] = useState<Message>();
  const [droppedCode, setDroppedCode] = useState<number>();

  const messages = useMemo(() => phone.messages.filter((m) => m.channel === channel), [phone.messages, channel]);
  const pending = phone.pending.filter((item) => item.channel === channel);
  const typing = isTyping(phone.typing, phone.messages, channel);
  const unread = unreadCount(phone.messages, channel, phone.seen[channel]);
  const lastN = messages.at(-1)?.n ?? 0;
  const code = useMemo(() => codeToPaste(phone.messages, mails, phone.email), [phone.messages, mails, phone.email]);

  useEffect(() => {
    const element = frame.current;
    if (!element) {
      return;
    }
    const observer = new IntersectionObserver(
      (entries) => {
        const shown = entries.some((entry) => entry.isIntersecting);
        setVisible(shown);
        onVisible(phone.phone, shown);
      },
      { threshold: 0.6 },
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
      onVisible(phone.phone, false);
    };
  }, [phone.phone, onVisible]);

  const toEnd = useCallback((smooth: boolean) => {
    const element = log.current;
    element?.scrollTo({ top: element.scrollHeight, behavior: smooth ? 'smooth' : 'instant' });
  }, []);

  useLayoutEffect(() => {
    setAtEnd(true);
    toEnd(false);
  }, [channel, toEnd]);

  // What the person sends is always shown; what comes in only moves a reader who is at the end.
  useLayoutEffect(() => {
    if (pending.length > 0) {
      toEnd(false);
    }
  }, [pending.length, toEnd]);
  useLayoutEffect(() => {
    if (atEnd) {
      toEnd(false);
    }
  }, [lastN, typing, atEnd, toEnd]);

  useEffect(() => {
    const mark = () => {
      if (visible && atEnd && !document.hidden) {
        engine.dispatch({ type: 'seen', phone: phone.phone, channel, n: lastN });
      }
    };
    mark();
    document.addEventListener('visibilitychange', mark);
    return () => document.removeEventListener('visibilitychange', mark);
  }, [visible, atEnd, lastN, channel, phone.phone, engine]);

  const send = (text: string) => {
    engine.send(phone.phone, channel, { text, reply_to: replyTo?.id }, text);
    setReplyTo(undefined);
  };
  const choose = useCallback(
    (message: Message, option: Option) => {
      setList(undefined);
      engine.send(phone.phone, message.channel, { choice: option.id }, option.title);
    },
    [engine, phone.phone],
  );
  const reply = useCallback((message: Message) => {
    setReplyTo(message);
    input.current?.focus();
  }, []);

  const openUntil = phone.windowOpenUntil?.[channel];
  const windowLeft = openUntil ? (Date.parse(openUntil) - now) / 1_000 : 0;
  const linkHint = `/link ${phone.email ?? sampleAddress}`;

  return (
    <section className="phone" ref={frame} id={phoneId(phone.phone)} aria-label={`Phone of ${phone.name}`}>
      <div className="screen" ref={screen}>
        <div className="status-bar" aria-hidden="true">
          <span>{timeOf(now)}</span>
          <StatusIcons />
        </div>
        <header className="phone-head">
          <Avatar name={phone.name} role={phone.role} />
          <div className="who">
            <h2>{phone.name}</h2>
            <p>
              {phone.role ? <span className="role">{phone.role}</span> : 'Unknown'} · {showPhone(phone.phone)}
            </p>
          </div>
          {phone.added && (
            <button
              type="button"
              className="icon-button"
              aria-label={`Take the phone of ${phone.name} away`}
              onClick={() => engine.removePhone(phone.phone)}
            >
              <Close size={18} />
            </button>
          )}
        </header>
        <div className="phone-bar">
          <div className="channels" role="group" aria-label="Channel">
            {CHANNELS.map((name) => {
              const waiting = name === channel ? 0 : unreadCount(phone.messages, name, phone.seen[name]);
              return (
                <button
                  key={name}
                  type="button"
                  aria-pressed={name === channel}
                  onClick={() => engine.dispatch({ type: 'channel', phone: phone.phone, channel: name })}
                >
                  {CHANNEL_NAMES[name]}
                  {waiting > 0 && (
                    <span className="badge">
                      {waiting}
                      <span className="hidden"> unread</span>
                    </span>
                  )}
                </button>
              );
            })}
          </div>
          <span
            className={`window ${windowLeft > 0 ? 'open' : ''}`}
            title={
              windowLeft > 0
                ? 'The 24-hour service window is open: the hub may write freely'
                : 'Outside the 24-hour service window: the hub may only send approved templates'
            }
          >
            {windowLeft > 0
              ? `Window ${windowLeft >= 3_600 ? `${Math.round(windowLeft / 3_600)} h` : spanOf(Math.ceil(windowLeft / 60) * 60)}`
              : 'Window closed'}
          </span>
        </div>

        <div className="chat">
          <div
            className="log"
            ref={log}
            role="log"
            aria-live="off"
            aria-label={`Conversation of ${phone.name} over ${CHANNEL_NAMES[channel]}`}
            tabIndex={0}
            onScroll={(event) => {
              const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
              setAtEnd(scrollHeight - scrollTop - clientHeight < 60);
            }}
          >
            {phone.loaded && messages.length === 0 && pending.length === 0 && (
              <Welcome name={phone.name} hints={['Hello', linkHint]} onSend={send} />
            )}
            <Conversation
              messages={messages}
              all={phone.messages}
              pending={pending}
              owner={phone.name}
              now={now}
              onChoose={choose}
              onOpenList={setList}
              onOpenPhoto={setPhoto}
              onReply={reply}
              onAgain={(item) => engine.sendAgain(phone.phone, item)}
              onDrop={(item) => engine.dispatch({ type: 'drop', phone: phone.phone, key: item.key })}
            />
            {typing && (
              <p className="typing">
                <span className="hidden">The hub is writing</span>
                <i aria-hidden="true" />
                <i aria-hidden="true" />
                <i aria-hidden="true" />
              </p>
            )}
          </div>
          {!atEnd && (
            <button
              type="button"
              className="to-end"
              onClick={() => toEnd(true)}
              aria-label={unread > 0 ? `To the end, ${unread} new` : 'To the end'}
            >
              <Down size={20} />
              {unread > 0 && <span className="badge">{unread}</span>}
            </button>
          )}
        </div>

        {code && droppedCode !== code.mail.n && (
          <div className="code-chip">
            <button type="button" onClick={() => send(code.code)}>
              <Key size={18} />
              <span>
                Paste code <b>{code.code}</b>
              </span>
              <small>from the mail to {code.mail.to}</small>
            </button>
            <button
              type="button"
              className="icon-button"
              aria-label="Hide the code"
              onClick={() => setDroppedCode(code.mail.n)}
            >
              <Close size={16} />
            </button>
          </div>
        )}
        <Composer
          owner={phone.name}
          input={input}
          replyTo={replyTo}
          onDropReply={() => setReplyTo(undefined)}
          onAttach={() => setAttaching(true)}
          onSend={send}
        />
      </div>

      {list && <ListSheet message={list} within={screen} onClose={() => setList(undefined)} onChoose={choose} />}
      {attaching && (
        <AttachSheet
          within={screen}
          images={images}
          onClose={() => setAttaching(false)}
          onSend={(draft, shown) => {
            setAttaching(false);
            engine.send(phone.phone, channel, { ...draft, reply_to: replyTo?.id }, shown);
            setReplyTo(undefined);
          }}
        />
      )}
      {photo && (
        <Sheet title="Picture" className="lightbox" onClose={() => setPhoto(undefined)}>
          <img src={photo} alt="The picture of the message" />
        </Sheet>
      )}
    </section>
  );
});

export function phoneId(phone: string): string {
  return `phone-${phone.replace(/\D/g, '')}`;
}

function Welcome({ name, hints, onSend }: { name: string; hints: string[]; onSend: (text: string) => void }) {
  return (
    <div className="welcome">
      <span className="wave" aria-hidden="true">
        👋
      </span>
      <p>
        <b>This is {name}’s phone.</b> Say hello to the hub, or link the number to an account:
      </p>
      {hints.map((hint) => (
        <button key={hint} type="button" onClick={() => onSend(hint)}>
          {hint}
        </button>
      ))}
    </div>
  );
}

interface ConversationProps {
  messages: readonly Message[];
  /** Of all channels, to find what is quoted. */
  all: readonly Message[];
  pending: readonly Pending[];
  owner: string;
  now: number;
  onChoose: (message: Message, option: Option) => void;
  onOpenList: (message: Message) => void;
  onOpenPhoto: (url: string) => void;
  onReply: (message: Message) => void;
  onAgain: (pending: Pending) => void;
  onDrop: (pending: Pending) => void;
}

function Conversation(props: ConversationProps) {
  const { messages, all, pending, owner, now, onAgain, onDrop, ...handlers } = props;
  const byId = useMemo(() => new Map(all.map((message) => [message.id, message])), [all]);
  if (messages.length === 0 && pending.length === 0) {
    return null;
  }
  const items = messages.map((message, i) => {
    const before = messages[i - 1];
    const newDay = !before || dayOf(before.at) !== dayOf(message.at);
    return {
      message,
      day: newDay ? dayLabel(message.at, now) : undefined,
      first: newDay || before.direction !== message.direction,
    };
  });
  const lastOwn = messages.at(-1)?.direction === 'in';
  return (
    <ol>
      {items.flatMap(({ message, day, first }) => [
        day && (
          <li key={`day-${message.n}`} className="day">
            <span>{day}</span>
          </li>
        ),
        <Bubble
          key={message.n}
          message={message}
          first={first}
          quoted={message.reply_to === undefined ? undefined : byId.get(message.reply_to)}
          owner={owner}
          {...handlers}
        />,
      ])}
      {pending.map((item, i) => (
        <PendingBubble
          key={item.key}
          pending={item}
          first={i === 0 && !lastOwn}
          onAgain={() => onAgain(item)}
          onDrop={() => onDrop(item)}
        />
      ))}
    </ol>
  );
}
