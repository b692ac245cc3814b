import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { plainText } from '../../shared/format.ts';
import { useTheme, type Theme } from '../../shared/theme.ts';
import type { Engine } from './engine.ts';
import { spanOf, summaryOf, timeOf, unreadCount } from './messages.ts';
import type { Connection, Phone } from './state.ts';
import { AddPhone } from './ui/AddPhone.tsx';
import { Avatar } from './ui/Avatar.tsx';
import { Auto, Close, Moon, Phone as PhoneIcon, Plus, Restart, Sliders, Sun } from './ui/Icons.tsx';
import { PhoneCard, phoneId } from './ui/PhoneCard.tsx';
import { Sheet } from './ui/Sheet.tsx';
import { Tools, type Tool } from './ui/Tools.tsx';
import { useNow } from './ui/useNow.ts';
import { WebChat } from './ui/WebChat.tsx';

const CONNECTIONS: Record<Connection, string> = {
  connecting: 'Connecting',
  live: 'Live',
  polling: 'Polling',
  down: 'No answer',
};

const NEXT_THEME: Record<Theme, Theme> = { auto: 'light', light: 'dark', dark: 'auto' };
const THEME_NAMES: Record<Theme, string> = { auto: 'as the system', light: 'light', dark: 'dark' };

/** Below this the phones and the tools share the screen in turns. */
const WIDE = '(min-width: 900px)';

