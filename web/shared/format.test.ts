import { describe, expect, it } from 'vitest';
import { isBigEmoji, parseText, plainText, type Inline } from './format.ts';

/** The tree in a short notation: b(…) i(…) s(…) c(…) a(…). */
function short(text: string): string {
  const inline = (nodes: Inline[]): string =>
    nodes
      .map((node) => {
        switch (node.kind) {
          case 'text':
            return node.text;
          case 'link':
            return `a(${node.href})`;
          case 'code':
            return `c(${node.text})`;
          default:
            return `${node.kind[0]}(${inline(node.children)})`;
        }
      })
      .join('');
  return parseText(text)
    .map((block) =>
      block.kind === 'mono'
        ? `mono(${block.text})`
        : block.kind === 'quote'
          ? `quote(${inline(block.children)})`
          : inline(block.children),
    )
    .join('|');
}

describe('WhatsApp formatting', () => {
  it.each([
    ['plain', 'plain'],
    ['*bold*', 'b(bold)'],
    ['_it_ ~no~ `code`', 'i(it) s(no) c(code)'],
    ['*bold _and italic_*!', 'b(bold i(and italic))!'],
    ['🏡 *Lekki*, 2 beds', '🏡 b(Lekki), 2 beds'],
    ['```a *b*\nc```', 'mono(a *b*\nc)'],
    ['see\n```x\ny```\nthen', 'see\n|mono(x\ny)|then'],
    ['say ```/link a_b_c``` now', 'say c(/link a_b_c) now'],
    ['```a``` and ```b```', 'c(a) and c(b)'],
    ['> quoted\n> twice\nanswer', 'quote(quoted\ntwice)|answer'],
    ['line one\n\nline two', 'line one\n\nline two'],
  ])('reads %j', (text, expected) => {
    expect(short(text)).toBe(expected);
  });

  it.each([
    '3*4*5',
    'snake_case_id',
    '* not bold *',
    '*open',
    '*over\nlines*',
    '**',
    '****',
    '_ _',
    '<b>x</b> & <script>alert(1)</script>',
  ])('leaves %j as it is', (text) => {
    expect(short(text)).toBe(text);
  });

  it.each([
    ['go to https://a.example/x_y_z?q=1.', 'go to a(https://a.example/x_y_z?q=1).'],
    ['(https://a.example/b)', '(a(https://a.example/b))'],
    ['https://a.example/w_(b)', 'a(https://a.example/w_(b))'],
    ['*https://a.example/b*', 'b(a(https://a.example/b))'],
    ['_see https://a.example/c_d now_', 'i(see a(https://a.example/c_d) now)'],
    ['javascript:alert(1)', 'javascript:alert(1)'],
  ])('finds the link in %j', (text, expected) => {
    expect(short(text)).toBe(expected);
  });

  it('reads back as plain words', () => {
    expect(plainText('*Hi* _Sade_ ```42```')).toBe('Hi Sade 42');
  });

  it.each([
    ['👍', true],
    ['👩🏽‍🔧🇳🇬❤️', true],
    ['👍👍👍👍', false],
    ['ok 👍', false],
    ['123', false],
    ['', false],
  ])('takes %j for emoji alone: %s', (text, expected) => {
    expect(isBigEmoji(text)).toBe(expected);
  });
});
