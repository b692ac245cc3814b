import { useEffect, useId, useLayoutEffect, useRef, type ReactNode } from 'react';
import { useTexts } from '../texts.ts';
import { useChat } from './context.ts';
import { Close } from './Icons.tsx';

interface DialogProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
  footer?: ReactNode;
  className?: string;
}

/**
 * A modal dialog: the browser's own, which keeps the focus inside, closes on Escape and gives the focus back. A click
 * beside it closes it too. Head and foot stay while the rest scrolls.
 */
export function Dialog({ title, onClose, children, footer, className = '' }: DialogProps) {
  const texts = useTexts();
  const heading = useId();
  const dialog = useModal(onClose);
  return (
    <dialog ref={dialog} className={`dialog ${className}`} aria-labelledby={heading}>
      <div className="dialog-body">
        <header className="dialog-head">
          <h2 id={heading}>{title}</h2>
          <button type="button" className="icon-button" aria-label={texts.close} onClick={onClose}>
            <Close />
          </button>
        </header>
        <div className="dialog-scroll" tabIndex={0} role="group" aria-labelledby={heading}>
          {children}
        </div>
        {footer && <footer className="dialog-foot">{footer}</footer>}
      </div>
    </dialog>
  );
}

/** Opens a dialog element over everything, in the widget over the host page too. */
export function useModal(onClose: () => void) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { host } = useChat();
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  });
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element) {
      return;
    }
    const shrink = host.enlarge();
    element.showModal();
    const onCancel = (event: Event) => {
      event.preventDefault();
      close.current();
    };
    const onClick = (event: MouseEvent) => {
      if (event.target === element) {
        close.current();
      }
    };
    element.addEventListener('cancel', onCancel);
    element.addEventListener('click', onClick);
    return () => {
      element.removeEventListener('cancel', onCancel);
      element.removeEventListener('click', onClick);
      element.close();
      shrink();
    };
  }, [host]);
  return dialog;
}