export function App({ engine }: { engine: Engine }) {
  const state = useSyncExternalStore(engine.subscribe, engine.get);
  const [theme, setTheme] = useTheme();
  const [tool, setTool] = useState<Tool>('mail');
  const [toolsOpen, setToolsOpen] = useState(() => matchMedia(WIDE).matches);
  const [adding, setAdding] = useState(false);
  const [resetting, setResetting] = useState(false);
  const [busy, setBusy] = useState(false);
  const [visible, setVisible] = useState<ReadonlySet<string>>(new Set());
  const [toShow, setToShow] = useState<string>();

  useEffect(() => engine.start(), [engine]);
  useNow(15_000);
  // To the minute, so that the phones are not drawn anew for nothing.
  const now = Math.floor(engine.hubNow() / 60_000) * 60_000;

  const onVisible = useCallback((phone: string, shown: boolean) => {
    setVisible((before) => {
      if (before.has(phone) === shown) {
        return before;
      }
      const next = new Set(before);
      if (shown) {
        next.add(phone);
      } else {
        next.delete(phone);
      }
      return next;
    });
  }, []);

  const show = (phone: string) => {
    if (!matchMedia(WIDE).matches) {
      setToolsOpen(false);
    }
    setToShow(phone);
  };
  useEffect(() => {
    if (toShow !== undefined) {
      const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
      document
        .getElementById(phoneId(toShow))
        ?.scrollIntoView({ behavior: calm ? 'instant' : 'smooth', inline: 'center', block: 'nearest' });
      setToShow(undefined);
    }
  }, [toShow, state.phones]);

  const reset = async () => {
    setBusy(true);
    const done = await engine.reset();
    setBusy(false);
    if (done) {
      setResetting(false);
    }
  };

  const people = useMemo(
    () => state.phones.flatMap(({ name, email }) => (email === undefined ? [] : [{ name, email }])),
    [state.phones],
  );
  const sampleAddress = state.phones.find(({ email }) => email)?.email ?? 'sade@example.com';
  const offset = state.clock?.offsetSeconds ?? 0;
  const ThemeIcon = theme === 'auto' ? Auto : theme === 'light' ? Sun : Moon;

  return (
    <div className="app" data-tools={toolsOpen ? 'open' : 'closed'}>
      <header className="top">
        <h1>
          <img src={`${import.meta.env.BASE_URL}favicon.svg`} alt="" width="30" height="30" />
          <span>
            Inspakta <small>Sandbox</small>
          </span>
        </h1>
        <span className="connection" data-connection={state.connection} role="status">
          {CONNECTIONS[state.connection]}
        </span>
        <button
          type="button"
          className="hub-time"
          onClick={() => {
            setTool('clock');
            setToolsOpen(true);
          }}
        >
          <span className="hub-time-label">Hub time</span> {timeOf(now)}
          {offset > 0 && <small>+{spanOf(offset)}</small>}
        </button>
        <div className="top-actions">
          <button
            type="button"
            className="icon-button"
            aria-label={`Colours: ${THEME_NAMES[theme]}. Change to ${THEME_NAMES[NEXT_THEME[theme]]}`}
            title={`Colours: ${THEME_NAMES[theme]}`}
            onClick={() => setTheme(NEXT_THEME[theme])}
          >
            <ThemeIcon />
          </button>
          <button
            type="button"
            className="icon-button"
            aria-label="Reset the sandbox"
            title="Reset"
            onClick={() => setResetting(true)}
          >
            <Restart />
          </button>
          <button
            type="button"
            className="icon-button tools-button"
            aria-label="Tools: mail, clock, faults, deliveries"
            title="Tools"
            aria-pressed={toolsOpen}
            onClick={() => setToolsOpen(!toolsOpen)}
          >
            <Sliders />
          </button>
        </div>
      </header>

      <nav className="people" aria-label="Phones">
        <ul>
          {state.phones.map((phone) => (
            <li key={phone.phone}>
              <button
                type="button"
                aria-current={visible.has(phone.phone) ? 'true' : undefined}
                onClick={() => show(phone.phone)}
              >
                <Avatar name={phone.name} role={phone.role} size={30} />
                <span className="person">
                  <b>{phone.name.split(' ')[0]}</b>
                  <small>{phone.role ?? 'unknown'}</small>
                </span>
                <Unread phone={phone} />
              </button>
            </li>
          ))}
          <li>
            <button type="button" className="add" onClick={() => setAdding(true)}>
              <Plus size={18} />
              <span className="person">
                <b>Add phone</b>
              </span>
            </button>
          </li>
        </ul>
      </nav>

      <main>
        <div className="phones">
          <WebChat people={people} />
          {state.phones.map((phone) => (
            <PhoneCard
              key={phone.phone}
              phone={phone}
              mails={state.mails}
              images={state.images}
              sampleAddress={sampleAddress}
              now={now}
              engine={engine}
              onVisible={onVisible}
            />
          ))}
          {state.phones.length === 0 && (
            <div className="empty">
              <PhoneIcon size={32} />
              <h2>{state.connection === 'down' ? 'The sandbox does not answer' : 'Looking for the phones …'}</h2>
              <p>
                {state.connection === 'down'
                  ? 'This page tries again by itself. Is ./mvnw spring-boot:test-run still running?'
                  : ''}
              </p>
            </div>
          )}
        </div>
        {toolsOpen && <Tools state={state} engine={engine} tool={tool} onTool={setTool} />}
      </main>

      <Announcer phones={state.phones} />
      {state.notice && (
        <div className="notice" role="alert" key={state.notice.key}>
          <p>{state.notice.text}</p>
          <button
            type="button"
            className="icon-button"
            aria-label="Dismiss"
            onClick={() => engine.dispatch({ type: 'notice' })}
          >
            <Close size={18} />
          </button>
        </div>
      )}
      {adding && (
        <AddPhone
          onClose={() => setAdding(false)}
          onAdd={(phone, name) => {
            setAdding(false);
            engine.addPhone(phone, name);
            show(phone);
          }}
        />
      )}
      {resetting && (
        <Sheet title="Reset the sandbox?" onClose={() => setResetting(false)}>
          <div className="sheet-form">
            <p>
              Conversations, links, mails, bookings, faults and the clock go back to the start. Phones that you added
              stay, empty. This cannot be undone.
            </p>
            <div className="sheet-actions">
              <button type="button" className="secondary" onClick={() => setResetting(false)}>
                Cancel
              </button>
              <button type="button" className="danger" disabled={busy} aria-busy={busy} onClick={() => void reset()}>
                {busy ? 'Resetting …' : 'Reset'}
              </button>
            </div>
          </div>
        </Sheet>
      )}
    </div>
  );
}

function Unread({ phone }: { phone: Phone }) {
  const count =
    unreadCount(phone.messages, 'whatsapp', phone.seen.whatsapp) +
    unreadCount(phone.messages, 'twilio', phone.seen.twilio);
  return count === 0 ? null : (
    <span className="badge">
      {count > 99 ? '99+' : count}
      <span className="hidden"> unread</span>
    </span>
  );
}

/** Tells a screen reader what came in, on whichever phone. */
function Announcer({ phones }: { phones: readonly Phone[] }) {
  const told = useRef(new Map<string, number>());
  const [words, setWords] = useState('');
  useEffect(() => {
    const news: string[] = [];
    for (const { phone, name, loaded, messages } of phones) {
      const before = told.current.get(phone);
      const last = messages.at(-1)?.n ?? 0;
      if (loaded) {
        told.current.set(phone, last);
      }
      if (before !== undefined) {
        messages
          .filter((message) => message.n > before && message.direction === 'out')
          .forEach((message) => news.push(`${name} got: ${plainText(summaryOf(message))}`));
      }
    }
    if (news.length > 0) {
      setWords(news.join('. '));
    }
  }, [phones]);
  return (
    <p className="hidden" aria-live="polite">
      {words}
    </p>
  );
}
