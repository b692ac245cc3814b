import { Fragment, useMemo, type ReactNode } from 'react';
import { parseText, type Inline } from './format.ts';

/** A message's text in WhatsApp's formatting; its line breaks are kept by the style sheet (pre-wrap). */
export function FormattedText({ text }: { text: string }) {
  const blocks = useMemo(() => parseText(text), [text]);
  return blocks.map((block, i) => {
    switch (block.kind) {
      case 'mono':
        return <pre key={i}>{block.text}</pre>;
      case 'quote':
        return <blockquote key={i}>{block.children.map(renderInline)}</blockquote>;
      case 'paragraph':
        return <p key={i}>{block.children.map(renderInline)}</p>;
    }
  });
}

function renderInline(node: Inline, key: number): ReactNode {
  switch (node.kind) {
    case 'text':
      return <Fragment key={key}>{node.text}</Fragment>;
    case 'link':
      return (
        <a key={key} href={node.href} target="_blank" rel="noreferrer noopener">
          {node.text}
        </a>
      );
    case 'code':
      return <code key={key}>{node.text}</code>;
    case 'bold':
      return <strong key={key}>{node.children.map(renderInline)}</strong>;
    case 'italic':
      return <em key={key}>{node.children.map(renderInline)}</em>;
    case 'strike':
      return <s key={key}>{node.children.map(renderInline)}</s>;
  }
}
