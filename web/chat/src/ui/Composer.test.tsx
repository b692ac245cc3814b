// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Chat } from '../chat.ts';
import { Composer, TEXT_LIMIT } from './Composer.tsx';
import { ChatContext } from './context.ts';

afterEach(cleanup);

function show(touch = false) {
  vi.stubGlobal('matchMedia', () => ({ matches: touch }));
  const say = vi.fn();
  const chat = { say, drafts: new Map<string, string>() };
  const view = () => (
    <ChatContext value={chat as unknown as Chat}>
      <Composer thread="1" focus />
    </ChatContext>
  );
  render(view());
  return { say, view, input: () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' }) };
}

describe('The composer', () => {
  it('sends by Enter what was written, without the space around it, and is empty again', () => {
    const { say, input } = show();
    fireEvent.change(input(), { target: { value: '  Hello \n' } });
    fireEvent.keyDown(input(), { key: 'Enter' });
    expect(say).toHaveBeenCalledWith('Hello');
    expect(input().value).toBe('');
  });

  it('sends nothing by Shift+Enter, by the Enter of an input method, or when there is nothing', () => {
    const { say, input } = show();
    fireEvent.keyDown(input(), { key: 'Enter' });
    fireEvent.change(input(), { target: { value: 'Hello' } });
    fireEvent.keyDown(input(), { key: 'Enter', shiftKey: true });
    fireEvent.keyDown(input(), { key: 'Enter', isComposing: true });
    expect(say).not.toHaveBeenCalled();
  });

  it('on a touch screen leaves Enter to break the line, and has the button', () => {
    const { say, input } = show(true);
    fireEvent.change(input(), { target: { value: 'Hello' } });
    fireEvent.keyDown(input(), { key: 'Enter' });
    expect(say).not.toHaveBeenCalled();
    fireEvent.click(screen.getByRole('button', { name: 'Send' }));
    expect(say).toHaveBeenCalledWith('Hello');
  });

  it('takes 4,096 characters and says how many are too many', () => {
    const { say, input } = show();
    fireEvent.change(input(), { target: { value: 'x'.repeat(TEXT_LIMIT + 2) } });
    expect(screen.getByText('2 characters too long')).toBeDefined();
    fireEvent.keyDown(input(), { key: 'Enter' });
    expect(say).not.toHaveBeenCalled();
    fireEvent.change(input(), { target: { value: 'x'.repeat(TEXT_LIMIT) } });
    fireEvent.keyDown(input(), { key: 'Enter' });
    expect(say).toHaveBeenCalledTimes(1);
  });

  it('remembers what was typed and not sent', () => {
    const { view, input } = show();
    fireEvent.change(input(), { target: { value: 'half a' } });
    cleanup();
    render(view());
    expect(input().value).toBe('half a');
  });
});
