// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Session } from './session.ts';

const START = Date.parse('2026-11-21T10:00:00Z');
const MINUTES = 60_000;

function token(sub: string, minutes: number): string {
  const now = Date.now() / 1_000;
  const claims = { sub, role: 'seeker', name: 'Sadé', email: `${sub}@example.com`, iat: now, exp: now + minutes * 60 };
  return `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`;
}

function answer(status: number, body: unknown) {
  return Promise.resolve(new Response(JSON.stringify(body), { status }));
}

describe('A session (C1)', () => {
  const fetched = vi.fn<typeof fetch>();
  const changed = vi.fn();
  const asked = vi.fn<() => Promise<string | undefined>>();

  beforeEach(() => {
    vi.useFakeTimers({ now: START });
    vi.stubGlobal('fetch', fetched);
    localStorage.clear();
    [fetched, changed, asked].forEach((mock) => mock.mockReset());
    asked.mockResolvedValue(undefined);
  });

  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  const session = () => new Session(changed, asked);

  it('knows by the token who it is, and by a kept one after a reload', () => {
    const one = session();
    expect(one.accept(token('1', 30), true)).toBe(true);
    expect(changed).toHaveBeenCalledWith(expect.objectContaining({ id: '1', name: 'Sadé' }));
    const next = session();
    next.restore();
    expect(next.user?.id).toBe('1');
    expect(next.lastEmail).toBe('1@example.com');
  });

  it('keeps a host page’s token to itself', () => {
    session().accept(token('1', 30), false);
    const next = session();
    next.restore();
    expect(next.user).toBeUndefined();
  });

  it.each(['', 'a.b.c', `e30.${btoa('{}')}.x`])('takes no token such as %j', (bad) => {
    expect(session().accept(bad, true)).toBe(false);
    expect(changed).not.toHaveBeenCalled();
  });

  it('renews the token before it runs out, without anybody asking', async () => {
    const one = session();
    one.accept(token('1', 30), true);
    fetched.mockImplementation(() => answer(200, { access_token: token('1', 30) }));
    await vi.advanceTimersByTimeAsync(23 * MINUTES);
    expect(fetched).toHaveBeenCalledTimes(1);
    expect(changed).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(60 * MINUTES);
    expect(one.user?.id).toBe('1');
  });

  it('does not renew a token of a year at once', async () => {
    session().accept(token('1', 365 * 24 * 60), false);
    await vi.advanceTimersByTimeAsync(60 * MINUTES);
    expect(fetched).not.toHaveBeenCalled();
  });

  it('asks the host page when its token can’t be renewed, as after a night asleep', async () => {
    const one = session();
    const old = token('1', 30);
    one.accept(old, false);
    vi.setSystemTime(START + 600 * MINUTES);
    fetched.mockImplementation(() => answer(401, { code: 'unauthorized' }));
    const fresh = token('1', 30);
    asked.mockResolvedValue(fresh);
    expect(await one.token()).toBe(fresh);
    expect(changed).toHaveBeenCalledTimes(1);
  });

  it('ends when nobody gives another', async () => {
    const one = session();
    one.accept(token('1', 30), true);
    vi.setSystemTime(START + 600 * MINUTES);
    fetched.mockImplementation(() => answer(401, { code: 'unauthorized' }));
    expect(await one.token()).toBeUndefined();
    expect(changed).toHaveBeenLastCalledWith(undefined);
    expect(localStorage.getItem('inspakta.session')).toBeNull();
  });

  it('does not end while the hub is away', async () => {
    const one = session();
    one.accept(token('1', 30), true);
    vi.setSystemTime(START + 600 * MINUTES);
    fetched.mockRejectedValue(new TypeError('Failed to fetch'));
    await expect(one.token()).rejects.toMatchObject({ status: 0 });
    expect(one.user?.id).toBe('1');
  });

  it('renews once for all who ask at the same time', async () => {
    const one = session();
    const old = token('1', 30);
    one.accept(old, true);
    fetched.mockImplementation(() => answer(200, { access_token: token('1', 31) }));
    const [a, b] = await Promise.all([one.renew(old), one.renew(old)]);
    expect(a).toBe(b);
    expect(await one.renew(old)).toBe(a);
    expect(fetched).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['has signed out', 200, (one: Session) => one.signOut(), undefined],
    ['is somebody else', 200, (one: Session) => one.accept(token('2', 30), false), '2'],
    ['is somebody else, also when the old token is refused', 401, (one: Session) => one.accept(token('2', 30), false), '2'],
  ])('brings nobody back who %s while it is renewed', async (_, status, leave, user) => {
    const one = session();
    const old = token('1', 30);
    one.accept(old, true);
    let arrive = (_answer: Response) => {};
    fetched.mockImplementation(() => new Promise((resolve) => (arrive = resolve)));
    const renewed = one.renew(old);
    leave(one);
    arrive(await answer(status, { access_token: token('1', 31) }));
    await renewed;
    expect(one.user?.id).toBe(user);
  });

  it('follows another tab: its renewed token, and its sign-out', () => {
    const one = session();
    one.accept(token('1', 30), true);
    const other = token('1', 60);
    window.dispatchEvent(new StorageEvent('storage', { key: 'inspakta.session', newValue: other }));
    return one.token().then((used) => {
      expect(used).toBe(other);
      window.dispatchEvent(new StorageEvent('storage', { key: 'inspakta.session', newValue: null }));
      expect(one.user).toBeUndefined();
    });
  });
});
