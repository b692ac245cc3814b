import { icon } from '../../../shared/icon.tsx';

export const Plus = icon(<path d="M12 5v14M5 12h14" />);
export const Close = icon(<path d="M6 6l12 12M18 6 6 18" />);
export const Send = icon(<path d="M4.4 4.6 20.6 12 4.4 19.4 6.6 12zM6.6 12h6.6" fill="none" />);
export const Smile = icon(
  <>
    <circle cx="12" cy="12" r="9" />
    <path d="M8.5 14.2a4.2 4.2 0 0 0 7 0M9 9.6v.2M15 9.6v.2" />
  </>,
);
export const Reply = icon(<path d="M10 8 5 13l5 5M5 13h8a6 6 0 0 1 6 6" />);
export const ListIcon = icon(<path d="M9 6.5h11M9 12h11M9 17.5h11M4.6 6.5h.1M4.6 12h.1M4.6 17.5h.1" />);
export const Photo = icon(
  <>
    <rect x="3.5" y="5" width="17" height="14" rx="2.5" />
    <path d="m4 17 5-5 4 4 2.5-2.5L20 17.6M15.6 9.4h.1" />
  </>,
);
export const Pin = icon(
  <>
    <path d="M12 21s7-6 7-11.2A7 7 0 0 0 5 9.8C5 15 12 21 12 21z" />
    <circle cx="12" cy="9.8" r="2.4" />
  </>,
);
export const Mail = icon(
  <>
    <rect x="3.5" y="5.5" width="17" height="13" rx="2.5" />
    <path d="m4.5 7.5 7.5 5.8 7.5-5.8" />
  </>,
);
export const Clock = icon(
  <>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M12 7.4V12l3 2" />
  </>,
);
export const Bolt = icon(<path d="M13 3 5.5 13.5H12L11 21l7.5-10.5H12z" />);
export const Pulse = icon(<path d="M3 12h4l2.5-6.5 5 13L17 12h4" />);
export const Sun = icon(
  <>
    <circle cx="12" cy="12" r="4" />
    <path d="M12 2.8v2M12 19.2v2M2.8 12h2M19.2 12h2M5.5 5.5l1.4 1.4M17.1 17.1l1.4 1.4M5.5 18.5l1.4-1.4M17.1 6.9l1.4-1.4" />
  </>,
);
export const Moon = icon(<path d="M20 14.2A8.2 8.2 0 0 1 9.8 4a8.2 8.2 0 1 0 10.2 10.2z" />);
export const Auto = icon(
  <>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M12 3.5v17a8.5 8.5 0 0 0 0-17z" fill="currentColor" stroke="none" />
  </>,
);
export const Restart = icon(<path d="M4.5 12a7.5 7.5 0 1 0 2.4-5.5L4.5 8.8M4.5 4.3v4.5H9" />);
export const Sliders = icon(
  <path d="M4 7h9M17.5 7H20M4 17h3M11.5 17H20M13 7a2.2 2.2 0 1 0 4.5 0 2.2 2.2 0 1 0-4.5 0zM7 17a2.2 2.2 0 1 0 4.5 0 2.2 2.2 0 1 0-4.5 0z" />,
);
export const Down = icon(<path d="m6 9.5 6 6 6-6" />);
export const Back = icon(<path d="M15 5.5 8.5 12l6.5 6.5" />);
export const Key = icon(
  <>
    <circle cx="8" cy="15.5" r="4" />
    <path d="m11 12.5 8-8M16 7.5l3 3M13.5 10l2 2" />
  </>,
);
export const Warning = icon(<path d="M12 4 2.8 19.5h18.4zM12 10v4.2M12 17v.1" />);
export const Phone = icon(
  <>
    <rect x="7" y="2.8" width="10" height="18.4" rx="2.4" />
    <path d="M11 18.2h2" />
  </>,
);
export const Open = icon(<path d="M10 6H6.5v11.5H18V14M13.5 5.5H19V11M18.5 6 11.5 13" />);
export const Chat = icon(
  <path d="M20.5 11.6a8 8 0 0 1-8.3 7.7 9 9 0 0 1-3.2-.6L4 20.2l1.5-4A7.4 7.4 0 0 1 4 11.6a8 8 0 0 1 8.2-7.7 8 8 0 0 1 8.3 7.7zM8.6 11.6h.1M12.2 11.6h.1M15.8 11.6h.1" />,
);
export const Check = icon(<path d="m5 12.5 4.5 4.5L19 7.5" />);

/** One tick: sent. Two: delivered. Two in blue: read. A clock: on its way. */
export function Ticks({ state }: { state: 'waiting' | 'sent' | 'delivered' | 'read' }) {
  const names = { waiting: 'Being sent', sent: 'Sent', delivered: 'Delivered', read: 'Read by the hub' };
  return (
    <span className={`ticks ${state}`} role="img" aria-label={names[state]} title={names[state]}>
      <svg
        width="17"
        height="12"
        viewBox="0 0 17 12"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        {state === 'waiting' ? (
          <>
            <circle cx="11" cy="6" r="4.6" />
            <path d="M11 3.6V6l1.6 1" />
          </>
        ) : (
          <>
            <path d="m5.6 6.6 3 3L15.4 2" />
            {state !== 'sent' && <path d="m1.4 6.6 3 3M8.2 5.4l3-3.4" />}
          </>
        )}
      </svg>
    </span>
  );
}

/** The top line of a phone, as decoration. */
export function StatusIcons() {
  return (
    <svg width="52" height="12" viewBox="0 0 52 12" fill="currentColor" aria-hidden="true">
      <rect x="0" y="7.5" width="3" height="4" rx="1" />
      <rect x="4.5" y="5" width="3" height="6.5" rx="1" />
      <rect x="9" y="2.5" width="3" height="9" rx="1" />
      <rect x="13.5" y="0.5" width="3" height="11" rx="1" opacity=".35" />
      <rect x="25.5" y="1" width="22" height="10" rx="3" fill="none" stroke="currentColor" opacity=".5" />
      <rect x="27.2" y="2.7" width="15" height="6.6" rx="1.6" />
      <rect x="48.8" y="4" width="1.8" height="4" rx=".9" opacity=".5" />
    </svg>
  );
}
