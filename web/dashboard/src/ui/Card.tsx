import { useId, type ReactNode } from 'react';
import type { Change } from '../words.ts';

interface CardProps {
  title: string;
  children: ReactNode;
  note?: ReactNode;
  /** How much of the width it takes; a third without. */
  size?: 'half' | 'whole';
}

/** A part of the page with a heading of its own. */
export function Card({ title, children, note, size }: CardProps) {
  const heading = useId();
  return (
    <section className="card" data-size={size} aria-labelledby={heading}>
      <header>
        <h2 id={heading}>{title}</h2>
        {note}
      </header>
      {children}
    </section>
  );
}

interface FigureProps {
  name: string;
  value: string;
  change?: Change;
  /** What it is made of, or what it is compared with. */
  note?: string;
  tone?: 'good' | 'warn' | 'bad';
}

/** One number that an operator looks at first. */
export function Figure({ name, value, change, note, tone }: FigureProps) {
  return (
    <div className="figure" data-tone={tone}>
      <dt>{name}</dt>
      <dd>
        <b>{value}</b>
        {change && (
          <span className="change" data-good={change.good}>
            {change.text}
          </span>
        )}
        {note && <small>{note}</small>}
      </dd>
    </div>
  );
}

/** Shares of a whole, each with its bar. */
export function Shares({ shares, empty }: { shares: { name: string; value: number; colour: string }[]; empty: string }) {
  const whole = shares.reduce((sum, { value }) => sum + value, 0);
  const most = Math.max(1, ...shares.map(({ value }) => value));
  if (whole === 0) {
    return <p className="empty">{empty}</p>;
  }
  return (
    <ul className="shares">
      {shares.map(({ name, value, colour }) => (
        <li key={name}>
          <span>{name}</span>
          <span className="bar" aria-hidden="true">
            <i data-colour={colour} style={{ width: `${Math.max(value > 0 ? 1 : 0, (100 * value) / most)}%` }} />
          </span>
          <b>{value.toLocaleString()}</b>
          <small>{Math.round((100 * value) / whole)}%</small>
        </li>
      ))}
    </ul>
  );
}
