import { useSyncExternalStore } from 'react';

/** Where in the dashboard somebody is, as its address says: so a link leads there, and the browser's Back goes back. */
export interface Place {
  view: 'overview' | 'conversations';
  /** Whose conversation. */
  contact?: string;
}

export function readPlace(hash: string): Place {
  const [view, contact] = hash.replace(/^#\/?/, '').split('/');
  return view === 'conversations'
    ? { view, ...(contact ? { contact: decodeURIComponent(contact) } : {}) }
    : { view: 'overview' };
}

export function hashOf(place: Place): string {
  return place.contact === undefined ? `#${place.view}` : `#${place.view}/${encodeURIComponent(place.contact)}`;
}

export function usePlace(): Place {
  const hash = useSyncExternalStore(
    (listener) => {
      addEventListener('hashchange', listener);
      return () => removeEventListener('hashchange', listener);
    },
    () => location.hash,
  );
  return readPlace(hash);
}
