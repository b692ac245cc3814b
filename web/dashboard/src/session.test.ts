// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Problem, Session } from './session.ts';

type Answer = { status?: number; body?: unknown; headers?: Record<string, string> };

describe('The administrator’s session', () => {
  const calls: { path: string; authorization: string; credentials?: string }[] = [];
  let answers: Answer[] = [];

  beforeEach(() => {
    calls.length = 0;
    sessionStorage.clear();
    vi.useFakeTimers({ now: 1_700_000_000_000 });
    vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
      const headers = init.headers as Record<string, string>;
      calls.push({ path, authorization: headers.Authorization ?? '', credentials: init.credentials });
      const { status = 200, body = {}, headers: sent } = answers.shift() ?? {};
      return new Response(JSON.stringify(body), { status, headers: sent });
    });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  const token = (name: string) => ({ body: { access_token: name, token_type: 'bearer', expires_in: 1_800 } });

  it('trades a login for a token, outlives a reload, and keeps no password', async () => {
    answers = [token('one'), {}];
    const session = new Session();
    await session.signIn('admin', 'pässword');
    expect(calls[0]).toEqual({ path: '/admin/token', authorization: 'Basic YWRtaW46cMOkc3N3b3Jk', credentials: 'omit' });
    expect(JSON.stringify({ ...sessionStorage })).not.toContain('ssword');
    const again = new Session();
    expect(again.signedIn()).toBe(true);
    await again.call('/api/v1/metrics');
    expect(calls[1]?.authorization).toBe('Bearer one');
    again.signOut();
    expect(new Session().signedIn()).toBe(false);
  });

  it('says what was wrong with a login', async () => {
    answers = [{ status: 429, body: { detail: 'Too many' }, headers: { 'Retry-After': '900' } }];
    const session = new Session();
    await expect(session.signIn('admin', 'x')).rejects.toEqual(new Problem(429, 'Too many', 900));
    expect(session.signedIn()).toBe(false);
  });

  it('renews a token that is about to end, once for all who need it', async () => {
    answers = [token('one'), token('two'), {}, {}];
    const session = new Session();
    await session.signIn('admin', 'sandbox');
    vi.advanceTimersByTime(1_400_000);
    await Promise.all([session.call('/a'), session.call('/b')]);
    expect(calls.map(({ path, authorization }) => `${path} ${authorization}`).slice(1)).toEqual([
      '/api/v1/auth/refresh Bearer one',
      '/a Bearer two',
      '/b Bearer two',
    ]);
  });

  it('stays signed out when that happens during a renewal', async () => {
    answers = [token('one'), token('two'), { status: 401 }];
    const session = new Session();
    await session.signIn('admin', 'sandbox');
    vi.advanceTimersByTime(1_400_000);
    const asked = session.call('/a');
    session.signOut();
    await expect(asked).rejects.toThrow();
    expect(session.signedIn()).toBe(false);
    expect(new Session().signedIn()).toBe(false);
  });

  it('ends when the hub does not know the token any more', async () => {
    answers = [token('one'), { status: 401 }];
    const session = new Session();
    const told = vi.fn();
    session.subscribe(told);
    await session.signIn('admin', 'sandbox');
    await expect(session.call('/a')).rejects.toThrow('401');
    expect(session.signedIn()).toBe(false);
    expect(told).toHaveBeenCalledTimes(2);
  });
});
