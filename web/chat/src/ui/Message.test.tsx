// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Entry } from '../api.ts';
import type { Check } from '../thread.ts';
import { Message, PendingMessage, type Deeds } from './Message.tsx';

afterEach(cleanup);
vi.stubGlobal(
  'ResizeObserver',
  class {
    observe() {}
    disconnect() {}
  },
);

function deeds(): Deeds {
  return { photos: vi.fn(), info: vi.fn(), book: vi.fn(), check: vi.fn(), act: vi.fn(), retry: vi.fn(), drop: vi.fn() };
}

const card = {
  id: '7',
  title: 'Flat',
  subtitle: 'Yaba',
  price: '₦1',
  rating: 4.25,
  badges: ['new'],
  image_url: '/a.jpg',
  gallery_images: ['/a.jpg', '/b.jpg'],
};

function show(entry: Partial<Entry>, check?: Check, asking = false) {
  const done = deeds();
  const full: Entry = { seq: 1, event: 'assistant_message', sent_at: '2026-11-21T10:00:00Z', ...entry };
  const view = render(
    <ol>
      <Message
        entry={full}
        first
        last
        checks={new Map(check ? [['7', check]] : [])}
        asking={new Set(asking ? ['7'] : [])}
        deeds={done}
      />
    </ol>,
  );
  return { ...view, done };
}

describe('A message', () => {
  it('shows markup in a text as text', () => {
    const { container } = show({ text: '<img src=x onerror=alert(1)> *ok*' });
    expect(container.querySelector('img')).toBeNull();
    expect(screen.getByText('ok').tagName).toBe('STRONG');
  });

  it('says who speaks (C8)', () => {
    show({ event: 'agent_message', text: 'Come and see' });
    expect(screen.getByText('Agent')).toBeDefined();
    expect(screen.getByRole('article', { name: /^Agent/ })).toBeDefined();
  });

  it('offers its actions', () => {
    const { done } = show({ text: 'Hi', actions: [{ id: 'browse', title: 'Browse' }] });
    fireEvent.click(screen.getByRole('button', { name: 'Browse' }));
    expect(done.act).toHaveBeenCalledWith({ id: 'browse', title: 'Browse' });
  });

  it('opens the booking that the hub names', () => {
    const { done } = show({ text: 'Choose a time', metadata: { form: 'booking', listing_id: '7' } });
    fireEvent.click(screen.getByRole('button', { name: 'Book now' }));
    expect(done.book).toHaveBeenCalledWith('7');
  });
});

describe('A card (C2)', () => {
  it('has all that there is, and its photos, info and check', () => {
    const { done, container } = show({ cards: [card] });
    for (const words of ['Flat', 'Yaba', '₦1', 'new', '4.3']) {
      expect(screen.getByText(words)).toBeDefined();
    }
    expect(container.querySelector('img')?.getAttribute('src')).toBe('/a.jpg');
    fireEvent.click(screen.getByText('Photos'));
    expect(done.photos).toHaveBeenCalledWith('Flat', ['/a.jpg', '/b.jpg']);
    fireEvent.click(screen.getByText('Info'));
    expect(done.info).toHaveBeenCalledWith('7', card);
    fireEvent.click(screen.getByText('Check'));
    expect(done.check).toHaveBeenCalledWith('7');
  });

  it('does without all but id and title', () => {
    const { container } = show({ cards: [{ id: '7', title: 'Flat' }] });
    expect(container.querySelector('img')).toBeNull();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Photos of Flat' }).disabled).toBe(true);
  });

  it('shows a sign in place of a picture that does not come', () => {
    const { container } = show({ cards: [card] });
    fireEvent.error(container.querySelector('img')!);
    expect(container.querySelector('.card .no-picture')).not.toBeNull();
  });

  it('asks once: while the question is on its way or open, pressing again does nothing', () => {
    const { done } = show({ cards: [card] }, { id: 'c', state: 'asked' });
    fireEvent.click(screen.getByText('Asked'));
    cleanup();
    const second = show({ cards: [card] }, undefined, true);
    fireEvent.click(screen.getByText('Asked'));
    expect(done.check).not.toHaveBeenCalled();
    expect(second.done.check).not.toHaveBeenCalled();
  });

  it('offers the booking once it is available, with the check that found it so (C6)', () => {
    const { done } = show({ cards: [card] }, { id: 'c', state: 'available' });
    fireEvent.click(screen.getByText('Book now'));
    expect(done.book).toHaveBeenCalledWith('7', card, 'c');
  });

  it.each(['unavailable', 'expired', 'failed'] as const)('can be asked about again when it is %s', (state) => {
    const { done } = show({ cards: [card] }, { id: 'c', state });
    fireEvent.click(screen.getByText('Check again'));
    expect(done.check).toHaveBeenCalledWith('7');
  });
});

describe('An answer (C5)', () => {
  const metadata = { source: 'availability', check_id: 'c', listing_id: '7', state: 'available' };

  it('says how it stands, with price and date, and books with its check', () => {
    const { done } = show({
      text: 'It is free',
      metadata: { ...metadata, price: '₦2', available_from: '2026-12-01' },
      actions: [{ id: 'book:7', title: 'Book now' }],
    });
    for (const words of ['Available', 'It is free', '₦2', 'December 1, 2026']) {
      expect(screen.getByText(words)).toBeDefined();
    }
    fireEvent.click(screen.getByRole('button', { name: 'Book now' }));
    expect(done.book).toHaveBeenCalledWith('7', undefined, 'c');
  });

  it('does not say twice what its words say already', () => {
    show({ text: 'It is free\nRent: ₦2', metadata: { ...metadata, price: '₦2' } });
    expect(screen.queryByText('Price')).toBeNull();
  });

  it('shows the agent’s photos', () => {
    const { done } = show({ text: 'Look', metadata, media: [{ type: 'image', url: '/p.jpg' }] });
    fireEvent.click(screen.getByRole('button', { name: 'Photo 1 of 1' }));
    expect(done.photos).toHaveBeenCalledWith('Photos', ['/p.jpg'], 0);
  });
});

describe('A message on its way (C7)', () => {
  const item = { clientId: 'a', text: 'Hello', at: 0 };

  it('says whether it is being sent or waits for the connection', () => {
    render(<PendingMessage item={item} live deeds={deeds()} />);
    expect(screen.getByText('Sending')).toBeDefined();
    cleanup();
    render(<PendingMessage item={item} live={false} deeds={deeds()} />);
    expect(screen.getByText('Waiting for the connection')).toBeDefined();
  });

  it('can be sent again or dropped when it was refused', () => {
    const done = deeds();
    const refused = { ...item, refused: 'rate_limited' };
    render(<PendingMessage item={refused} live deeds={done} />);
    expect(screen.getByRole('alert').textContent).toContain('a lot at once');
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(done.retry).toHaveBeenCalledWith(refused);
    fireEvent.click(screen.getByRole('button', { name: 'Delete' }));
    expect(done.drop).toHaveBeenCalledWith(refused);
  });
});
