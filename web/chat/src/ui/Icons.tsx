import { icon } from '../../../shared/icon.tsx';

export const Plus = icon(<path d="M12 5v14M5 12h14" />);
export const Close = icon(<path d="M6 6l12 12M18 6 6 18" />);
export const Send = icon(<path d="M12 19V5.5M6 11l6-6 6 6" />);
export const Back = icon(<path d="M15 5.5 8.5 12l6.5 6.5" />);
export const Forward = icon(<path d="M9 5.5 15.5 12 9 18.5" />);
export const Down = icon(<path d="m6 9.5 6 6 6-6" />);
export const Photo = icon(
  <>
    <rect x="3.5" y="5" width="17" height="14" rx="2.5" />
    <path d="m4 17 5-5 4 4 2.5-2.5L20 17.6M15.6 9.4h.1" />
  </>,
);
export const Info = icon(
  <>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M12 11.2V16M12 8v.1" />
  </>,
);
export const Pin = icon(
  <>
    <path d="M12 21s7-6 7-11.2A7 7 0 0 0 5 9.8C5 15 12 21 12 21z" />
    <circle cx="12" cy="9.8" r="2.4" />
  </>,
);
export const Bed = icon(<path d="M3.5 18.5v-12M3.5 15.5h17M20.5 18.5v-5a3 3 0 0 0-3-3h-6v5M7.4 12.2h.1" />);
export const Bath = icon(<path d="M4 12.5h16v1.8a4 4 0 0 1-4 4H8a4 4 0 0 1-4-4zM6.5 12.5V6.8a2 2 0 0 1 3.8-.9M7.5 18.3 6.8 20M16.5 18.3l.7 1.7" />);
export const Size = icon(<path d="M4.5 9.5v-5h5M19.5 14.5v5h-5M5 5l14 14" />);
export const Calendar = icon(
  <>
    <rect x="4" y="5.5" width="16" height="14.5" rx="2.5" />
    <path d="M4 10.2h16M8.4 3.5v4M15.6 3.5v4" />
  </>,
);
export const Clock = icon(
  <>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M12 7.4V12l3 2" />
  </>,
);
export const Check = icon(<path d="m5 12.5 4.5 4.5L19 7.5" />);
export const Question = icon(
  <>
    <path d="M20.5 11.6a8 8 0 0 1-8.3 7.7 9 9 0 0 1-3.2-.6L4 20.2l1.5-4A7.4 7.4 0 0 1 4 11.6a8 8 0 0 1 8.2-7.7 8 8 0 0 1 8.3 7.7z" />
    <path d="m8.9 11.9 2.3 2.3 4.3-4.5" />
  </>,
);
export const Cross = icon(
  <>
    <circle cx="12" cy="12" r="8.5" />
    <path d="m9.2 9.2 5.6 5.6M14.8 9.2l-5.6 5.6" />
  </>,
);
export const Tick = icon(
  <>
    <circle cx="12" cy="12" r="8.5" />
    <path d="m8.3 12.3 2.6 2.6 4.9-5.3" />
  </>,
);
export const Warning = icon(<path d="M12 4 2.8 19.5h18.4zM12 10v4.2M12 17v.1" />);
export const Bubbles = icon(
  <path d="M20.5 11.6a8 8 0 0 1-8.3 7.7 9 9 0 0 1-3.2-.6L4 20.2l1.5-4A7.4 7.4 0 0 1 4 11.6a8 8 0 0 1 8.2-7.7 8 8 0 0 1 8.3 7.7zM8.6 11.6h.1M12.2 11.6h.1M15.8 11.6h.1" />,
);
export const Person = icon(
  <>
    <circle cx="12" cy="8.2" r="3.8" />
    <path d="M4.8 20a7.2 7.2 0 0 1 14.4 0" />
  </>,
);
export const Settings = icon(
  <path d="M4 7h9M17.5 7H20M4 17h3M11.5 17H20M13 7a2.2 2.2 0 1 0 4.5 0 2.2 2.2 0 1 0-4.5 0zM7 17a2.2 2.2 0 1 0 4.5 0 2.2 2.2 0 1 0-4.5 0z" />,
);
export const Unplugged = icon(<path d="M4 4l16 16M5 12.6a10 10 0 0 1 4.2-2.3M2.6 9a14 14 0 0 1 4-2.5M19 12.6a10 10 0 0 0-3-1.9M21.4 9A14 14 0 0 0 11 5.6M8.6 16a5 5 0 0 1 5.2-.7M12 19.4v.1" />);
export const House = icon(<path d="M4 11.2 12 4.5l8 6.7M6 9.8v9.7h12V9.8M10 19.5v-5.2h4v5.2" />);

export function Star({ size = 14 }: { size?: number }) {
  return (
    <svg className="star" width={size} height={size} viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">
      <path d="m12 2.8 2.8 5.9 6.4.8-4.7 4.4 1.2 6.4-5.7-3.2-5.7 3.2 1.2-6.4L2.8 9.5l6.4-.8z" />
    </svg>
  );
}

/** The hub's mark. */
export function Logo({ size = 32 }: { size?: number }) {
  return (
    <svg className="logo" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="10" fill="var(--mark)" />
      <path
        d="M16 6.5 7 13.6v9.2A2.2 2.2 0 0 0 9.2 25H12l4 3.5L20 25h2.8a2.2 2.2 0 0 0 2.2-2.2v-9.2z"
        fill="#fff"
      />
      <g fill="var(--mark)">
        <circle cx="12" cy="17.5" r="1.6" />
        <circle cx="16" cy="17.5" r="1.6" />
        <circle cx="20" cy="17.5" r="1.6" />
      </g>
    </svg>
  );
}
