import { useCallback, useEffect, useRef, useState } from 'react';
import { Problem, type Booking, type Card, type Slot } from '../api.ts';
import { newId } from '../chat.ts';
import { useTexts } from '../texts.ts';
import { localTime } from '../when.ts';
import { useChat } from './context.ts';
import { Dialog } from './Dialog.tsx';
import { Calendar, Check, Pin } from './Icons.tsx';
import { photosOf } from './ListingCard.tsx';
import { wordsFor } from './NoticeBar.tsx';
import { Picture } from './PhotoStrip.tsx';
import { useListing } from './useListing.ts';

interface BookingDialogProps {
  listing: string;
  card?: Card;
  /** The check that found it available, if one did. */
  check?: string;
  onClose: () => void;
}

/** Books a visit: a free time is chosen, confirmed, and a booking it is. */
export default function BookingDialog({ listing, card: shown, check, onClose }: BookingDialogProps) {
  const texts = useTexts();
  const chat = useChat();
  const card = useListing(listing, shown);
  const [slots, setSlots] = useState<readonly Slot[]>();
  const [chosen, setChosen] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState('');
  const [booking, setBooking] = useState<Booking>();
  // One for each time that is confirmed: whoever presses twice books once.
  const keys = useRef(new Map<string, string>());
  const done = useRef<HTMLHeadingElement>(null);

  const load = useCallback(async () => {
    try {
      const free = await chat.api.slots(listing);
      setSlots([...free].sort((a, b) => Date.parse(a.datetime) - Date.parse(b.datetime)));
    } catch (problem) {
      setSlots((before) => before ?? []);
      setError(wordsFor(problem instanceof Problem ? problem.code : 'unknown', texts));
    }
  }, [chat, listing, texts]);
  useEffect(() => void load(), [load]);
  useEffect(() => done.current?.focus(), [booking]);

  const book = async (slot: string) => {
    const key = keys.current.get(slot) ?? newId();
    keys.current.set(slot, key);
    setBusy(true);
    setError('');
    try {
      setBooking(await chat.api.book(listing, slot, check, key));
    } catch (problem) {
      if (problem instanceof Problem && problem.status === 409) {
        setChosen(undefined);
        setError(texts.slotGone);
        await load();
      } else {
        setError(wordsFor(problem instanceof Problem ? problem.code : 'unknown', texts));
      }
    }
    setBusy(false);
  };

  const slot = slots?.find(({ id }) => id === chosen);
  const at = slot && localTime(slot.datetime, texts.language);

  if (booking) {
    const { inspection = {} } = booking;
    // The slot's is in the property's zone.
    const time = slot?.datetime ?? inspection.scheduled_datetime;
    const when = time === undefined ? undefined : localTime(time, texts.language);
    const contact = readContact(inspection.agent_contact);
    return (
      <Dialog
        title={texts.book}
        className="booking"
        onClose={onClose}
        footer={
          <button type="button" className="primary" onClick={onClose}>
            {texts.done}
          </button>
        }
      >
        <div className="booked" role="status">
          <span className="booked-mark">
            <Check size={30} />
          </span>
          <h3 ref={done} tabIndex={-1}>
            {texts.booked}
          </h3>
          <dl className="info-facts">
            <div>
              <dt>{texts.bookingId}</dt>
              <dd>{booking.booking_id}</dd>
            </div>
            {when && (
              <div>
                <dt>{texts.when}</dt>
                <dd>
                  {when.dayLabel}, {when.time} ({when.zone})
                </dd>
              </div>
            )}
            <div>
              <dt>{texts.where}</dt>
              <dd>
                {inspection.property_title ?? card?.title}
                {(inspection.location ?? card?.subtitle) && <small>{inspection.location ?? card?.subtitle}</small>}
              </dd>
            </div>
            {contact && (
              <div>
                <dt>{texts.agentContact}</dt>
                <dd>{contact}</dd>
              </div>
            )}
          </dl>
          <p className="note">{texts.remind}</p>
        </div>
      </Dialog>
    );
  }

  const days = groupByDay(slots ?? [], texts.language);
  return (
    <Dialog
      title={texts.book}
      className="booking"
      onClose={onClose}
      footer={
        <>
          <button type="button" className="secondary" onClick={onClose}>
            {texts.close}
          </button>
          <button
            type="button"
            className="primary"
            disabled={!slot || busy}
            aria-busy={busy}
            onClick={() => slot && void book(slot.id)}
          >
            {busy ? texts.booking : at ? texts.confirmAt(`${at.dayLabel}, ${at.time}`) : texts.chooseFirst}
          </button>
        </>
      }
    >
      {card && (
        <div className="booking-listing">
          <span className="thumb">
            <Picture url={photosOf(card)[0]} />
          </span>
          <div>
            <b>{card.title}</b>
            {card.subtitle && (
              <p className="subtitle">
                <Pin size={14} />
                <span>{card.subtitle}</span>
              </p>
            )}
            {card.price && <p className="price">{card.price}</p>}
          </div>
        </div>
      )}
      {error && (
        <p className="error" role="alert">
          {error}
        </p>
      )}
      {slots === undefined ? (
        <p className="waiting">{texts.loading}</p>
      ) : days.length === 0 ? (
        !error && (
          <p className="waiting">
            <Calendar size={26} />
            {texts.noSlots}
          </p>
        )
      ) : (
        <fieldset className="slots">
          <legend>{texts.chooseTime}</legend>
          {days.map(({ day, label, times }) => (
            <div key={day} className="day-slots" role="group" aria-label={label}>
              <p>{label}</p>
              <div>
                {times.map(({ id, time }) => (
                  <label key={id} className="slot">
                    <input
                      type="radio"
                      name="slot"
                      value={id}
                      checked={id === chosen}
                      onChange={() => setChosen(id)}
                      disabled={busy}
                    />
                    <span>{time}</span>
                  </label>
                ))}
              </div>
            </div>
          ))}
          <p className="note">{texts.zone(days[0]?.zone ?? '')}</p>
        </fieldset>
      )}
    </Dialog>
  );
}

interface Day {
  day: string;
  label: string;
  zone: string;
  times: { id: string; time: string }[];
}

function groupByDay(slots: readonly Slot[], language: string): readonly Day[] {
  const days = new Map<string, Day>();
  for (const { id, datetime } of slots) {
    const { day, dayLabel, time, zone } = localTime(datetime, language);
    const known = days.get(day) ?? { day, label: dayLabel, zone, times: [] };
    known.times.push({ id, time });
    days.set(day, known);
  }
  return [...days.values()];
}

/** An agent's name and number, which are told once a visit is booked. */
function readContact(contact: unknown): string | undefined {
  if (typeof contact === 'string') {
    return contact;
  }
  if (contact !== null && typeof contact === 'object') {
    const { name, phone } = contact as { name?: string; phone?: string };
    return [name, phone].filter(Boolean).join(', ') || undefined;
  }
  return undefined;
}
