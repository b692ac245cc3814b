import type { ReactNode } from 'react';

/** Line icons on a 24 px grid; they are decoration: the control that holds one carries the name. */
export function icon(content: ReactNode) {
  return function Icon({ size = 20 }: { size?: number }) {
    return (
      <svg
        className="icon"
        width={size}
        height={size}
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.9"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
        focusable="false"
      >
        {content}
      </svg>
    );
  };
}
