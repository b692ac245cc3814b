import { useSyncExternalStore } from 'react';

/** Where in the dashboard somebody is, as its address says: so a link leads there, and the browser's Back goes back. */
export interface Place {
  view: 'overview' | 'conversations';
  /** What is looked at there. */
  open?: Open;
}

/** Somebody's conversation, a thread of the web chat, or the way of a message or a flow. */
export interface Open {
  kind: 'contact' | 'chat' | 'way';
  id: string;
}

const KINDS: readonly Open['kind'][] = ['contact', 'chat', 'way'];

export function readPlace(hash: string): Place {
  const [view, kind, id] = hash.replace(/^#\/?/, '').split('/');
  if (view !== 'conversations') {
    return { view: 'overview' };
  }
  const known = KINDS.find((one) => one === kind);
  return known && id ? { view, open: { kind: known, id: decodeURIComponent(id) } } : { view };
}

export function hashOf({ view, open }: Place): string {
  return open === undefined ? `#${view}` : `#${view}/${open.kind}/${encodeURIComponent(open.id)}`;
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
