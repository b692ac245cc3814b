/**
 * Runs a read one at a time. Calls while it runs share one more run behind it, so that the
 * last call always sees what was true when it was made; runs keep a gap between them.
 *
 * @param read must not reject before it settles its own errors; a rejection reaches the caller
 * @param gapMs the least time between the end of a run and the start of the next
 */
export function once(read: () => Promise<void>, gapMs = 0): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const start = (): Promise<void> => {
    next = undefined;
    const result = read();
    running = result
      .catch(() => undefined)
      .then(() => (gapMs > 0 ? new Promise<void>((resolve) => setTimeout(resolve, gapMs)) : undefined))
      .then(() => {
        running = undefined;
      });
    return result;
  };
  return () => next ?? (running ? (next = running.then(start)) : start());
}
