import { useEffect, useState } from 'react';

export type Theme = 'auto' | 'light' | 'dark';

const KEY = 'hub.theme';

/**
 * The user's choice of light or dark; "auto" follows the system. The style sheets read it from the root's data-theme.
 *
 * @param usual what holds until they choose
 */
export function useTheme(usual: Theme = 'auto'): [Theme, (theme: Theme) => void] {
  const [chosen, setTheme] = useState<Theme | undefined>(stored);
  const theme = chosen ?? usual;
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  const choose = (chosen: Theme) => {
    setTheme(chosen);
    try {
      localStorage.setItem(KEY, chosen);
    } catch {
      // Without storage the choice lasts as long as the page.
    }
  };
  return [theme, choose];
}

function stored(): Theme | undefined {
  try {
    return readTheme(localStorage.getItem(KEY));
  } catch {
    return undefined;
  }
}

export function readTheme(name: string | null | undefined): Theme | undefined {
  return name === 'auto' || name === 'light' || name === 'dark' ? name : undefined;
}
