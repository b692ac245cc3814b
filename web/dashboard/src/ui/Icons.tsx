import { icon } from '../../../shared/icon.tsx';

export const Sun = icon(
  <>
    <circle cx="12" cy="12" r="4" />
    <path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M18.4 5.6 17 7M7 17l-1.4 1.4" />
  </>,
);
export const Moon = icon(<path d="M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z" />);
export const Auto = icon(
  <>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M12 3.5v17A8.5 8.5 0 0 0 12 3.5z" fill="currentColor" stroke="none" />
  </>,
);
export const Out = icon(<path d="M10 4.5H6.5a2 2 0 0 0-2 2v11a2 2 0 0 0 2 2H10M15 8l4 4-4 4M18.5 12H9.5" />);
export const Search = icon(
  <>
    <circle cx="11" cy="11" r="6.5" />
    <path d="m20 20-4.3-4.3" />
  </>,
);
export const Back = icon(<path d="M15 5.5 8.5 12l6.5 6.5" />);
export const Replay = icon(<path d="M4.5 12a7.5 7.5 0 1 0 2.4-5.5L4.5 8.8M4.5 4v4.8h4.8" />);
export const Warning = icon(<path d="M12 4 2.8 19.5h18.4zM12 10v4.2M12 17v.1" />);
export const Tick = icon(<path d="m5 12.5 4.5 4.5L19 7.5" />);
export const Ticks = icon(<path d="m2.5 12.8 4 4L14.5 8M10.5 15.6l1.2 1.2L21 8" />);
export const Clock = icon(
  <>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M12 7.4V12l3 2" />
  </>,
);
export const Way = icon(
  <>
    <circle cx="6" cy="6" r="2.3" />
    <circle cx="18" cy="18" r="2.3" />
    <path d="M8.3 6H14a3.5 3.5 0 0 1 0 7h-4a2.5 2.5 0 0 0 0 5h5.7" />
  </>,
);
export const Person = icon(
  <>
    <circle cx="12" cy="8.2" r="3.8" />
    <path d="M4.8 20a7.2 7.2 0 0 1 14.4 0" />
  </>,
);
export const Bubble = icon(<path d="M4 5.5h16v10.5H11l-4.5 4v-4H4z" />);
export const Elsewhere = icon(<path d="M14 4.5h5.5V10M19 5l-8 8M17.5 14v4a1.5 1.5 0 0 1-1.5 1.5H6A1.5 1.5 0 0 1 4.5 18V8A1.5 1.5 0 0 1 6 6.5h4" />);

/** The hub's mark. */
export function Logo({ size = 30 }: { size?: number }) {
  return <img className="logo" src={`${import.meta.env.BASE_URL}favicon.svg`} alt="" width={size} height={size} />;
}
