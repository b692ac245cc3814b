import { useEffect, useRef } from 'react';
import type { Theme } from '../../../shared/theme.ts';
import { LANGUAGES, useTexts } from '../texts.ts';
import { Settings } from './Icons.tsx';

export interface Preferences {
  theme: Theme;
  language: string;
  setTheme: (theme: Theme) => void;
  setLanguage: (language: string) => void;
}

/** Colours and language, and out: what is rarely wanted, behind one button. */
export function PreferencesMenu({ preferences, onSignOut }: { preferences: Preferences; onSignOut?: () => void }) {
  const texts = useTexts();
  const menu = useRef<HTMLDetailsElement>(null);
  const { theme, language, setTheme, setLanguage } = preferences;

  useEffect(() => {
    const close = (event: Event) => {
      const { current } = menu;
      if (current?.open && (event.type === 'keydown' ? (event as KeyboardEvent).key === 'Escape' : !current.contains(event.target as Node))) {
        current.open = false;
        if (event.type === 'keydown') {
          event.preventDefault();
          current.querySelector('summary')?.focus();
        }
      }
    };
    document.addEventListener('pointerdown', close);
    document.addEventListener('keydown', close, true);
    return () => {
      document.removeEventListener('pointerdown', close);
      document.removeEventListener('keydown', close, true);
    };
  }, []);

  return (
    <details className="preferences" ref={menu}>
      <summary className="icon-button" aria-label={texts.settings} title={texts.settings}>
        <Settings />
      </summary>
      <div className="preferences-menu">
        <label>
          {texts.colours}
          <select value={theme} onChange={(event) => setTheme(event.target.value as Theme)}>
            <option value="auto">{texts.auto}</option>
            <option value="light">{texts.light}</option>
            <option value="dark">{texts.dark}</option>
          </select>
        </label>
        <label>
          {texts.languageLabel}
          <select value={language} onChange={(event) => setLanguage(event.target.value)}>
            {Object.entries(LANGUAGES).map(([id, { name }]) => (
              <option key={id} value={id} lang={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        {onSignOut && (
          <button type="button" className="secondary" onClick={onSignOut}>
            {texts.signOut}
          </button>
        )}
      </div>
    </details>
  );
}
