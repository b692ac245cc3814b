import type { ThreadInfo } from '../api.ts';
import { unreadOf, type State } from '../state.ts';
import { useTexts } from '../texts.ts';
import { plainText } from '../../../shared/format.ts';
import { isForReading } from '../thread.ts';
import { shortWhen } from '../when.ts';
import { useChat } from './context.ts';
import { Bubbles, Close, House, Plus } from './Icons.tsx';
import { PreferencesMenu, type Preferences } from './Preferences.tsx';

interface ThreadListProps {
  state: State;
  preferences: Preferences;
  onChoose: (thread: string) => void;
  onNew: () => void;
}

/** The conversations, the latest first. */
export function ThreadList({ state, preferences, onChoose, onNew }: ThreadListProps) {
  const texts = useTexts();
  const chat = useChat();
  const now = Date.now();
  return (
    <nav className="threads" aria-label={texts.conversations}>
      <header className="threads-head">
        <h2>{texts.conversations}</h2>
        <button
          type="button"
          className="icon-button"
          aria-label={texts.newConversation}
          title={texts.newConversation}
          onClick={onNew}
        >
          <Plus />
        </button>
        <PreferencesMenu preferences={preferences} onSignOut={() => chat.signOut()} />
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
      {state.listed && state.threads.length === 0 && <p className="nothing">{texts.noConversations}</p>}
      <ul>
        {state.threads.map((thread) => {
          const unread = thread.thread_id === state.current ? 0 : unreadOf(state, thread);
          return (
            <li key={thread.thread_id}>
              <button
                type="button"
                className="thread"
                aria-current={thread.thread_id === state.current ? 'true' : undefined}
                onClick={() => onChoose(thread.thread_id)}
              >
                <span className="thread-mark" aria-hidden="true">
                  {thread.listing_id === undefined ? <Bubbles size={19} /> : <House size={19} />}
                </span>
                <span className="thread-words">
                  <b>{thread.title || texts.untitled}</b>
                  <small>{lastWords(state, thread) }</small>
                </span>
                <span className="thread-end">
                  {thread.updated_at && (
                    <time dateTime={thread.updated_at}>{shortWhen(thread.updated_at, now, texts.language)}</time>
                  )}
                  {unread > 0 && (
                    <span className="badge">
                      <span aria-hidden="true">{unread > 99 ? '99+' : unread}</span>
                      <span className="hidden">{texts.unread(unread)}</span>
                    </span>
                  )}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      {state.user && (
        <p className="who">
          <span className="who-name">{state.user.name || state.user.email}</span>
          {state.user.name && <small>{state.user.email}</small>}
        </p>
      )}
    </nav>
  );
}

/** What was said last, where the thread is loaded. */
function lastWords(state: State, thread: ThreadInfo): string | undefined {
  const entries = state.conversations[thread.thread_id]?.entries;
  const text = entries?.findLast((entry) => !!entry.text && (isForReading(entry) || entry.event === 'user_message'))?.text;
  return text === undefined ? undefined : plainText(text).split('\n')[0];
}
