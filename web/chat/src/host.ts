/**
 * The page around the widget's frame (web/embed). It names its origin in the frame's address; messages go to that
 * origin and are taken from it alone. Who may name itself there is the hub's to say (frame-ancestors).
 */

/** What the host page tells: at first all that its script tag says, then what changes. */
export interface Hello {
  /** Who the visitor is. */
  token?: string;
  lang?: string;
  theme?: string;
  /** What to talk about. */
  listing?: string;
  /** Whether the panel is open. */
  open?: boolean;
}

/** What the host page is told, and asked for: ready to be talked to; close; a fresh token; how much is unread; the whole window. */
type Wish = ['ready'] | ['close'] | ['token'] | ['unread', number] | ['full', boolean];

const TOKEN_PATIENCE_MS = 5_000;
const ROOM_PATIENCE_MS = 400;

export class Host {
  /** The host page's origin; undefined where the page stands alone. */
  readonly origin?: string;
  private readonly listeners = new Set<(hello: Hello) => void>();
  private full = 0;

  constructor(parameters: URLSearchParams) {
    const origin = parameters.get('host');
    if (origin !== null && window.parent !== window) {
      this.origin = origin;
      window.addEventListener('message', ({ source, origin: from, data }: MessageEvent<Hello>) => {
        if (source === window.parent && from === origin) {
          this.listeners.forEach((listener) => listener(data));
        }
      });
    }
  }

  onHello(listener: (hello: Hello) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  tell(...wish: Wish): void {
    if (this.origin !== undefined) {
      window.parent.postMessage(wish, this.origin);
    }
  }

  /** Asks for a fresh token, which a host that passes none never gives. */
  readonly askToken = (): Promise<string | undefined> =>
    new Promise((resolve) => {
      if (this.origin === undefined) {
        resolve(undefined);
        return;
      }
      const stop = this.onHello(({ token }) => token !== undefined && done(token));
      const timer = setTimeout(() => done(undefined), TOKEN_PATIENCE_MS);
      const done = (token: string | undefined) => {
        clearTimeout(timer);
        stop();
        resolve(token);
      };
      this.tell('token');
    });

  /**
   * Gets the whole window for a dialog or the gallery. The chat itself stays where it is: pinned to the corner that the
   * frame grows out of.
   *
   * @returns gives the room back
   */
  enlarge(): () => void {
    if (this.origin === undefined) {
      return () => undefined;
    }
    if (++this.full === 1) {
      pin(true);
      this.tell('full', true);
      // On a phone the frame has it all already, and nothing grows.
      window.addEventListener('resize', () => pin(true, GAP), { once: true });
    }
    return () => {
      if (--this.full === 0) {
        this.tell('full', false);
        setTimeout(() => this.full === 0 && pin(false), ROOM_PATIENCE_MS);
        window.addEventListener('resize', () => this.full === 0 && pin(false), { once: true });
      }
    };
  }
}

/** How far the panel stands from the corner, and how round it is there (embed.css). */
const GAP = { right: '20px', bottom: '20px', radius: '18px' };

/** Holds the chat to the place and size that it has now, or lets it go. */
function pin(on: boolean, gap = { right: '0', bottom: '0', radius: '0' }): void {
  const { style, dataset } = document.documentElement;
  if (on && dataset.full === undefined) {
    style.setProperty('--panel-width', `${window.innerWidth}px`);
    style.setProperty('--panel-height', `${window.innerHeight}px`);
  }
  Object.entries(gap).forEach(([name, value]) => style.setProperty(`--panel-${name}`, value));
  if (on) {
    dataset.full = '';
  } else {
    delete dataset.full;
  }
}
