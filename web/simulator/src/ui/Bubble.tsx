import { memo, useState } from 'react';
import { FormattedText } from '../../../shared/FormattedText.tsx';
import { isBigEmoji, plainText } from '../../../shared/format.ts';
import type { Media, Message, Option, Place } from '../api.ts';
import { summaryOf, timeOf, type Pending } from '../messages.ts';
import { ListIcon, Open, Photo, Pin, Reply, Ticks, Warning } from './Icons.tsx';

interface BubbleProps {
  message: Message;
  /** Whether it starts a run of one side: it gets the tail. */
  first: boolean;
  quoted?: Message;
  /** Whose phone it is, for the quote. */
  owner: string;
  onChoose: (message: Message, option: Option) => void;
  onOpenList: (message: Message) => void;
  onOpenPhoto: (url: string) => void;
  onReply: (message: Message) => void;
}

/** One message of a conversation, with the buttons below it. */
export const Bubble = memo(function Bubble(props: BubbleProps) {
  const { message, first, quoted, owner, onChoose, onOpenList, onOpenPhoto, onReply } = props;
  const own = message.direction === 'in';
  const options = message.options ?? [];
  const list = !own && isList(message);
  const text = textOf(message);
  const big = text !== '' && isBigEmoji(text) && !message.media?.length && !message.header;
  const tail = message.footer ? 'footer' : text ? 'text' : 'none';
  return (
    <li className={`row ${own ? 'own' : 'hub'} ${first ? 'first' : ''}`}>
      <div className="bubble-line">
        <article className={`bubble ${big ? 'big' : ''}`} aria-label={`${own ? owner : 'Hub'}, ${timeOf(message.at)}`}>
          {message.template && <span className="tag">Template · {message.template}</span>}
          {message.reply_to && <Quote message={quoted} owner={owner} />}
          {message.media?.map((media, i) => (
            <MediaView key={i} media={media} onOpen={onOpenPhoto} />
          ))}
          {message.location && <LocationView place={message.location} />}
          {message.header && <p className="head">{message.header}</p>}
          {text && (
            <div className={`text ${tail === 'text' ? 'tailed' : ''}`}>
              <FormattedText text={text} />
            </div>
          )}
          {!text && !message.media?.length && !message.location && (
            <p className="unknown">A message of the kind “{message.type}”</p>
          )}
          {message.footer && <p className="foot tailed">{message.footer}</p>}
          <span className={`meta ${tail === 'none' ? 'flow' : ''}`}>
            {message.channel === 'twilio' && <span className="via">Twilio</span>}
            <time dateTime={message.at}>{timeOf(message.at)}</time>
            {own && <Ticks state={tickOf(message.status)} />}
          </span>
          {list && (
            <button type="button" className="open-list" onClick={() => onOpenList(message)}>
              <ListIcon size={18} />
              {message.options_label ?? 'See options'}
            </button>
          )}
        </article>
        <button
          type="button"
          className="reply-to"
          onClick={() => onReply(message)}
          aria-label={`Reply to: ${short(message)}`}
          title="Reply"
        >
          <Reply size={16} />
        </button>
      </div>
      {!own && !list && options.length > 0 && (
        <div className="replies" role="group" aria-label="Reply buttons">
          {options.map((option, i) =>
            option.url !== undefined ? (
              <LinkOption key={i} title={option.title} url={option.url} />
            ) : (
              <button key={i} type="button" onClick={() => onChoose(message, option)}>
                <Reply size={16} />
                <span>{option.title}</span>
              </button>
            ),
          )}
        </div>
      )}
    </li>
  );
});

