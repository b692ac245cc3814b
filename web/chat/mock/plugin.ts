import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Plugin } from 'vite';
import { WebSocketServer } from 'ws';
import { MockHub, Refusal, token } from './hub.ts';

/** Answers the hub's HTTP and WebSocket interface of Vite's development server from memory. */
export function mockHub(): Plugin {
  return {
    name: 'mock-hub',
    apply: 'serve',
    configureServer(server) {
      const hub = new MockHub();
      server.middlewares.use('/api/v1', (request, response) => {
        void body(request)
          .then((sent) => {
            const url = new URL(request.url ?? '/', 'http://mock');
            const answer = hub.answer(request.method ?? 'GET', url, request.headers.authorization ?? '', sent);
            return { status: answer.status ?? 200, body: answer.body };
          })
          .catch((error: unknown) => {
            const refusal = error instanceof Refusal ? error : new Refusal(500, 'failed', String(error));
            const { status, code, message } = refusal;
            return { status, body: { type: 'about:blank', title: code, status, code, detail: message } };
          })
          .then(({ status, body: answer }) => {
            setTimeout(() => {
              response.writeHead(status, { 'Content-Type': 'application/json' });
              response.end(answer === undefined ? undefined : JSON.stringify(answer));
            }, 80);
          });
      });
      // The widget as it was built last, on the sandbox's foreign page: /sandbox/host.html
      server.middlewares.use((request, _, next) => {
        request.url = request.url?.replace(/^\/chat\//, '/');
        next();
      });
      server.middlewares.use('/embed.js', (_, response) => send(response, 'target/classes/static/embed.js'));
      for (const name of ['host.html', 'host.css', 'host.js']) {
        server.middlewares.use(`/sandbox/${name}`, (_, response) => send(response, `web/simulator/public/${name}`));
      }
      server.middlewares.use('/sandbox/api/token', (_, response) => {
        response.writeHead(200, { 'Content-Type': 'application/json' });
        response.end(JSON.stringify({ access_token: token('sade@example.com') }));
      });
      server.middlewares.use('/sandbox/images', (request, response) => {
        const name = (request.url ?? '/').replace(/[^a-z0-9.-]/g, '');
        send(response, `src/sandbox/resources/sandbox/images/${name}`);
      });
      const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'chat.v1' });
      server.httpServer?.on('upgrade', (request, socket, head) => {
        const url = new URL(request.url ?? '/', 'http://mock');
        const thread = /^\/ws\/chat\/([^/]+)$/.exec(url.pathname)?.[1];
        if (thread !== undefined) {
          sockets.handleUpgrade(request, socket, head, (client) => {
            const after = Number(url.searchParams.get('after') ?? 0);
            const leave = hub.follow(thread, after, (frame) => client.send(JSON.stringify(frame)));
            client.on('message', (data) => hub.take(thread, JSON.parse(String(data)), (f) => client.send(JSON.stringify(f))));
            client.on('close', leave);
          });
        }
      });
    },
  };
}

const TYPES: Record<string, string> = { html: 'text/html', css: 'text/css', js: 'text/javascript', jpg: 'image/jpeg' };

/** @param path in the project */
function send(response: ServerResponse, path: string): void {
  readFile(join(import.meta.dirname, '../../..', path)).then(
    (file) => response.writeHead(200, { 'Content-Type': TYPES[path.split('.').at(-1) ?? ''] }).end(file),
    () => response.writeHead(404).end(),
  );
}

async function body(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
  }
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}
