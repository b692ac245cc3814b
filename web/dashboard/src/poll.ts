import { useEffect, useRef, useState } from 'react';

/** The least pause between two reads. */
export const EVERY_MS = 5_000;
/** A read that takes long is made less often: the hub has other work. */
const PATIENCE = 10;

interface Watched {
  readonly hidden: boolean;
  addEventListener(type: 'visibilitychange', listener: () => void): void;
  removeEventListener(type: 'visibilitychange', listener: () => void): void;
}

/**
 * Reads again and again, one read at a time, and pauses while nobody looks.
 *
 * @param read must handle its own errors
 * @returns how to read at once, and how to end it
 */
export function poll(read: () => Promise<void>, everyMs: number, page: Watched = document) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let reading = false;
  let again = false;
  let ended = false;
  const run = async () => {
    clearTimeout(timer);
    if (ended || page.hidden) {
      return;
    }
    if (reading) {
      again = true;
      return;
    }
    reading = true;
    const began = performance.now();
    await read();
    reading = false;
    if (again) {
      again = false;
      void run();
    } else if (!ended) {
      timer = setTimeout(() => void run(), Math.max(everyMs, PATIENCE * (performance.now() - began)));
    }
  };
  const onVisible = () => void run();
  page.addEventListener('visibilitychange', onVisible);
  void run();
  return {
    now: () => void run(),
    stop: () => {
      ended = true;
      clearTimeout(timer);
      page.removeEventListener('visibilitychange', onVisible);
    },
  };
}

export interface Polled<T> {
  data?: T;
  error?: Error;
  refresh: () => void;
}

/**
 * What a read says, kept up to date.
 *
 * @param key another one is another question: what the last one was answered does not count any more
 */
export function usePolled<T>(read: () => Promise<T>, key: string, everyMs = EVERY_MS): Polled<T> {
  const [state, setState] = useState<{ key: string; data?: T; error?: Error }>({ key });
  const latest = useRef(read);
  const handle = useRef<ReturnType<typeof poll>>(undefined);
  useEffect(() => {
    latest.current = read;
  });
  useEffect(() => {
    let mine = true;
    const polling = poll(async () => {
      try {
        const data = await latest.current();
        if (mine) {
          setState({ key, data });
        }
      } catch (error) {
        if (mine) {
          const failure = error instanceof Error ? error : new Error(String(error));
          setState((before) => ({ key, data: before.key === key ? before.data : undefined, error: failure }));
        }
      }
    }, everyMs);
    handle.current = polling;
    return () => {
      mine = false;
      polling.stop();
    };
  }, [key, everyMs]);
  const current = state.key === key ? state : { data: undefined, error: undefined };
  return { data: current.data, error: current.error, refresh: () => handle.current?.now() };
}
