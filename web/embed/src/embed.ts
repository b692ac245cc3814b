/**
 * `<script src="https://hub.example/embed.js"></script>` puts the chat on any page: a button, and a frame with the
 * chat page in it. Both stand in a shadow tree beside the body, out of reach of the page's style sheets. Attributes of
 * the tag: `data-token` (who the visitor is; without it they sign in by a mailed code), `data-lang`, `data-theme`,
 * `data-listing` (what to talk about). `InspaktaChat` has the same for scripts; the event `inspakta` on the window
 * asks for a fresh token.
 *
 * The frame and the page talk by messages, each to the other's known origin alone.
 */
import css from './embed.css?inline';

interface News {
  token?: string;
  listing?: string;
  open?: boolean;
}

const script = document.currentScript as HTMLScriptElement;
let hello: News = { ...script.dataset };
const page = new URL(`chat/#host=${location.origin}`, script.src);

const host = document.createElement('aside');
host.ariaLabel = 'Chat';
const root = host.attachShadow({ mode: 'open' });
// Rules that the site's content security policy does not have to allow.
const sheet = new CSSStyleSheet();
sheet.replace(css);
root.adoptedStyleSheets = [sheet];
root.innerHTML =
  '<button><svg><title>Chat</title><path d="M2 2h24v18H16l-6 6v-6H2z"/></svg><b></b></button><iframe title=Chat></iframe>';
const button = root.firstChild as HTMLElement;
const frame = root.lastChild as HTMLIFrameElement;
let ready = false;

const tell = (news: News) => {
  frame.src ||= page.href;
  hello = { ...hello, ...news };
  if (ready) {
    frame.contentWindow!.postMessage(news, page.origin);
  }
};

const grow = (full: boolean) => host.toggleAttribute('full', full || innerWidth < 500);

const show = (open: boolean, listing?: string) => {
  host.toggleAttribute('open', open);
  grow(false);
  // Before the frame is ready, a listing that is not named must not take the place of the tag's.
  tell(listing ? { open, listing } : { open });
  (open ? frame : button).focus();
};

button.onclick = () => show(true);

addEventListener('message', ({ source, origin, data }) => {
  if (source === frame.contentWindow && origin === page.origin) {
    const [wish, value] = data;
    if (wish === 'ready') {
      ready = true;
      tell(hello);
    } else if (wish === 'unread') {
      button.lastChild!.textContent = value || '';
    } else if (wish === 'full') {
      grow(value);
    } else if (wish === 'close') {
      show(false);
    } else {
      dispatchEvent(new Event('inspakta'));
    }
  }
});

document.documentElement.append(host);
if (hello.token) {
  // Somebody who is known may have unread messages.
  tell({});
}

(window as unknown as { InspaktaChat: object }).InspaktaChat = {
  open: (listing?: string) => show(true, listing),
  close: () => show(false),
  token: (token: string) => tell({ token }),
};
