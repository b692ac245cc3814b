import { useId } from 'react';
import type { Card } from '../api.ts';
import { useTexts, type Texts } from '../texts.ts';
import type { Check } from '../thread.ts';
import { Bath, Bed, Check as Done, Clock, House, Info, Photo, Pin, Question, Size, Star } from './Icons.tsx';
import type { Deeds } from './Message.tsx';
import { Picture } from './PhotoStrip.tsx';

interface ListingCardProps {
  card: Card;
  check?: Check;
  /** Whether its question is on its way. */
  asking: boolean;
  deeds: Deeds;
}

/** One home: what it is, what it looks like, and what can be done about it. */
export function ListingCard({ card, check, asking, deeds }: ListingCardProps) {
  const texts = useTexts();
  const heading = useId();
  const photos = photosOf(card);
  const { badges = [] } = card;
  return (
    <article className="card" aria-labelledby={heading}>
      <div className="card-picture">
        {photos.length > 0 ? (
          <button
            type="button"
            aria-label={texts.photosOf(card.title)}
            tabIndex={-1}
            onClick={() => deeds.photos(card.title, photos)}
          >
            <Picture url={photos[0]} size={34} />
          </button>
        ) : (
          <span className="no-picture">
            <House size={34} />
          </span>
        )}
        {badges.length > 0 && (
          <p className="badges">
            {badges.slice(0, 3).map((badge) => (
              <span key={badge}>{badge}</span>
            ))}
          </p>
        )}
        {card.area && <p className="area">{card.area}</p>}
      </div>
      <div className="card-words">
        <p className="card-top">
          {card.price && <b className="price">{card.price}</b>}
          {card.rating !== undefined && <Rating rating={card.rating} />}
        </p>
        <h3 id={heading}>{card.title}</h3>
        {card.subtitle && (
          <p className="subtitle">
            <Pin size={14} />
            <span>{card.subtitle}</span>
          </p>
        )}
        <Facts card={card} />
      </div>
      <div className="card-actions">
        <button
          type="button"
          disabled={photos.length === 0}
          aria-label={texts.photosOf(card.title)}
          onClick={() => deeds.photos(card.title, photos)}
        >
          <Photo size={18} />
          {texts.photos}
        </button>
        <button type="button" aria-label={texts.infoOf(card.title)} onClick={() => deeds.info(card.id, card)}>
          <Info size={18} />
          {texts.info}
        </button>
        <CheckButton card={card} check={check} asking={asking} deeds={deeds} />
      </div>
    </article>
  );
}

/** Asks whether a home is available, and shows how far the question is. */
export function CheckButton({ card, check, asking, deeds }: ListingCardProps) {
  const texts = useTexts();
  const state = asking && check?.state !== 'available' ? 'asked' : check?.state;
  switch (state) {
    case 'asked':
      return (
        <button type="button" className="check" data-state="asked" aria-disabled="true" title={texts.checkStates.asked}>
          <Clock size={18} />
          {texts.asked}
        </button>
      );
    case 'available':
      return (
        <button
          type="button"
          className="check"
          data-state="available"
          aria-label={texts.bookingOf(card.title)}
          onClick={() => deeds.book(card.id, card, check?.id)}
        >
          <Done size={18} />
          {texts.bookNow}
        </button>
      );
    default:
      return (
        <button
          type="button"
          className="check"
          data-state={state}
          aria-label={texts.checkOf(card.title)}
          title={state && texts.checkStates[state]}
          onClick={() => deeds.check(card.id)}
        >
          <Question size={18} />
          {state === undefined ? texts.check : texts.checkAgain}
        </button>
      );
  }
}

export function Rating({ rating }: { rating: number }) {
  const texts = useTexts();
  const shown = rating.toLocaleString(texts.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return (
    <span className="rating" role="img" aria-label={texts.rating(shown)}>
      <Star />
      {shown}
    </span>
  );
}

function Facts({ card }: { card: Card }) {
  const texts = useTexts();
  const { bedrooms, bathrooms, sqm, distance_km: km } = card.metadata ?? {};
  if ([bedrooms, bathrooms, sqm, km].every((fact) => fact === undefined)) {
    return null;
  }
  return (
    <ul className="facts">
      {bedrooms !== undefined && (
        <li title={texts.beds}>
          <Bed size={16} />
          <span className="hidden">{texts.beds}</span> {bedrooms}
        </li>
      )}
      {bathrooms !== undefined && (
        <li title={texts.baths}>
          <Bath size={16} />
          <span className="hidden">{texts.baths}</span> {bathrooms}
        </li>
      )}
      {sqm !== undefined && (
        <li title={texts.size}>
          <Size size={16} />
          <span className="hidden">{texts.size}</span> {area(sqm, texts)}
        </li>
      )}
      {km !== undefined && (
        <li title={texts.distance}>
          <Pin size={16} />
          <span className="hidden">{texts.distance}</span> {distance(km, texts.language)}
        </li>
      )}
    </ul>
  );
}

export function photosOf(card: Card): readonly string[] {
  const gallery = card.gallery_images ?? [];
  return gallery.length > 0 ? gallery : card.image_url === undefined ? [] : [card.image_url];
}

export function area(sqm: number, texts: Texts): string {
  return `${sqm.toLocaleString(texts.language)} m²`;
}

export function distance(km: number, language: string): string {
  return km.toLocaleString(language, { style: 'unit', unit: 'kilometer', maximumFractionDigits: 1 });
}
