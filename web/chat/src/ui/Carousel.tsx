import { useEffect, useRef, useState } from 'react';
import type { Card } from '../api.ts';
import { useTexts } from '../texts.ts';
import type { Check } from '../thread.ts';
import { ListingCard } from './ListingCard.tsx';
import { Back, Forward } from './Icons.tsx';
import type { Deeds } from './Message.tsx';

interface CarouselProps {
  cards: readonly Card[];
  checks?: ReadonlyMap<string, Check>;
  asking?: ReadonlySet<string>;
  deeds: Deeds;
}

/** Listings side by side: swiped, scrolled, or moved by the buttons where a mouse has no wheel for it. */
export function Carousel({ cards, checks, asking, deeds }: CarouselProps) {
  const texts = useTexts();
  const track = useRef<HTMLUListElement>(null);
  const [ends, setEnds] = useState({ start: true, end: true });

  useEffect(() => {
    const element = track.current;
    if (!element) {
      return;
    }
    const look = () => {
      const { scrollLeft, scrollWidth, clientWidth } = element;
      const start = scrollLeft < 8;
      const end = scrollLeft > scrollWidth - clientWidth - 8;
      setEnds((before) => (before.start === start && before.end === end ? before : { start, end }));
    };
    look();
    element.addEventListener('scroll', look, { passive: true });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      observer.disconnect();
    };
  }, [cards.length]);

  const move = (direction: number) => {
    const width = track.current?.firstElementChild?.getBoundingClientRect().width ?? 0;
    track.current?.scrollBy({ left: direction * (width + 12), behavior: 'smooth' });
  };
  const scrolls = !ends.start || !ends.end;

  return (
    <div className="carousel">
      <ul ref={track} aria-label={texts.homes(cards.length)} tabIndex={scrolls ? 0 : undefined}>
        {cards.map((card) => (
          <li key={card.id}>
            <ListingCard card={card} check={checks?.get(card.id)} asking={!!asking?.has(card.id)} deeds={deeds} />
          </li>
        ))}
      </ul>
      {scrolls && (
        <div className="carousel-moves">
          <button
            type="button"
            aria-label={texts.previous}
            aria-disabled={ends.start}
            onClick={() => !ends.start && move(-1)}
          >
            <Back size={18} />
          </button>
          <button type="button" aria-label={texts.next} aria-disabled={ends.end} onClick={() => !ends.end && move(1)}>
            <Forward size={18} />
          </button>
        </div>
      )}
    </div>
  );
}
