import { useLayoutEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import type { Message } from '../api.ts';
import { summaryOf } from '../messages.ts';
import { plainText } from '../../../shared/format.ts';
import { Quote } from './Bubble.tsx';
import { Close, Plus, Send, Smile } from './Icons.tsx';

/** As many characters as WhatsApp takes. */
const TEXT_LIMIT = 4_096;
const EMOJI = '😀 😂 😊 😍 🤔 😅 😢 😡 👍 👎 🙏 👏 🎉 ❤️ 🔥 ✅ ❌ 🏡 🔑 🛏️ 🛁 📍 📅 ⏰ 💰 🚗 🇳🇬 👩🏽‍🔧'.split(' ');

interface ComposerProps {
  owner: string;
  input: RefObject<HTMLTextAreaElement | null>;
  replyTo?: Message;
  onDropReply: () => void;
  onAttach: () => void;
  onSend: (text: string) => void;
}

/** The input row: Enter sends, Shift+Enter breaks the line. */
export function Composer({ owner, input, replyTo, onDropReply, onAttach, onSend }: ComposerProps) {
  const [text, setText] = useState('');
  const [emoji, setEmoji] = useState(false);
  const emojiButton = useRef<HTMLButtonElement>(null);

  useLayoutEffect(() => {
    const field = input.current;
    if (field) {
      field.style.height = 'auto';
      field.style.height = `${field.scrollHeight}px`;
    }
  }, [text, input]);

  const send = () => {
    if (text.trim() !== '') {
      onSend(text.trim());
      setText('');
      setEmoji(false);
      input.current?.focus();
    }
  };

  const onKeyDown = (event: KeyboardEvent) => {
    // Enter that ends an input method's word is not meant for us.
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      send();
    } else if (event.key === 'Escape' && replyTo) {
      onDropReply();
    }
  };

  const insert = (piece: string) => {
    const field = input.current;
    const start = field?.selectionStart ?? text.length;
    const end = field?.selectionEnd ?? start;
    setText(text.slice(0, start) + piece + text.slice(end));
    requestAnimationFrame(() => field?.setSelectionRange(start + piece.length, start + piece.length));
  };

  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {replyTo && (
        <div className="replying">
          <Quote message={replyTo} owner={owner} />
          <button
            type="button"
            className="icon-button"
            onClick={onDropReply}
            aria-label={`Do not reply to: ${plainText(summaryOf(replyTo)).slice(0, 60)}`}
          >
            <Close size={18} />
          </button>
        </div>
      )}
      {emoji && (
        <div
          className="emoji"
          role="group"
          aria-label="Emoji"
          onKeyDown={(event) => {
            if (event.key === 'Escape') {
              setEmoji(false);
              emojiButton.current?.focus();
            }
          }}
        >
          {EMOJI.map((piece) => (
            <button key={piece} type="button" onClick={() => insert(piece)}>
              {piece}
            </button>
          ))}
        </div>
      )}
      <div className="input-row">
        <div className="field">
          <button
            ref={emojiButton}
            type="button"
            className="icon-button"
            aria-label="Emoji"
            aria-expanded={emoji}
            onClick={() => setEmoji(!emoji)}
          >
            <Smile size={22} />
          </button>
          <textarea
            ref={input}
            rows={1}
            value={text}
            maxLength={TEXT_LIMIT}
            aria-label={`Message as ${owner}`}
            placeholder="Message"
            onChange={(event) => setText(event.target.value)}
            onKeyDown={onKeyDown}
          />
          <button type="button" className="icon-button" aria-label="Attach a photo or a location" onClick={onAttach}>
            <Plus size={22} />
          </button>
        </div>
        <button type="submit" className="send" aria-label="Send" disabled={text.trim() === ''}>
          <Send size={20} />
        </button>
      </div>
    </form>
  );
}
