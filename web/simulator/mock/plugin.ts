import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Plugin } from 'vite';
import type { Draft, Faults } from '../src/api.ts';
import { MockHub, PEOPLE } from './hub.ts';

/** Answers `/sandbox/api/…` of Vite's development server from memory. */
export function mockSandbox(): Plugin {
  return {
    name: 'mock-sandbox',
    apply: 'serve',
    configureServer(server) {
      const streams = new Set<ServerResponse>();
      const hub = new MockHub((hint) => streams.forEach((stream) => stream.write(`data: ${JSON.stringify(hint)}\n\n`)));
      server.middlewares.use('/sandbox/api', (request, response) => {
        const url = new URL(request.url ?? '/', 'http://mock');
        if (url.pathname === '/events') {
          response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
          response.write(': open\n\n');
          streams.add(response);
          request.on('close', () => streams.delete(response));
        } else if (url.pathname.startsWith('/pictures/')) {
          response.writeHead(200, { 'Content-Type': 'image/svg+xml' });
          response.end(picture(url.pathname));
        } else {
          void answer(hub, request, url).then(({ status, body }) => {
            response.writeHead(status, { 'Content-Type': 'application/json' });
            response.end(body === undefined ? undefined : JSON.stringify(body));
          });
        }
      });
    },
  };
}

async function answer(hub: MockHub, request: IncomingMessage, url: URL): Promise<{ status: number; body?: unknown }> {
  const body: unknown = request.method === 'GET' ? undefined : await readBody(request);
  const [, first, phone = '', rest] = url.pathname.split('/').map(decodeURIComponent);
  switch (`${request.method} ${first}${phone ? '/PHONE' : ''}${rest ? `/${rest}` : ''}`) {
    case 'GET people':
      return { status: 200, body: PEOPLE };
    case 'GET phones/PHONE':
      return { status: 200, body: hub.phone(phone) };
    case 'GET phones/PHONE/messages':
      return { status: 200, body: hub.messages(phone, Number(url.searchParams.get('after') ?? 0)) };
    case 'POST phones/PHONE/messages': {
      const draft = body as Draft;
      return draft.text === 'fail'
        ? { status: 503, body: { detail: 'The stand-in refuses the word “fail”.' } }
        : { status: 202, body: hub.send(phone, draft) };
    }
    case 'GET mail':
      return { status: 200, body: hub.mails };
    case 'GET images':
      return { status: 200, body: hub.images };
    case 'GET deliveries':
      return { status: 200, body: hub.deliveries };
    case 'GET faults':
      return { status: 200, body: hub.faults };
    case 'PUT faults':
      hub.setFaults(body as Faults);
      return { status: 204 };
    case 'DELETE faults':
      hub.setFaults({});
      return { status: 204 };
    case 'GET clock':
      return { status: 200, body: hub.clock() };
    case 'POST clock':
      hub.advance((body as { advance: string }).advance);
      return { status: 200, body: hub.clock() };
    case 'POST reset':
      hub.reset();
      return { status: 204 };
    default:
      return { status: 404, body: { detail: `No ${request.method} ${url.pathname} here.` } };
  }
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
  }
  return text === '' ? undefined : JSON.parse(text);
}

/** A house of a colour that belongs to the name. */
function picture(name: string): string {
  const hue = [...name].reduce((sum, letter) => sum + letter.charCodeAt(0) * 7, 0) % 360;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 400"><defs><linearGradient id="s" x2="0" y2="1"><stop stop-color="hsl(${hue} 70% 78%)"/><stop offset="1" stop-color="hsl(${(hue + 40) % 360} 80% 92%)"/></linearGradient></defs><rect width="640" height="400" fill="url(#s)"/><circle cx="520" cy="90" r="42" fill="#fff" opacity=".8"/><path d="M0 320q160-60 320-20t320-10v110H0z" fill="hsl(${(hue + 90) % 360} 35% 55%)"/><path d="M180 190 320 90l140 100v150H180z" fill="#fdfaf4"/><path d="M160 200 320 84l160 116-18 20-142-102-142 102z" fill="hsl(${hue} 45% 38%)"/><rect x="290" y="250" width="60" height="90" fill="hsl(${hue} 40% 45%)"/><rect x="210" y="220" width="54" height="50" fill="#a9cfe4"/><rect x="376" y="220" width="54" height="50" fill="#a9cfe4"/></svg>`;
}
