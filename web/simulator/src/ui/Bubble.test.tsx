// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Message } from '../api.ts';
import { Bubble } from './Bubble.tsx';

afterEach(cleanup);

const handlers = () => ({ onChoose: vi.fn(), onOpenList: vi.fn(), onOpenPhoto: vi.fn(), onReply: vi.fn() });

function show(message: Partial<Message>, quoted?: Message) {
  const full: Message = {
    n: 1,
    direction: 'out',
    channel: 'whatsapp',
    id: 'm1',
    type: 'text',
    at: '2026-11-21T10:00:00Z',
    ...message,
  };
  const calls = handlers();
  const { container } = render(<Bubble message={full} first owner="Sade Bello" quoted={quoted} {...calls} />);
  return { container, message: full, ...calls };
}

const options = (count: number) => Array.from({ length: count }, (_, i) => ({ id: `o${i}`, title: `Option ${i}` }));

describe('A bubble', () => {
  it('shows markup in a text as text', () => {
    const { container } = show({ text: '<img src=x onerror=alert(1)> *ok*', header: '<b>head</b>' });
    expect(container.querySelector('img, b')).toBeNull();
    expect(screen.getByText('ok').tagName).toBe('STRONG');
    expect(screen.getByText('<b>head</b>')).toBeDefined();
  });

  it('offers up to three plain options as buttons', () => {
    const { message, onChoose } = show({ text: 'Choose', options: options(3) });
    fireEvent.click(screen.getByRole('button', { name: 'Option 1' }));
    expect(onChoose).toHaveBeenCalledWith(message, message.options?.[1]);
  });

  it.each([
    ['more than three options', { options: options(4) }],
    ['a row with a description', { options: [{ id: 'a', title: 'A', description: 'more' }] }],
    ['a list', { type: 'list', options: options(1) }],
  ])('opens a sheet for %s', (_, more) => {
    const { message, onOpenList } = show({ text: 'Choose', ...more });
    fireEvent.click(screen.getByRole('button', { name: 'See options' }));
    expect(onOpenList).toHaveBeenCalledWith(message);
  });

  it.each([
    ['sent', 'Sent'],
    ['delivered', 'Delivered'],
    ['read', 'Read by the hub'],
  ])('has a tick for what the person sent: %s', (status, name) => {
    show({ direction: 'in', text: 'Hi', status });
    expect(screen.getByRole('img', { name })).toBeDefined();
  });

  it('has no tick for what the hub sent', () => {
    show({ text: 'Hi', status: 'read' });
    expect(screen.queryByRole('img')).toBeNull();
  });

  it('follows a link of the web and no other', () => {
    show({
      text: 'More',
      options: [
        { title: 'Site', url: 'https://a.example/' },
        { title: 'Odd', url: 'javascript:alert(1)' },
      ],
    });
    expect(screen.getByRole('link', { name: 'Site' }).getAttribute('href')).toBe('https://a.example/');
    expect(screen.queryByRole('link', { name: 'Odd' })).toBeNull();
  });

  it('names what it cannot show', () => {
    show({ type: 'contacts' });
    expect(screen.getByText(/contacts/)).toBeDefined();
  });

  it('quotes the message that it answers', () => {
    const quoted: Message = {
      n: 1,
      direction: 'in',
      channel: 'whatsapp',
      id: 'q',
      type: 'text',
      text: '*Is* it free?',
      at: '2026-11-21T10:00:00Z',
    };
    show({ text: 'Yes', reply_to: 'q' }, quoted);
    expect(screen.getByText('Is it free?')).toBeDefined();
  });
});
