// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Chat } from './chat.ts';

/** What the hub was asked and has not answered yet. */
interface Asked {
  method: string;
  path: string;
  user: string;
  answer: (body: unknown) => void;
}

// These are about the order of HTTP's answers: the socket stays silent.
vi.mock('./link.ts', () => ({
  Link: class {
    live = false;
    close() {}
    wake() {}
  },
}));

function token(sub: string): string {
  const now = Date.now() / 1_000;
  const claims = { sub, role: 'seeker', name: sub, email: `${sub}@example.com`, iat: now, exp: now + 1_800 };
  return `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`;
}

function thread(thread_id: string, listing_id?: string) {
  return { thread_id, listing_id, last_seq: 0, last_read_seq: 0 };
}

describe('A chat whose hub takes its time (C1)', () => {
  let asked: Asked[];
  let chat: Chat;
  let stop: () => void;

  beforeEach(() => {
    asked = [];
    vi.stubGlobal('fetch', (url: URL, { method = 'GET', headers }: RequestInit) => {
      const claims = new Headers(headers).get('Authorization')?.split('.')[1] ?? '';
      const user = (JSON.parse(atob(claims)) as { sub: string }).sub;
      return new Promise<Response>((resolve) =>
        asked.push({
          method,
          path: url.pathname.replace('/api/v1/', ''),
          user,
          answer: (body) => resolve(new Response(JSON.stringify(body))),
        }),
      );
    });
    localStorage.clear();
    sessionStorage.clear();
    chat = new Chat(new URLSearchParams());
    stop = chat.start();
  });

  afterEach(() => {
    stop();
    vi.unstubAllGlobals();
  });

  async function request(user: string, method: string): Promise<Asked> {
    return vi.waitFor(() => {
      const found = asked.findIndex((one) => one.user === user && one.method === method && one.path === 'threads');
      expect(found, `${method} of ${user}`).not.toBe(-1);
      return asked.splice(found, 1)[0]!;
    });
  }

  const threads = () => chat.get().threads.map(({ thread_id }) => thread_id);

  it('begins with the newest thread', async () => {
    chat.session.accept(token('sade'), false);
    (await request('sade', 'GET')).answer({ items: [thread('new'), thread('old')] });
    await vi.waitFor(() => expect(chat.get().current).toBe('new'));
  });

  it('stays in a thread that was opened while the first list was on its way', async () => {
    chat.session.accept(token('sade'), false);
    const list = await request('sade', 'GET');
    const opened = chat.open('7');
    (await request('sade', 'POST')).answer(thread('mine', '7'));
    await opened;
    list.answer({ items: [thread('other')] });
    await vi.waitFor(() => expect(threads()).toContain('other'));
    expect(chat.get().current).toBe('mine');
    expect(threads()).toContain('mine');
  });

  it('shows nobody the threads of who was signed in before', async () => {
    chat.session.accept(token('sade'), false);
    const first = await request('sade', 'GET');
    chat.session.accept(token('bola'), false);
    (await request('bola', 'GET')).answer({ items: [thread('of-bola')] });
    await vi.waitFor(() => expect(chat.get().current).toBe('of-bola'));
    first.answer({ items: [thread('of-sade')] });
    const later = chat.refreshThreads();
    (await request('bola', 'GET')).answer({ items: [thread('of-bola')] });
    await later;
    expect(threads()).toEqual(['of-bola']);
    expect(chat.get().current).toBe('of-bola');
  });

  it('drops a list that was read again for who has left meanwhile', async () => {
    chat.session.accept(token('sade'), false);
    (await request('sade', 'GET')).answer({ items: [thread('of-sade')] });
    await vi.waitFor(() => expect(chat.get().current).toBe('of-sade'));
    const read = chat.refreshThreads();
    const late = await request('sade', 'GET');
    chat.session.accept(token('bola'), false);
    (await request('bola', 'GET')).answer({ items: [thread('of-bola')] });
    await vi.waitFor(() => expect(chat.get().current).toBe('of-bola'));
    late.answer({ items: [thread('of-sade')] });
    await read;
    expect(threads()).toEqual(['of-bola']);
  });
});
