import { describe, expect, it, vi } from 'vitest';
import { once } from './once.ts';

describe('Reading once at a time', () => {
  it('joins calls during a run into one more run behind it', async () => {
    const finish: (() => void)[] = [];
    const read = once(() => new Promise<void>((resolve) => finish.push(resolve)));
    const first = read();
    const second = read();
    const third = read();
    expect(finish).toHaveLength(1);
    finish[0]?.();
    await first;
    expect(second).toBe(third);
    await vi.waitFor(() => expect(finish).toHaveLength(2));
    finish[1]?.();
    await second;
    expect(finish).toHaveLength(2);
  });

  it('runs again after a failure', async () => {
    let runs = 0;
    const read = once(async () => {
      runs++;
      if (runs === 1) {
        throw new Error('down');
      }
    });
    await expect(read()).rejects.toThrow('down');
    await read();
    expect(runs).toBe(2);
  });
});
