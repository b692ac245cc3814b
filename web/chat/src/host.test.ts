// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Host } from './host.ts';

const SITE = 'https://site.example';

describe('The page around the widget (C1)', () => {
  const post = vi.fn();
  const parent = { postMessage: post } as unknown as Window;

  beforeEach(() => {
    vi.useFakeTimers();
    post.mockReset();
    vi.spyOn(window, 'parent', 'get').mockReturnValue(parent);
  });

  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
    delete document.documentElement.dataset.full;
  });

  const host = () => new Host(new URLSearchParams({ host: SITE }));
  const says = (data: unknown, origin = SITE, source: unknown = parent) =>
    window.dispatchEvent(new MessageEvent('message', { data, origin, source: source as Window }));

  it('is heard only if it is the one that the address names', () => {
    const heard = vi.fn();
    host().onHello(heard);
    says({ token: 'a' }, 'https://evil.example');
    says({ token: 'b' }, SITE, window);
    expect(heard).not.toHaveBeenCalled();
    says({ token: 'c' });
    expect(heard).toHaveBeenCalledExactlyOnceWith({ token: 'c' });
  });

  it('alone is told anything', () => {
    host().tell('unread', 3);
    expect(post).toHaveBeenCalledExactlyOnceWith(['unread', 3], SITE);
  });

  it('is not there where the page stands alone', () => {
    vi.spyOn(window, 'parent', 'get').mockReturnValue(window);
    const alone = host();
    alone.tell('close');
    expect(alone.origin).toBeUndefined();
    expect(post).not.toHaveBeenCalled();
  });

  it('gives a fresh token, or is not waited for longer than 5 seconds', async () => {
    const one = host();
    const given = one.askToken();
    expect(post).toHaveBeenCalledWith(['token'], SITE);
    says({ token: 'fresh' });
    expect(await given).toBe('fresh');
    const silent = one.askToken();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await silent).toBeUndefined();
  });

  it('gives the whole window until the last dialog is closed', async () => {
    const one = host();
    const first = one.enlarge();
    const second = one.enlarge();
    expect(post.mock.calls).toEqual([[['full', true], SITE]]);
    expect(document.documentElement.dataset.full).toBe('');
    second();
    expect(post).toHaveBeenCalledTimes(1);
    first();
    expect(post).toHaveBeenLastCalledWith(['full', false], SITE);
    await vi.advanceTimersByTimeAsync(500);
    expect(document.documentElement.dataset.full).toBeUndefined();
  });
});
