import { useEffect, useState } from 'react';
import type { Card } from '../api.ts';
import { useChat } from './context.ts';

/** A listing that was shown, else as the hub has it; undefined while that is being read. */
export function useListing(listing: string, shown: Card | undefined): Card | undefined {
  const chat = useChat();
  const [read, setRead] = useState<Card>();
  useEffect(() => {
    if (!shown) {
      let wanted = true;
      chat.api.property(listing).then(
        (card) => wanted && setRead(card),
        (error) => wanted && chat.report(error),
      );
      return () => {
        wanted = false;
      };
    }
  }, [chat, listing, shown]);
  return shown ?? read;
}
