import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { IncomingMessage } from 'node:http';
import type { Plugin } from 'vite';
import { WebSocketServer } from 'ws';
import { MockHub, Refusal } from './hub.ts';

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
      server.middlewares.use('/sandbox/images', (request, response) => {
        const name = (request.url ?? '/').replace(/[^a-z0-9.-]/g, '');
        const images = join(import.meta.dirname, '../../../src/sandbox/resources/sandbox/images');
        readFile(join(images, name)).then(
          (image) => response.writeHead(200, { 'Content-Type': 'image/jpeg' }).end(image),
          () => response.writeHead(404).end(),
        );
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

async function body(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
  }
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}
