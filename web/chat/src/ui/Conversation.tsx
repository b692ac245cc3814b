import { Suspense, useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { plainText } from '../../../shared/format.ts';
import type { Action, Card, Entry, ThreadInfo } from '../api.ts';
import { allUnread, unreadOf, type State } from '../state.ts';
import { useTexts } from '../texts.ts';
import {
  cardsOf,
  checksOf,
  checkState,
  isForReading,
  readAction,
  unreadIn,
  type Check,
  type Conversation as Loaded,
} from '../thread.ts';
import { dayLabel, dayOf } from '../when.ts';
import { Composer } from './Composer.tsx';
import { useChat } from './context.ts';
import { Back, Close, Down, Logo, Unplugged } from './Icons.tsx';
import { BookingDialog, Gallery, InfoDialog } from './later.tsx';
import { Message, PendingMessage, type Deeds } from './Message.tsx';

interface ConversationProps {
  thread: ThreadInfo;
  conversation: Loaded;
  state: State;
  /** Whether it is to be seen, where the list can stand in its place. */
  shown: boolean;
  onList: () => void;
}

/** What stands open over the conversation. */
type Over =
  | { kind: 'gallery'; title: string; photos: readonly string[]; start: number }
  | { kind: 'info'; listing: string; card?: Card }
  | { kind: 'booking'; listing: string; card?: Card; check?: string };

/** A reader this near the end follows it. */
const NEAR_PX = 80;
const EARLY_PX = 300;
/** One side's messages of so short a time stand as one. */
const RUN_MS = 4 * 60_000;
/** A line that comes back at once is not worth a word. */
const BLIP_MS = 1_500;

export function Conversation({ thread, conversation, state, shown, onList }: ConversationProps) {
  const texts = useTexts();
  const chat = useChat();
  const heading = useId();
  const { entries, pending } = conversation;
  const log = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const [loading, setLoading] = useState(false);
  const [over, setOver] = useState<Over[]>([]);
  const [today, setToday] = useState(() => Date.now());
  const checks = useMemo(() => checksOf(entries), [entries]);
  const cards = useMemo(() => cardsOf(entries), [entries]);
  const elsewhere = allUnread(state) - unreadOf(state, thread);
  const unread = unreadIn(conversation, thread.last_read_seq);
  const online = useOnline();
  const live = online && state.line === 'live';

  useEffect(() => {
    const timer = setInterval(() => setToday(Date.now()), 60_000);
    return () => clearInterval(timer);
  }, []);

  // Follows the end while the reader is there; whatever grows above them leaves them where they are.
  const follow = useRef(true);
  const top = useRef(0);
  const toEnd = useCallback((smooth: boolean) => {
    follow.current = true;
    log.current?.scrollTo({ top: log.current.scrollHeight, behavior: smooth ? 'smooth' : 'instant' });
  }, []);
  useLayoutEffect(() => {
    const inner = list.current;
    const outer = log.current;
    if (!inner || !outer) {
      return;
    }
    const observer = new ResizeObserver(() => {
      if (follow.current) {
        outer.scrollTop = outer.scrollHeight;
      }
    });
    observer.observe(inner);
    observer.observe(outer);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    if (pending.length > 0) {
      toEnd(false);
    }
  }, [pending.length, toEnd]);

  // An earlier page goes in above what is being read.
  const before = useRef({ start: conversation.start, height: 0 });
  useLayoutEffect(() => {
    const element = log.current;
    if (element) {
      if (conversation.start < before.current.start && !follow.current) {
        element.scrollTop += element.scrollHeight - before.current.height;
      }
      before.current = { start: conversation.start, height: element.scrollHeight };
    }
  });
  const loadEarlier = useCallback(async () => {
    setLoading(true);
    await chat.loadEarlier();
    setLoading(false);
  }, [chat]);

  const onScroll = () => {
    const element = log.current;
    if (element) {
      const near = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX;
      // What grew since the list was last moved to its end is no wish to leave it: only who scrolls up leaves.
      follow.current = near || (follow.current && element.scrollTop >= top.current);
      top.current = element.scrollTop;
      setAtEnd(near);
      if (element.scrollTop < EARLY_PX && conversation.start > 0 && !loading && entries.length > 0) {
        void loadEarlier();
      }
    }
  };

  useEffect(() => {
    const mark = () => {
      if (atEnd && shown && state.open && !document.hidden) {
        chat.read(thread.thread_id, conversation.last);
      }
    };
    mark();
    document.addEventListener('visibilitychange', mark);
    return () => document.removeEventListener('visibilitychange', mark);
  }, [atEnd, shown, state.open, conversation.last, thread.thread_id, chat]);

  const close = useCallback(() => setOver((open) => open.slice(0, -1)), []);
  const deeds = useMemo<Deeds>(() => {
    const show = (next: Over) => setOver((open) => [...open, next]);
    return {
      photos: (title, photos, start = 0) => show({ kind: 'gallery', title, photos, start }),
      info: (listing, card) => show({ kind: 'info', listing, card }),
      book: (listing, card, check) => show({ kind: 'booking', listing, card, check }),
      check: (listing) => void chat.ask(listing),
      act: (action: Action) => {
        const { verb, listing, check } = readAction(action);
        if (verb === 'book' && listing) {
          show({ kind: 'booking', listing, check });
        } else if (verb === 'info' && listing) {
          show({ kind: 'info', listing });
        } else if (verb === 'check' && listing) {
          void chat.ask(listing);
        } else {
          chat.act(action);
        }
      },
      retry: (item) => chat.retry(item),
      drop: (item) => chat.drop(item),
    };
  }, [chat]);

  const rows = useMemo(() => {
    const said = entries.filter((entry) => entry.event !== 'check_updated');
    return said.map((entry, i) => {
      const previous = said[i - 1];
      const next = said[i + 1];
      const day = !previous || dayOf(previous.sent_at ?? 0) !== dayOf(entry.sent_at ?? 0);
      return {
        entry,
        day: day && entry.sent_at !== undefined ? entry.sent_at : undefined,
        first: day || !sameRun(previous, entry),
        last: !next || dayOf(next.sent_at ?? 0) !== dayOf(entry.sent_at ?? 0) || !sameRun(entry, next),
      };
    });
  }, [entries]);

  return (
    <section className="conversation" aria-labelledby={heading}>
      <header className="conversation-head">
        <button type="button" className="icon-button to-list" aria-label={texts.back} onClick={onList}>
          <Back />
          {elsewhere > 0 && (
            <span className="badge">
              <span aria-hidden="true">{elsewhere > 99 ? '99+' : elsewhere}</span>
              <span className="hidden">{texts.unread(elsewhere)}</span>
            </span>
          )}
        </button>
        <Logo size={36} />
        <div className="about">
          <h2 id={heading}>{thread.title || texts.untitled}</h2>
          <p className="presence" data-live={live}>
            {live ? texts.online : online ? texts.connecting : texts.noLine}
          </p>
        </div>
        {chat.host.origin !== undefined && (
          <button
            type="button"
            className="icon-button"
            aria-label={texts.closeChat}
            onClick={() => chat.host.tell('close')}
          >
            <Close />
          </button>
        )}
      </header>
      <LineBanner down={state.line !== 'live'} online={online} />

      <div className="log-frame">
        <div
          className="log"
          ref={log}
          role="log"
          aria-live="off"
          aria-label={texts.messages}
          aria-busy={loading}
          tabIndex={0}
          onScroll={onScroll}
        >
          {conversation.start > 0 && entries.length > 0 && (
            <button type="button" className="earlier" disabled={loading} onClick={() => void loadEarlier()}>
              {loading ? texts.loading : texts.earlier}
            </button>
          )}
          <ol ref={list}>
            {rows.flatMap(({ entry, day, first, last }) => [
              day !== undefined && (
                <li key={`day-${entry.seq}`} className="day">
                  <span>{dayLabel(day, today, texts.language)}</span>
                </li>
              ),
              <Message
                key={entry.seq}
                entry={entry}
                first={first}
                last={last}
                checks={entry.cards?.length ? checks : undefined}
                asking={entry.cards?.length ? state.asking : undefined}
                title={cards.get(String(entry.metadata?.listing_id))?.title}
                settled={isSettled(entry, checks)}
                deeds={deeds}
              />,
            ])}
            {pending.map((item) => (
              <PendingMessage key={item.clientId} item={item} live={live} deeds={deeds} />
            ))}
          </ol>
        </div>
        {!atEnd && (
          <button
            type="button"
            className="to-end"
            aria-label={unread > 0 ? texts.newMessages(unread) : texts.toEnd}
            onClick={() => toEnd(true)}
          >
            {unread > 0 && <span aria-hidden="true">{texts.newMessages(unread)}</span>}
            <Down size={18} />
          </button>
        )}
      </div>

      <Composer thread={thread.thread_id} focus={state.open && shown} />
      <Announcer entries={entries} />

      <Suspense>
        {over.map((item, i) => {
          switch (item.kind) {
            case 'gallery':
              return <Gallery key={i} title={item.title} photos={item.photos} start={item.start} onClose={close} />;
            case 'info':
              return (
                <InfoDialog
                  key={i}
                  listing={item.listing}
                  card={item.card ?? cards.get(item.listing)}
                  check={checks.get(item.listing)}
                  asking={state.asking.has(item.listing)}
                  deeds={deeds}
                  onClose={close}
                  onWrite={(action) => {
                    setOver([]);
                    chat.act(action);
                  }}
                />
              );
            case 'booking':
              return (
                <BookingDialog
                  key={i}
                  listing={item.listing}
                  card={item.card ?? cards.get(item.listing)}
                  check={item.check ?? checkFor(checks.get(item.listing))}
                  onClose={close}
                />
              );
          }
        })}
      </Suspense>
    </section>
  );
}

/** Told as waiting, and answered since. */
function isSettled({ metadata }: Entry, checks: ReadonlyMap<string, Check>): boolean {
  const now = checks.get(String(metadata?.listing_id))?.state;
  return checkState(metadata?.state) === 'asked' && now !== undefined && now !== 'asked';
}

function checkFor(check: { id?: string; state: string } | undefined): string | undefined {
  return check?.state === 'available' ? check.id : undefined;
}

function sameRun(one: Entry | undefined, other: Entry): boolean {
  return (
    one?.event === other.event && Date.parse(other.sent_at ?? '') - Date.parse(one.sent_at ?? '') < RUN_MS
  );
}

/** What the browser knows of the network, which is soon there, and not all. */
function useOnline(): boolean {
  return useSyncExternalStore(
    (changed) => {
      window.addEventListener('online', changed);
      window.addEventListener('offline', changed);
      return () => {
        window.removeEventListener('online', changed);
        window.removeEventListener('offline', changed);
      };
    },
    () => navigator.onLine,
  );
}

function LineBanner({ down, online }: { down: boolean; online: boolean }) {
  const texts = useTexts();
  const [told, setTold] = useState(false);
  useEffect(() => {
    if (!down) {
      setTold(false);
      return;
    }
    const timer = setTimeout(() => setTold(true), BLIP_MS);
    return () => clearTimeout(timer);
  }, [down]);
  const words = !online ? texts.offline : told ? texts.reconnecting : '';
  return (
    <div className="line-banner" role="status">
      {words && (
        <p>
          <Unplugged size={18} />
          <span>{words}</span>
        </p>
      )}
    </div>
  );
}

/** Tells a screen reader what came in. */
function Announcer({ entries }: { entries: readonly Entry[] }) {
  const texts = useTexts();
  const told = useRef<number>(undefined);
  const [words, setWords] = useState('');
  useEffect(() => {
    const last = entries.at(-1)?.seq;
    const before = told.current;
    if (last !== undefined) {
      told.current = last;
    }
    if (before !== undefined) {
      const news = entries.filter((entry) => entry.seq > before && isForReading(entry));
      if (news.length > 0) {
        const said = (entry: Entry) =>
          `${entry.event === 'agent_message' ? texts.agent : texts.assistant}: ${plainText(entry.text ?? '')} ${(entry.cards ?? []).map(({ title }) => title).join(', ')}`;
        setWords(news.map(said).join(' '));
      }
    }
  }, [entries, texts]);
  return (
    <p className="hidden" aria-live="polite">
      {words}
    </p>
  );
}
