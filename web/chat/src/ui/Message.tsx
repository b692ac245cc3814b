import { memo } from 'react';
import { FormattedText } from '../../../shared/FormattedText.tsx';
import { isBigEmoji } from '../../../shared/format.ts';
import type { Action, Card, Entry } from '../api.ts';
import { useTexts } from '../texts.ts';
import { readAction, type Check, type Pending } from '../thread.ts';
import { timeOf } from '../when.ts';
import { Answer } from './Answer.tsx';
import { Carousel } from './Carousel.tsx';
import { Check as Done, Clock, Logo, Person, Warning } from './Icons.tsx';
import { PhotoStrip } from './PhotoStrip.tsx';
import { wordsFor } from './NoticeBar.tsx';

/** What can be done with a message. */
export interface Deeds {
  photos: (title: string, photos: readonly string[], start?: number) => void;
  info: (listing: string, card?: Card) => void;
  book: (listing: string, card?: Card, check?: string) => void;
  check: (listing: string) => void;
  act: (action: Action) => void;
  retry: (item: Pending) => void;
  drop: (item: Pending) => void;
}

interface MessageProps {
  entry: Entry;
  /** Whether it begins and ends a run of one side. */
  first: boolean;
  last: boolean;
  /** For messages with cards only, so that the others are not drawn anew. */
  checks?: ReadonlyMap<string, Check>;
  asking?: ReadonlySet<string>;
  /** Of the listing that it is about, if that was shown. */
  title?: string;
  /** Whether the question that it tells of has found its answer since. */
  settled?: boolean;
  deeds: Deeds;
}

/** One message with all that belongs to it. */
export const Message = memo(function Message(props: MessageProps) {
  const { entry, first, last, checks, asking, title, settled = false, deeds } = props;
  const texts = useTexts();
  const { event, text = '', cards = [], actions = [], sent_at: at } = entry;
  const own = event === 'user_message';
  const agent = event === 'agent_message';
  const who = own ? texts.you : agent ? texts.agent : texts.assistant;
  const time = at === undefined ? '' : timeOf(at, texts.language);
  const about = entry.metadata?.source === 'availability';
  const photos = (entry.media ?? []).filter(({ type }) => type.startsWith('image')).map(({ url }) => url);
  return (
    <li
      className={`row ${own ? 'own' : agent ? 'agent' : 'hub'} ${first ? 'first' : ''} ${last ? 'last' : ''}`}
      data-seq={entry.seq}
    >
      {!own && <span className="face">{last && (agent ? <Person size={17} /> : <Logo size={28} />)}</span>}
      <div className="said">
        {agent && first && <p className="speaker">{texts.agent}</p>}
        {about ? (
          <Answer entry={entry} title={title} who={texts.said(who, time)} settled={settled} deeds={deeds} />
        ) : (
          (text !== '' || photos.length > 0) && (
            <article className={`bubble ${isBigEmoji(text) ? 'big' : ''}`} aria-label={texts.said(who, time)}>
              {photos.length > 0 && (
                <PhotoStrip photos={photos} onOpen={(start) => deeds.photos(title ?? who, photos, start)} />
              )}
              {text !== '' && (
                <div className="text">
                  <FormattedText text={text} />
                </div>
              )}
            </article>
          )
        )}
        {cards.length > 0 && <Carousel cards={cards} checks={checks} asking={asking} deeds={deeds} />}
        {!about && <Actions actions={actions} onAct={deeds.act} />}
        {entry.metadata?.form === 'booking' && entry.metadata.listing_id !== undefined && (
          <button type="button" className="primary" onClick={() => deeds.book(String(entry.metadata?.listing_id))}>
            {texts.bookNow}
          </button>
        )}
        {last && at !== undefined && (
          <p className="meta">
            <time dateTime={at}>{time}</time>
            {own && (
              <span className="tick" role="img" aria-label={texts.sent}>
                <Done size={13} />
              </span>
            )}
          </p>
        )}
      </div>
    </li>
  );
});

/** What the visitor can choose under a message. */
export function Actions({ actions, onAct }: { actions: readonly Action[]; onAct: (action: Action) => void }) {
  return actions.length === 0 ? null : (
    <div className="actions">
      {actions.map((action) => (
        <button
          key={action.id}
          type="button"
          className={readAction(action).verb === 'book' ? 'primary' : 'chip'}
          onClick={() => onAct(action)}
        >
          {action.title}
        </button>
      ))}
    </div>
  );
}

/** What the visitor just sent, until the hub shows it. */
export function PendingMessage({ item, live, deeds }: { item: Pending; live: boolean; deeds: Deeds }) {
  const texts = useTexts();
  const failed = item.refused !== undefined;
  const state = failed ? texts.notSent : live ? texts.sending : texts.waiting;
  return (
    <li className={`row own first last ${failed ? 'failed' : 'pending'}`}>
      <div className="said">
        <article className="bubble" aria-label={state}>
          <div className="text">
            <FormattedText text={item.text} />
          </div>
        </article>
        {failed ? (
          <p className="failure" role="alert">
            <Warning size={15} />
            <span>{wordsFor(item.refused ?? '', texts)}</span>
            <button type="button" className="link" onClick={() => deeds.retry(item)}>
              {texts.retry}
            </button>
            <button type="button" className="link" onClick={() => deeds.drop(item)}>
              {texts.discard}
            </button>
          </p>
        ) : (
          <p className="meta">
            <Clock size={13} />
            <span>{state}</span>
          </p>
        )}
      </div>
    </li>
  );
}
