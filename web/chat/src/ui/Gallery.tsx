import { useEffect, useState } from 'react';
import Lightbox from 'yet-another-react-lightbox';
import Counter from 'yet-another-react-lightbox/plugins/counter';
import Thumbnails from 'yet-another-react-lightbox/plugins/thumbnails';
import 'yet-another-react-lightbox/styles.css';
import 'yet-another-react-lightbox/plugins/counter.css';
import 'yet-another-react-lightbox/plugins/thumbnails.css';
import { useTexts } from '../texts.ts';
import { useModal } from './Dialog.tsx';

export interface GalleryProps {
  title: string;
  photos: readonly string[];
  /** Which one is shown first, from 0. */
  start?: number;
  onClose: () => void;
}

/**
 * Photos over the whole screen. They stand in a modal dialog: the rest of the page is out of reach meanwhile, another
 * dialog below included, and the focus comes back.
 */
export default function Gallery({ title, photos, start = 0, onClose }: GalleryProps) {
  const texts = useTexts();
  const dialog = useModal(onClose);
  const [root, setRoot] = useState<HTMLDialogElement | null>(null);
  useEffect(() => setRoot(dialog.current), [dialog]);
  return (
    <dialog
      ref={dialog}
      className="gallery"
      aria-label={texts.photosOf(title)}
    >
      {root && (
        <Lightbox
          open
          close={onClose}
          index={start}
          slides={photos.map((src, i) => ({ src, alt: texts.photo(i + 1, photos.length) }))}
          plugins={photos.length > 1 ? [Counter, Thumbnails] : []}
          portal={{ root }}
          carousel={{ finite: true, preload: 5 }}
          controller={{ closeOnBackdropClick: true }}
          animation={{ fade: 200, swipe: 300, navigation: 250 }}
          counter={{ separator: ' / ' }}
          thumbnails={{ width: 84, height: 60, gap: 8, padding: 0, border: 2, borderRadius: 8, vignette: false }}
          labels={{
            Previous: texts.previous,
            Next: texts.next,
            Close: texts.close,
            Lightbox: texts.photosOf(title),
            'Photo gallery': texts.photosOf(title),
          }}
        />
      )}
    </dialog>
  );
}
