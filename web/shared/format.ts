/**
 * WhatsApp's own text formatting, read into a tree: `*bold*`, `_italic_`, `~strike~`,
 * `` `code` ``, ` ```mono``` ` (a block where it has several lines), lines that start with
 * `> `, and links. The text stays data:
 * nothing in it can become markup.
 */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'link'; text: string; href: string }
  | { kind: 'code'; text: string }
  | { kind: 'bold' | 'italic' | 'strike'; children: Inline[] };

export type Block =
  { kind: 'paragraph'; children: Inline[] } | { kind: 'quote'; children: Inline[] } | { kind: 'mono'; text: string };

const MARKS: Record<string, 'bold' | 'italic' | 'strike' | 'code'> = {
  '*': 'bold',
  _: 'italic',
  '~': 'strike',
  '`': 'code',
};

const FENCE = /```([^`]*\n[^`]*)```/g;
const MONO = /```([^`\n]+)```/y;
const LINK = /https?:\/\/[^\s<>"]+/giu;
const WORD = /[\p{L}\p{N}]/u;
const EMOJI = /\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|[0-9#*]\uFE0F?\u20E3/u;

/** Reads a message's text; an empty text gives no block. */
export function parseText(text: string): Block[] {
  const blocks: Block[] = [];
  let done = 0;
  for (const fence of text.matchAll(FENCE)) {
    addLines(blocks, text.slice(done, fence.index));
    blocks.push({ kind: 'mono', text: (fence[1] ?? '').replace(/^\n|\n$/g, '') });
    done = fence.index + fence[0].length;
  }
  addLines(blocks, text.slice(done));
  return blocks;
}

/** The text without its marks, for notices and quotes. */
export function plainText(text: string): string {
  return parseText(text)
    .map((block) => (block.kind === 'mono' ? block.text : inlineText(block.children)))
    .join('\n');
}

/** Whether a text is one to three emoji and nothing else: shown large, as WhatsApp does. */
export function isBigEmoji(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > 40) {
    return false;
  }
  const characters = [...new Intl.Segmenter().segment(trimmed)].map((part) => part.segment);
  return characters.length <= 3 && characters.every((character) => EMOJI.test(character));
}

function addLines(blocks: Block[], text: string): void {
  if (text === '' || (text.trim() === '' && blocks.length > 0)) {
    return;
  }
  // A fence is a block already: the line break beside it would show as an empty line.
  const lines = (blocks.length > 0 ? text.replace(/^\n/, '') : text).split('\n');
  let kind: 'paragraph' | 'quote' | undefined;
  let run: string[] = [];
  const close = () => {
    if (kind !== undefined) {
      blocks.push({ kind, children: parseInline(run.join('\n')) });
    }
    run = [];
  };
  for (const line of lines) {
    const quoted = line.startsWith('> ');
    const next = quoted ? 'quote' : 'paragraph';
    if (next !== kind) {
      close();
      kind = next;
    }
    run.push(quoted ? line.slice(2) : line);
  }
  close();
}

function parseInline(text: string): Inline[] {
  const links = findLinks(text);
  const nodes: Inline[] = [];
  let plain = '';
  const flush = () => {
    if (plain !== '') {
      nodes.push({ kind: 'text', text: plain });
      plain = '';
    }
  };
  for (let i = 0; i < text.length;) {
    const link = links.find((candidate) => candidate.start === i);
    if (link) {
      flush();
      const href = text.slice(link.start, link.end);
      nodes.push({ kind: 'link', text: href, href });
      i = link.end;
      continue;
    }
    MONO.lastIndex = i;
    const mono = MONO.exec(text);
    if (mono) {
      flush();
      nodes.push({ kind: 'code', text: mono[1] ?? '' });
      i = MONO.lastIndex;
      continue;
    }
    const mark = text[i] ?? '';
    const kind = MARKS[mark];
    const end = kind ? findClosing(text, i, mark, links) : -1;
    if (kind && end > 0) {
      flush();
      const inner = text.slice(i + 1, end);
      nodes.push(kind === 'code' ? { kind, text: inner } : { kind, children: parseInline(inner) });
      i = end + 1;
      continue;
    }
    plain += mark;
    i++;
  }
  flush();
  return nodes;
}

interface Range {
  start: number;
  end: number;
}

function findLinks(text: string): Range[] {
  return [...text.matchAll(LINK)].map((match) => {
    let link = match[0];
    // A sentence's own punctuation and a mark that closes behind the link are not part of it.
    for (;;) {
      const last = link.at(-1) ?? '';
      const bracket = last === ')' && link.split(')').length > link.split('(').length;
      if (!bracket && !/[.,;:!?'*_~`\]}]/.test(last)) {
        return { start: match.index, end: match.index + link.length };
      }
      link = link.slice(0, -1);
    }
  });
}

/** A mark opens at the start of a word and closes at the end of one, on the same line: 3*4*5 and snake_case_id stay as they are. */
function findClosing(text: string, open: number, mark: string, links: Range[]): number {
  const before = text[open - 1] ?? ' ';
  const first = text[open + 1] ?? ' ';
  if (WORD.test(before) || before === mark || first === mark || /\s/.test(first)) {
    return -1;
  }
  for (let i = open + 1; i < text.length && text[i] !== '\n'; i++) {
    const inLink = links.some((link) => i >= link.start && i < link.end);
    if (text[i] === mark && i > open + 1 && !inLink) {
      const after = text[i + 1] ?? ' ';
      if (!/\s/.test(text[i - 1] ?? ' ') && !WORD.test(after) && after !== mark) {
        return i;
      }
    }
  }
  return -1;
}

function inlineText(nodes: Inline[]): string {
  return nodes.map((node) => ('children' in node ? inlineText(node.children) : node.text)).join('');
}
