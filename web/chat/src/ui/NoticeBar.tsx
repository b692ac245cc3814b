import { useEffect } from 'react';
import type { Notice } from '../state.ts';
import { useTexts, type Texts } from '../texts.ts';
import { useChat } from './context.ts';
import { Close } from './Icons.tsx';

const SHOWN_MS = 8_000;

export function NoticeBar({ notice }: { notice?: Notice }) {
  const texts = useTexts();
  const chat = useChat();
  useEffect(() => {
    if (notice) {
      const timer = setTimeout(() => chat.dispatch({ type: 'notice' }), SHOWN_MS);
      return () => clearTimeout(timer);
    }
  }, [notice, chat]);
  return (
    <div className="notices" role="alert">
      {notice && (
        <div className="notice" key={notice.key}>
          <p>{wordsFor(notice.code, texts)}</p>
          <button
            type="button"
            className="icon-button"
            aria-label={texts.dismiss}
            onClick={() => chat.dispatch({ type: 'notice' })}
          >
            <Close size={18} />
          </button>
        </div>
      )}
    </div>
  );
}

/** What a refusal means, in the visitor's language. */
export function wordsFor(code: string, texts: Texts): string {
  switch (code) {
    case 'offline':
    case 'unanswered':
    case 'unavailable':
    case 'inspector_api_error':
      return texts.unreachable;
    case 'rate_limited':
      return texts.tooMuch;
    case 'too_many_checks':
      return texts.tooManyChecks;
    case 'not_found':
      return texts.notFound;
    default:
      return texts.failedGeneric;
  }
}
