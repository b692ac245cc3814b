import { useEffect, useState, useSyncExternalStore } from 'react';
import { useTheme, type Theme } from '../../../shared/theme.ts';
import type { Hub } from '../hub.ts';
import { hashOf, usePlace, type Place } from '../place.ts';
import { RANGES, rangeOf } from '../range.ts';
import type { Session } from '../session.ts';
import { Conversations } from './Conversations.tsx';
import { Auto, Elsewhere, Logo, Moon, Out, Sun } from './Icons.tsx';
import { Overview } from './Overview.tsx';
import { SignIn } from './SignIn.tsx';

const NEXT_THEME: Record<Theme, Theme> = { auto: 'light', light: 'dark', dark: 'auto' };
const THEME_NAMES: Record<Theme, string> = { auto: 'as the system', light: 'light', dark: 'dark' };
const VIEWS: readonly { view: Place['view']; name: string }[] = [
  { view: 'overview', name: 'Overview' },
  { view: 'conversations', name: 'Conversations' },
];
const RANGE_KEY = 'hub.dashboard.range';

export function App({ session, hub }: { session: Session; hub: Hub }) {
  const signedIn = useSyncExternalStore(session.subscribe, session.signedIn);
  const [theme, setTheme] = useTheme();
  const place = usePlace();
  const [range, setRange] = useState(() => rangeOf(sessionStorage.getItem(RANGE_KEY)));
  useEffect(() => sessionStorage.setItem(RANGE_KEY, range.id), [range]);
  if (!signedIn) {
    return <SignIn session={session} />;
  }
  const ThemeIcon = theme === 'auto' ? Auto : theme === 'light' ? Sun : Moon;
  return (
    <>
      <header className="top">
        <h1>
          <Logo />
          <span>
            Inspakta <small>Hub</small>
          </span>
        </h1>
        <nav aria-label="Views">
          {VIEWS.map(({ view, name }) => (
            <a key={view} href={hashOf({ view })} aria-current={place.view === view ? 'page' : undefined}>
              {name}
            </a>
          ))}
        </nav>
        <div className="top-actions">
          <a className="top-link" href="/actuator/hawtio/" target="_blank" rel="noopener" title="Routes, queues and memory">
            Hawtio <Elsewhere size={15} />
          </a>
          <a className="top-link" href="/docs" target="_blank" rel="noopener" title="Read and try the API">
            API <Elsewhere size={15} />
          </a>
          <button
            type="button"
            className="icon-button"
            aria-label={`Colours: ${THEME_NAMES[theme]}. Change to ${THEME_NAMES[NEXT_THEME[theme]]}`}
            title={`Colours: ${THEME_NAMES[theme]}`}
            onClick={() => setTheme(NEXT_THEME[theme])}
          >
            <ThemeIcon />
          </button>
          <button type="button" className="icon-button" aria-label="Sign out" title="Sign out" onClick={() => session.signOut()}>
            <Out />
          </button>
        </div>
      </header>
      <main>
        {place.view === 'conversations' ? (
          <Conversations hub={hub} open={place.open} />
        ) : (
          <Overview
            hub={hub}
            range={range}
            choice={
              <fieldset className="ranges">
                <legend className="hidden">Period</legend>
                {RANGES.map((one) => (
                  <label key={one.id}>
                    <input type="radio" name="range" checked={one === range} onChange={() => setRange(one)} />
                    <span>{one.label}</span>
                  </label>
                ))}
              </fieldset>
            }
          />
        )}
      </main>
    </>
  );
}
