import { useEffect, useRef, useState } from 'react';
import { api, type Person } from '../api.ts';
import { Chat, Open } from './Icons.tsx';

/** The chat page beside this one, whichever folder the hub is in. */
const PAGE = new URL('../chat/', document.baseURI);

/** The web chat in a browser's window, signed in as one of the people; anybody may be played. */
export function WebChat({ people }: { people: readonly Pick<Person, 'name' | 'email'>[] }) {
  const [email, setEmail] = useState('');
  const person = people.find((candidate) => candidate.email === email) ?? people[0];
  if (!person) {
    return null;
  }
  return (
    <section className="browser" aria-label="Web chat">
      <header className="browser-head">
        <Chat size={20} />
        <label>
          <span className="hidden">Web chat of</span>
          <select value={person.email} onChange={(event) => setEmail(event.target.value)}>
            {people.map(({ name, email: address }) => (
              <option key={address} value={address}>
                Web chat of {name}
              </option>
            ))}
          </select>
        </label>
        <a className="icon-button" href={`${import.meta.env.BASE_URL}host.html`} target="_blank" title="The widget on a foreign page">
          <Open size={18} />
          <span className="hidden">The widget on a foreign page</span>
        </a>
      </header>
      <Frame key={person.email} person={person} />
    </section>
  );
}

/** Plays the host page: passes the person's token when the chat says that it is there, and when it asks for another. */
function Frame({ person }: { person: Pick<Person, 'name' | 'email'> }) {
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    const onMessage = ({ source, origin, data }: MessageEvent<unknown>) => {
      const chat = frame.current?.contentWindow;
      if (chat && source === chat && origin === PAGE.origin && Array.isArray(data)) {
        if (data[0] === 'ready' || data[0] === 'token') {
          void api.token(person.email).then(({ access_token: token }) => chat.postMessage({ token, open: true }, origin));
        }
      }
    };
    window.addEventListener('message', onMessage);
    return () => window.removeEventListener('message', onMessage);
  }, [person.email]);
  return (
    <iframe
      ref={frame}
      title={`Web chat of ${person.name}`}
      src={`${PAGE.href}#host=${encodeURIComponent(location.origin)}`}
    />
  );
}
