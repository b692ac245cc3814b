// Takes a picture of a page of the hub and waits until it has been drawn; SCRIPT runs on the page before. A page that begins with #
// is a view of the dashboard, which is signed in to; those under /actuator get the administrator's login. Needs Node 22 or newer (the
// build keeps one in web/.node) and chromium.
// Usage: [ADMIN_USER=…] [ADMIN_PASSWORD=…] node docs/pictures/shoot.mjs ADDRESS FILE PAGE [WIDTH HEIGHT [light|dark [SCRIPT]]]
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [address, file, page, width = '1440', height = '1180', colours = 'light', script = ''] = process.argv.slice(2);
const user = process.env.ADMIN_USER ?? 'admin';
const password = process.env.ADMIN_PASSWORD ?? 'sandbox';
const profile = mkdtempSync(join(tmpdir(), 'shoot-'));
const browser = spawn(
  'chromium',
  ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--hide-scrollbars', '--remote-debugging-port=0', `--user-data-dir=${profile}`],
  { stdio: ['ignore', 'ignore', 'pipe'] },
);
const closed = new Promise((resolve) => browser.once('exit', resolve));

try {
  const port = await new Promise((resolve, reject) => {
    browser.once('exit', () => reject(new Error('chromium did not start')));
    browser.stderr.on('data', (data) => {
      const found = /ws:\/\/[^:]+:(\d+)\//.exec(String(data));
      if (found) {
        resolve(found[1]);
      }
    });
  });
  const target = await (await fetch(`http://127.0.0.1:${port}/json/new?about:blank`, { method: 'PUT' })).json();
  const socket = new WebSocket(target.webSocketDebuggerUrl);
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  const waiting = new Map();
  socket.addEventListener('message', ({ data }) => {
    const { id, result, error } = JSON.parse(data);
    waiting.get(id)?.(error ? Promise.reject(new Error(error.message)) : result);
  });
  let count = 0;
  const send = (method, params = {}) =>
    new Promise((resolve) => {
      waiting.set(++count, resolve);
      socket.send(JSON.stringify({ id: count, method, params }));
    });
  const run = async (expression) => {
    const { result, exceptionDetails } = await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails !== undefined) {
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    }
    return result.value;
  };
  const until = async (expression) => {
    for (let tries = 0; !(await run(expression)); tries++) {
      if (tries > 100) {
        throw new Error(`This never came: ${expression}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };

  await send('Emulation.setDeviceMetricsOverride', {
    width: Number(width), height: Number(height), deviceScaleFactor: 1, mobile: false,
  });
  await send('Emulation.setEmulatedMedia', {
    features: [{ name: 'prefers-color-scheme', value: colours }, { name: 'prefers-reduced-motion', value: 'reduce' }],
  });
  if (page.startsWith('/actuator')) {
    await send('Network.enable');
    await send('Network.setExtraHTTPHeaders', { headers: { Authorization: `Basic ${btoa(`${user}:${password}`)}` } });
  }
  if (page.startsWith('#')) {
    await send('Page.navigate', { url: `${address}/dashboard.html` });
    await until("document.querySelector('.sign-in form') !== null");
    await run(`for (const [name, value] of Object.entries(${JSON.stringify({ user, password })})) {
      document.querySelector('[name=' + name + ']').value = value;
    }
    document.querySelector('.sign-in form').requestSubmit();`);
    await until("document.querySelector('.top nav') !== null");
    await run(`location.hash = ${JSON.stringify(page)}`);
  } else {
    await send('Page.navigate', { url: `${address}${page}` });
  }
  await new Promise((resolve) => setTimeout(resolve, 4_000));
  if (script !== '') {
    await run(script);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
  }
  const { data } = await send('Page.captureScreenshot', { format: 'png' });
  writeFileSync(file, Buffer.from(data, 'base64'));
} finally {
  browser.kill();
  await closed;
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
}
