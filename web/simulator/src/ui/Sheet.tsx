import { useId, useLayoutEffect, useRef, type ReactNode, type RefObject } from 'react';
import { Close } from './Icons.tsx';

interface SheetProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
  /** Slides up inside this element; without it the sheet is a dialog in the middle of the page. */
  within?: RefObject<HTMLElement | null>;
  className?: string;
  /** Between the title and the close button. */
  lead?: ReactNode;
}

/**
 * A modal dialog: the browser's own, which keeps the focus inside, closes on Escape and gives the
 * focus back. A tap beside it closes it too.
 */
export function Sheet({ title, onClose, children, within, className = '', lead }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();

  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element) {
      return;
    }
    // The top layer knows no parent: the phone's place is handed over as lengths.
    const place = () => {
      const box = within?.current?.getBoundingClientRect();
      if (box) {
        element.style.setProperty('--sheet-left', `${box.left}px`);
        element.style.setProperty('--sheet-width', `${box.width}px`);
        element.style.setProperty('--sheet-bottom', `${Math.max(0, window.innerHeight - box.bottom)}px`);
        element.style.setProperty('--sheet-room', `${box.height}px`);
      }
    };
    place();
    element.showModal();
    window.addEventListener('resize', place);
    return () => {
      window.removeEventListener('resize', place);
      element.close();
    };
  }, [within]);

  return (
    <dialog
      ref={dialog}
      className={`sheet ${within ? 'rising' : 'centred'} ${className}`}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) {
          onClose();
        }
      }}
    >
      <div className="sheet-body">
        <header className="sheet-head">
          {lead}
          <h2 id={heading}>{title}</h2>
          <button type="button" className="icon-button" aria-label="Close" onClick={onClose}>
            <Close />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
