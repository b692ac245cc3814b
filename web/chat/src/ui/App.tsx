import { Suspense, useEffect, useState, useSyncExternalStore } from 'react';
import { readTheme, useTheme } from '../../../shared/theme.ts';
import type { Chat } from '../chat.ts';
import { findLanguage, keepLanguage, LANGUAGES, TextsContext, type Texts } from '../texts.ts';
import { ChatContext } from './context.ts';
import { Conversation } from './Conversation.tsx';
import { Logo } from './Icons.tsx';
import { NoticeBar } from './NoticeBar.tsx';
import { SignIn } from './later.tsx';
import { ThreadList } from './ThreadList.tsx';

export function App({ chat, parameters }: { chat: Chat; parameters: URLSearchParams }) {
  const state = useSyncExternalStore(chat.subscribe, chat.get);
  const [theme, setTheme] = useTheme(readTheme(state.wishes.theme ?? parameters.get('theme')));
  const [chosen, setChosen] = useState<string>();
  const language = chosen ?? findLanguage(state.wishes.lang ?? parameters.get('lang'));
  const [texts, setTexts] = useState<Texts>();
  // Where both don't fit side by side: whether the list is shown in the conversation's place.
  const [listing, setListing] = useState(false);

  useEffect(() => chat.start(), [chat]);
  useEffect(() => {
    let wanted = true;
    // Threads that are opened meanwhile shall speak it too.
    document.documentElement.lang = language;
    void Promise.resolve(LANGUAGES[language]?.load()).then((loaded) => {
      if (wanted && loaded) {
        setTexts({ ...loaded, language: region(language) });
      }
    });
    return () => {
      wanted = false;
    };
  }, [language]);
  useEffect(() => {
    if (chat.host.origin !== undefined) {
      document.documentElement.dataset.hosted = '';
    }
    const onKeyDown = (event: KeyboardEvent) => {
      // A dialog takes Escape for itself; what is left closes the widget.
      if (event.key === 'Escape' && !event.defaultPrevented && !document.querySelector('dialog[open]')) {
        chat.host.tell('close');
      }
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [chat]);

  const current = state.threads.find(({ thread_id }) => thread_id === state.current);
  const preferences = {
    theme,
    language,
    setTheme,
    setLanguage: (wanted: string) => {
      setChosen(wanted);
      keepLanguage(wanted);
    },
  };
  if (!texts || state.phase === 'starting') {
    return <Splash />;
  }

  return (
    <TextsContext value={texts}>
      <ChatContext value={chat}>
        <main className="app" data-view={listing ? 'list' : 'thread'} data-phase={state.phase}>
          {state.phase === 'signed-out' && (
            <Suspense fallback={<Splash />}>
              <SignIn ended={state.ended} preferences={preferences} />
            </Suspense>
          )}
          {state.phase === 'ready' && (
            <>
              <h1 className="hidden">{texts.name}</h1>
              <ThreadList
                state={state}
                preferences={preferences}
                onChoose={(thread) => {
                  setListing(false);
                  if (thread !== state.current) {
                    chat.choose(thread);
                  }
                }}
                onNew={async () => {
                  if ((await chat.open()) !== undefined) {
                    setListing(false);
                  }
                }}
              />
              {current && state.conversations[current.thread_id] ? (
                <Conversation
                  key={current.thread_id}
                  thread={current}
                  conversation={state.conversations[current.thread_id]!}
                  state={state}
                  shown={!listing}
                  onList={() => setListing(true)}
                />
              ) : (
                <div className="conversation empty-conversation">
                  <Splash words={state.line === 'down' ? texts.reconnecting : texts.loading} />
                </div>
              )}
            </>
          )}
          <NoticeBar notice={state.notice} />
        </main>
      </ChatContext>
    </TextsContext>
  );
}

/** Dates and clocks are the visitor's own kind, where that speaks the language. */
function region(language: string): string {
  return navigator.languages.find((own) => own.slice(0, 2).toLowerCase() === language) ?? language;
}

function Splash({ words }: { words?: string }) {
  return (
    <div className="splash" role="status">
      <Logo size={44} />
      {words && <p>{words}</p>}
    </div>
  );
}
