import type { ReactNode } from 'react';
import { FormattedText } from '../../../shared/FormattedText.tsx';
import type { Entry } from '../api.ts';
import { useTexts } from '../texts.ts';
import { checkState, readAction, type CheckState } from '../thread.ts';
import { dateLabel } from '../when.ts';
import { Clock, Cross, Tick, Warning } from './Icons.tsx';
import type { Deeds } from './Message.tsx';
import { PhotoStrip } from './PhotoStrip.tsx';

const ICONS: Record<CheckState, ReactNode> = {
  asked: <Clock size={18} />,
  available: <Tick size={18} />,
  unavailable: <Cross size={18} />,
  expired: <Clock size={18} />,
  failed: <Warning size={18} />,
};

interface AnswerProps {
  entry: Entry;
  title?: string;
  who: string;
  /** Whether the question has found its answer since. */
  settled: boolean;
  deeds: Deeds;
}

/** How a question about a listing stands, and what its agent said. */
export function Answer({ entry, title, who, settled, deeds }: AnswerProps) {
  const texts = useTexts();
  const { metadata = {}, text = '', actions = [], media = [] } = entry;
  const { price } = metadata;
  const state = checkState(metadata.state) ?? 'asked';
  // Words of several lines tell the rest themselves.
  const facts = !text.includes('\n') && (price !== undefined || metadata.available_from !== undefined);
  const photos = metadata.photos ?? media.map(({ url }) => url);
  return (
    <article className="answer" data-state={settled ? 'settled' : state} aria-label={who}>
      <header>
        {ICONS[state]}
        <b>{settled ? texts.asked : texts.checkStates[state]}</b>
      </header>
      <div className="answer-body">
        {text !== '' && (
          <div className="text">
            <FormattedText text={text} />
          </div>
        )}
        {facts && (
          <dl>
            {price !== undefined && (
              <div>
                <dt>{texts.price}</dt>
                <dd>{price}</dd>
              </div>
            )}
            {metadata.available_from !== undefined && (
              <div>
                <dt>{texts.availableFrom}</dt>
                <dd>{dateLabel(metadata.available_from, texts.language)}</dd>
              </div>
            )}
          </dl>
        )}
        {photos.length > 0 && (
          <PhotoStrip photos={photos} onOpen={(start) => deeds.photos(title ?? texts.photos, photos, start)} />
        )}
        {actions.length > 0 && (
          <div className="actions">
            {actions.map((action) => {
              const { verb, listing, check } = readAction(action);
              const books = verb === 'book' && listing !== undefined;
              return (
                <button
                  key={action.id}
                  type="button"
                  className={books ? 'primary' : 'chip'}
                  onClick={() =>
                    books ? deeds.book(listing, undefined, metadata.check_id ?? check) : deeds.act(action)
                  }
                >
                  {action.title}
                </button>
              );
            })}
          </div>
        )}
      </div>
    </article>
  );
}
