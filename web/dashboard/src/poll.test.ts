import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { poll } from './poll.ts';

class FakePage {
  hidden = false;
  private readonly listeners = new Set<() => void>();

  addEventListener(_: string, listener: () => void): void {
    this.listeners.add(listener);
  }

  removeEventListener(_: string, listener: () => void): void {
    this.listeners.delete(listener);
  }

  hide(hidden: boolean): void {
    this.hidden = hidden;
    this.listeners.forEach((listener) => listener());
  }
}

describe('Polling', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('reads at once and every so often, and ends', async () => {
    const read = vi.fn(async () => {});
    const polling = poll(read, 5_000, new FakePage());
    expect(read).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(read).toHaveBeenCalledTimes(3);
    polling.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(read).toHaveBeenCalledTimes(3);
  });

  it('pauses while nobody looks, and catches up when somebody does', async () => {
    const page = new FakePage();
    const read = vi.fn(async () => {});
    const polling = poll(read, 5_000, page);
    page.hide(true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(read).toHaveBeenCalledTimes(1);
    page.hide(false);
    expect(read).toHaveBeenCalledTimes(2);
    polling.stop();
  });

  it('makes one read at a time, and a slow one less often', async () => {
    const read = vi.fn(() => new Promise<void>((resolve) => setTimeout(resolve, 2_000)));
    const polling = poll(read, 5_000, new FakePage());
    polling.now();
    polling.now();
    expect(read).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(read).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(2_000 + 19_000);
    expect(read).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(read).toHaveBeenCalledTimes(3);
    polling.stop();
  });
});
