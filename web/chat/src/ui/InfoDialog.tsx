import type { ReactNode } from 'react';
import type { Action, Card } from '../api.ts';
import { useTexts } from '../texts.ts';
import type { Check } from '../thread.ts';
import { Dialog } from './Dialog.tsx';
import { Photo, Pin } from './Icons.tsx';
import { area, CheckButton, distance, photosOf, Rating } from './ListingCard.tsx';
import type { Deeds } from './Message.tsx';
import { Picture } from './PhotoStrip.tsx';
import { useListing } from './useListing.ts';

interface InfoDialogProps {
  listing: string;
  card?: Card;
  check?: Check;
  asking: boolean;
  deeds: Deeds;
  onClose: () => void;
  /** Begins a talk with the agent. */
  onWrite: (action: Action) => void;
}

/** All that is known about a home. */
export default function InfoDialog({ listing, card: shown, check, asking, deeds, onClose, onWrite }: InfoDialogProps) {
  const texts = useTexts();
  const card = useListing(listing, shown);
  if (!card) {
    return (
      <Dialog title={texts.info} onClose={onClose}>
        <p className="waiting">{texts.loading}</p>
      </Dialog>
    );
  }
  const photos = photosOf(card);
  const { metadata = {}, badges = [] } = card;
  const facts: [string, ReactNode][] = [
    [texts.price, card.price],
    [texts.beds, metadata.bedrooms],
    [texts.baths, metadata.bathrooms],
    [texts.size, metadata.sqm !== undefined && area(metadata.sqm, texts)],
    [texts.rent, metadata.rent_type && <span className="kind">{metadata.rent_type.replaceAll('_', ' ')}</span>],
    [texts.stars, card.rating !== undefined && <Rating rating={card.rating} />],
    [texts.area, card.area],
    [texts.distance, metadata.distance_km !== undefined && distance(metadata.distance_km, texts.language)],
  ];
  return (
    <Dialog
      title={card.title}
      className="info"
      onClose={onClose}
      footer={
        <>
          <button type="button" className="secondary" onClick={onClose}>
            {texts.close}
          </button>
          <button type="button" className="secondary" onClick={() => onWrite({ id: `write_agent:${listing}`, title: texts.askAgent })}>
            {texts.askAgent}
          </button>
          <CheckButton card={card} check={check} asking={asking} deeds={deeds} />
        </>
      }
    >
      <div className="info-picture">
        <Picture url={photos[0]} size={40} />
        {photos.length > 0 && (
          <button type="button" className="all-photos" onClick={() => deeds.photos(card.title, photos)}>
            <Photo size={18} />
            {texts.photos} ({photos.length})
          </button>
        )}
      </div>
      <div className="info-words">
        {card.subtitle && (
          <p className="subtitle">
            <Pin size={16} />
            <span>{card.subtitle}</span>
          </p>
        )}
        {badges.length > 0 && (
          <p className="badges">
            {badges.map((badge) => (
              <span key={badge}>{badge}</span>
            ))}
          </p>
        )}
        <dl className="info-facts">
          {facts
            .filter(([, value]) => value !== undefined && value !== false && value !== '')
            .map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
        </dl>
        {!!metadata.amenities?.length && (
          <>
            <h3>{texts.amenities}</h3>
            <ul className="amenities">
              {metadata.amenities.map((amenity) => (
                <li key={amenity}>{amenity}</li>
              ))}
            </ul>
          </>
        )}
        {metadata.description && (
          <>
            <h3>{texts.about}</h3>
            <p className="description">{metadata.description}</p>
          </>
        )}
      </div>
    </Dialog>
  );
}
