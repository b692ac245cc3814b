import { useState } from 'react';
import { useTexts } from '../texts.ts';
import { Photo } from './Icons.tsx';

const SHOWN = 4;

/** Photos of a message, small; each opens the gallery. */
export function PhotoStrip({ photos, onOpen }: { photos: readonly string[]; onOpen: (start: number) => void }) {
  const texts = useTexts();
  const more = photos.length - SHOWN;
  return (
    <div className="strip" data-count={Math.min(photos.length, SHOWN)}>
      {photos.slice(0, SHOWN).map((url, i) => (
        <button key={url} type="button" aria-label={texts.photo(i + 1, photos.length)} onClick={() => onOpen(i)}>
          <Picture url={url} />
          {i === SHOWN - 1 && more > 0 && <span className="more">+{more}</span>}
        </button>
      ))}
    </div>
  );
}

/** A picture that is decoration: whatever holds it carries the name. Where it does not come, a sign stands for it. */
export function Picture({ url, size = 22 }: { url?: string; size?: number }) {
  const [broken, setBroken] = useState<string>();
  return url === undefined || broken === url ? (
    <span className="no-picture">
      <Photo size={size} />
    </span>
  ) : (
    <img src={url} alt="" loading="lazy" decoding="async" onError={() => setBroken(url)} />
  );
}
