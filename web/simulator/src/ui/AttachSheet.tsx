import { useState, type FormEvent, type RefObject } from 'react';
import type { Draft, Place, SandboxImage } from '../api.ts';
import { Back, Photo, Pin } from './Icons.tsx';
import { Sheet } from './Sheet.tsx';

const PLACES: readonly Place[] = [
  { latitude: 6.4474, longitude: 3.4723, name: 'Lekki Phase 1', address: 'Admiralty Way, Lagos' },
  { latitude: 6.5818, longitude: 3.3575, name: 'Ikeja GRA', address: 'Oduduwa Crescent, Lagos' },
  { latitude: 6.5095, longitude: 3.3711, name: 'Yaba', address: 'Herbert Macaulay Way, Lagos' },
  { latitude: 9.0765, longitude: 7.4951, name: 'Maitama', address: 'Gana Street, Abuja' },
];

interface AttachSheetProps {
  within: RefObject<HTMLElement | null>;
  images: readonly SandboxImage[];
  onClose: () => void;
  onSend: (draft: Draft, shown: string) => void;
}

/** What a person can send besides words. */
export function AttachSheet({ within, images, onClose, onSend }: AttachSheetProps) {
  const [kind, setKind] = useState<'photo' | 'location'>();
  const back = kind && (
    <button type="button" className="icon-button" aria-label="Back" onClick={() => setKind(undefined)}>
      <Back />
    </button>
  );
  const title = kind === 'photo' ? 'Send a photo' : kind === 'location' ? 'Send a location' : 'Attach';
  return (
    <Sheet title={title} within={within} onClose={onClose} lead={back}>
      {kind === undefined && (
        <div className="attach-kinds">
          <button type="button" data-kind="photo" onClick={() => setKind('photo')}>
            <span>
              <Photo size={26} />
            </span>
            Photo
          </button>
          <button type="button" data-kind="location" onClick={() => setKind('location')}>
            <span>
              <Pin size={26} />
            </span>
            Location
          </button>
        </div>
      )}
      {kind === 'photo' && <PhotoForm images={images} onSend={onSend} />}
      {kind === 'location' && <LocationForm onSend={onSend} />}
    </Sheet>
  );
}

function PhotoForm({ images, onSend }: Pick<AttachSheetProps, 'images' | 'onSend'>) {
  const [image, setImage] = useState('');
  const [caption, setCaption] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSend({ image: image.trim(), caption: caption.trim() || undefined }, `📷 ${caption.trim() || 'Photo'}`);
  };
  return (
    <form className="sheet-form" onSubmit={submit}>
      {images.length > 0 && (
        <fieldset className="photo-grid">
          <legend className="hidden">Photos of the sandbox</legend>
          {images.map(({ name, url }) => (
            <label key={name}>
              <input type="radio" name="image" value={name} checked={image === name} onChange={() => setImage(name)} />
              <img src={url} alt={name} loading="lazy" />
            </label>
          ))}
        </fieldset>
      )}
      <label className="field-label">
        Or the address of a picture
        <input
          type="text"
          inputMode="url"
          placeholder="https://…"
          value={images.some(({ name }) => name === image) ? '' : image}
          onChange={(event) => setImage(event.target.value)}
        />
      </label>
      <label className="field-label">
        Caption
        <input type="text" maxLength={1_024} value={caption} onChange={(event) => setCaption(event.target.value)} />
      </label>
      <button type="submit" className="primary" disabled={image.trim() === ''}>
        Send photo
      </button>
    </form>
  );
}

function LocationForm({ onSend }: Pick<AttachSheetProps, 'onSend'>) {
  const [name, setName] = useState('');
  const [latitude, setLatitude] = useState('');
  const [longitude, setLongitude] = useState('');
  const send = (location: Place) => onSend({ location }, `📍 ${location.name ?? 'Location'}`);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send({ latitude: Number(latitude), longitude: Number(longitude), name: name.trim() || undefined });
  };
  return (
    <form className="sheet-form" onSubmit={submit}>
      <ul className="choices">
        {PLACES.map((place) => (
          <li key={place.name}>
            <button type="button" onClick={() => send(place)}>
              <b>{place.name}</b>
              <span>{place.address}</span>
            </button>
          </li>
        ))}
      </ul>
      <div className="field-pair">
        <label className="field-label">
          Latitude
          <input
            type="number"
            required
            min={-90}
            max={90}
            step="any"
            value={latitude}
            onChange={(event) => setLatitude(event.target.value)}
          />
        </label>
        <label className="field-label">
          Longitude
          <input
            type="number"
            required
            min={-180}
            max={180}
            step="any"
            value={longitude}
            onChange={(event) => setLongitude(event.target.value)}
          />
        </label>
      </div>
      <label className="field-label">
        Name
        <input type="text" value={name} onChange={(event) => setName(event.target.value)} />
      </label>
      <button type="submit" className="primary" disabled={latitude === '' || longitude === ''}>
        Send location
      </button>
    </form>
  );
}
