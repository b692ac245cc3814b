import { useEffect, useState } from 'react';

/** Renders anew at that interval, so that times on the screen stay true. */
export function useNow(intervalMs: number): void {
  const [, setTick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTick((tick) => tick + 1), intervalMs);
    return () => clearInterval(timer);
  }, [intervalMs]);
}
