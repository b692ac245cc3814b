import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTexts } from '../texts.ts';
import { useChat } from './context.ts';
import { Send } from './Icons.tsx';

/** As many characters as the hub takes. */
export const TEXT_LIMIT = 4_096;
const WARN_FROM = TEXT_LIMIT - 200;

/** The input row: Enter sends, Shift+Enter breaks the line; on a touch screen Enter breaks it and the button sends. */
export function Composer({ thread, focus }: { thread: string; focus: boolean }) {
  const texts = useTexts();
  const chat = useChat();
  const [text, setText] = useState(() => chat.drafts.get(thread) ?? '');
  const input = useRef<HTMLTextAreaElement>(null);
  const left = TEXT_LIMIT - text.trim().length;

  useLayoutEffect(() => {
    const field = input.current;
    if (field) {
      field.style.height = 'auto';
      field.style.height = `${field.scrollHeight}px`;
    }
    chat.drafts.set(thread, text);
  }, [text, thread, chat]);

  // Where a keyboard would come up over the conversation, the visitor opens it.
  useEffect(() => {
    if (focus && !touches()) {
      input.current?.focus({ preventScroll: true });
    }
  }, [focus]);

  const send = () => {
    if (text.trim() !== '' && left >= 0) {
      chat.say(text.trim());
      setText('');
      input.current?.focus();
    }
  };

  const onKeyDown = (event: KeyboardEvent) => {
    // Enter that ends an input method's word is not meant for us.
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing && !touches()) {
      event.preventDefault();
      send();
    }
  };

  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className="field">
        <textarea
          ref={input}
          rows={1}
          value={text}
          aria-label={texts.message}
          aria-invalid={left < 0}
          aria-describedby={left < TEXT_LIMIT - WARN_FROM ? 'text-left' : undefined}
          placeholder={texts.write}
          enterKeyHint={touches() ? 'enter' : 'send'}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <button type="submit" className="send" aria-label={texts.send} disabled={text.trim() === '' || left < 0}>
          <Send size={20} />
        </button>
      </div>
      {left < TEXT_LIMIT - WARN_FROM && (
        <p id="text-left" className={`left ${left < 0 ? 'over' : ''}`} role="status">
          {texts.tooLong(left)}
        </p>
      )}
    </form>
  );
}

function touches(): boolean {
  return matchMedia('(pointer: coarse)').matches;
}