/** What the person just sent, until the sandbox lists it. */
export function PendingBubble(props: { pending: Pending; first: boolean; onAgain: () => void; onDrop: () => void }) {
  const { pending, first, onAgain, onDrop } = props;
  return (
    <li className={`row own ${first ? 'first' : ''} ${pending.error ? 'failed' : ''}`}>
      <div className="bubble-line">
        <article className="bubble" aria-label={pending.error ? 'Not sent' : 'Being sent'}>
          <div className="text tailed">
            <FormattedText text={pending.shown} />
          </div>
          <span className="meta">
            <time>{timeOf(pending.at)}</time>
            {!pending.error && <Ticks state="waiting" />}
          </span>
        </article>
      </div>
      {pending.error && (
        <p className="failure" role="alert">
          <Warning size={16} />
          <span>{pending.error}</span>
          <button type="button" onClick={onAgain}>
            Send again
          </button>
          <button type="button" onClick={onDrop}>
            Remove
          </button>
        </p>
      )}
    </li>
  );
}

export function Quote({ message, owner }: { message?: Message; owner: string }) {
  return (
    <blockquote className="quote" data-own={message?.direction === 'in'}>
      <b>{message === undefined ? 'Earlier message' : message.direction === 'in' ? owner : 'Hub'}</b>
      <span>{message ? plainText(summaryOf(message)) : 'It is not on this phone any more'}</span>
    </blockquote>
  );
}

function LinkOption({ title, url }: { title: string; url: string }) {
  // An address out of a message is data: only the web's own kinds are followed.
  const href = /^https?:/i.test(url) ? url : undefined;
  return (
    <a href={href} target="_blank" rel="noreferrer noopener">
      <Open size={16} />
      <span>{title}</span>
    </a>
  );
}

function MediaView({ media, onOpen }: { media: Media; onOpen: (url: string) => void }) {
  const [broken, setBroken] = useState(false);
  const image = media.type === undefined || media.type.startsWith('image') || media.type === 'sticker';
  if (!image || !media.url || broken) {
    return (
      <p className="file">
        <Photo size={18} />
        <span>{broken ? 'The picture could not be loaded' : (media.file_name ?? media.type ?? 'File')}</span>
      </p>
    );
  }
  const url = media.url;
  return (
    <button type="button" className="picture" onClick={() => onOpen(url)} aria-label="Open picture">
      <img src={url} alt={media.caption ?? ''} loading="lazy" onError={() => setBroken(true)} />
    </button>
  );
}

function LocationView({ place }: { place: Place }) {
  const { latitude, longitude } = place;
  const target = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;
  return (
    <a className="place" href={target} target="_blank" rel="noreferrer noopener">
      <span className="map" aria-hidden="true">
        <svg viewBox="0 0 240 110" preserveAspectRatio="xMidYMid slice">
          <path className="water" d="M-5 84C38 66 66 102 108 88s72-30 137-12v40H-5z" />
          <path className="park" d="M150 8h56l14 34-44 16-32-22z" />
          <path className="road" d="M-5 34 96 20l60 46 90-18M52-5l18 60 40 60M120 40 200 118M190-5l10 44 45 30" />
        </svg>
        <Pin size={30} />
      </span>
      <span className="place-words">
        <b>{place.name ?? 'Location'}</b>
        <span>{place.address ?? `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`}</span>
      </span>
    </a>
  );
}

function isList(message: Message): boolean {
  const options = message.options ?? [];
  return (
    options.length > 3 ||
    (options.length > 0 &&
      (message.type.includes('list') || message.options_label !== undefined || options.some((o) => o.section || o.description)))
  );
}

function tickOf(status: string | undefined): 'sent' | 'delivered' | 'read' {
  return status === 'read' || status === 'delivered' ? status : 'sent';
}

/** What the bubble says; a location's name stands under its map already. */
function textOf(message: Message): string {
  if (message.location && message.text === message.location.name) {
    return '';
  }
  return message.text ?? message.media?.find((media) => media.caption)?.caption ?? '';
}

function short(message: Message): string {
  const words = plainText(summaryOf(message));
  return words.length > 60 ? `${words.slice(0, 60)}…` : words;
}
