import type { RefObject } from 'react';
import type { Message, Option } from '../api.ts';
import { Sheet } from './Sheet.tsx';

interface ListSheetProps {
  message: Message;
  within: RefObject<HTMLElement | null>;
  onClose: () => void;
  onChoose: (message: Message, option: Option) => void;
}

/** The rows of a list message, by section; a tap sends the row. */
export function ListSheet({ message, within, onClose, onChoose }: ListSheetProps) {
  const sections = bySection(message.options ?? []);
  return (
    <Sheet title={message.options_label ?? message.header ?? 'Choose'} within={within} onClose={onClose}>
      <div className="sheet-scroll">
        {sections.map(({ title, options }, i) => (
          <section key={i} aria-label={title || undefined}>
            {title && <h3>{title}</h3>}
            <ul className="choices">
              {options.map((option) => (
                <li key={option.id ?? option.title}>
                  <button type="button" onClick={() => onChoose(message, option)}>
                    <b>{option.title}</b>
                    {option.description && <span>{option.description}</span>}
                    <i className="radio" aria-hidden="true" />
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Sheet>
  );
}

function bySection(options: readonly Option[]): { title: string; options: Option[] }[] {
  const sections: { title: string; options: Option[] }[] = [];
  for (const option of options) {
    const title = option.section ?? '';
    const last = sections.at(-1);
    if (last?.title === title) {
      last.options.push(option);
    } else {
      sections.push({ title, options: [option] });
    }
  }
  return sections;
}
