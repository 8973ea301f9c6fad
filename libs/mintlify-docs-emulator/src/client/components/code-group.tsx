import { Children, isValidElement, useEffect, useId, useRef, useState } from 'react';
import type { KeyboardEvent, ReactElement, ReactNode } from 'react';
import { chooseTitle, useChosenTitle } from '../chosen-title.js';
import { CodeBlock, CodeIcon, titleOfCode } from './code-block.js';
import type { CodeBlockProps } from './code-block.js';

/** Props of a code group. */
export interface CodeGroupProps {
  /** A menu instead of tabs. */
  dropdown?: boolean;
  children?: ReactNode;
}

/**
 * Shows several code blocks as tabs, labeled with their titles, or by a menu. Other groups and tabs with the same title follow.
 *
 * @example
 * <CodeGroup><CodeBlock title="npm">…</CodeBlock><CodeBlock title="pnpm">…</CodeBlock></CodeGroup>
 */
export function CodeGroup({ dropdown = false, children }: CodeGroupProps) {
  const blocks = Children.toArray(children).filter(isCodeBlock);
  const titles = blocks.map(({ props }, index) => titleOfCode(props) ?? `Example ${index + 1}`);
  const [own, setOwn] = useState(0);
  const chosenTitle = useChosenTitle();
  const id = useId();
  const tabs = useRef<(HTMLButtonElement | null)[]>([]);
  const index = titles.indexOf(chosenTitle ?? '');
  // What is chosen stays when another title is chosen elsewhere.
  useEffect(() => {
    if (index !== -1) setOwn(index);
  }, [index]);
  const chosen = Math.min(index === -1 ? own : index, Math.max(blocks.length - 1, 0));
  const choose = (next: number): void => {
    setOwn(next);
    chooseTitle(titles[next] ?? '');
  };
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const next = (chosen + step + blocks.length) % blocks.length;
    choose(next);
    tabs.current[next]?.focus();
  };
  const code = <CodeBlock key={chosen} {...blocks[chosen]?.props} title={undefined} data-icon={undefined} />;
  if (dropdown) {
    return (
      <div className="code-group">
        <div className="code-group-menu">
          <CodeIcon icon={blocks[chosen]?.props['data-icon']} />
          <select
            aria-label="Code examples"
            value={chosen}
            onChange={({ target }) => choose(Number(target.value))}
          >
            {blocks.map((block, position) => (
              <option key={block.key} value={position}>
                {titles[position]}
              </option>
            ))}
          </select>
        </div>
        {code}
      </div>
    );
  }
  return (
    <div className="code-group">
      <div role="tablist" aria-label="Code examples" onKeyDown={move}>
        {blocks.map((block, position) => (
          <button
            key={block.key}
            ref={(element) => {
              tabs.current[position] = element;
            }}
            type="button"
            role="tab"
            id={`${id}-tab-${position}`}
            aria-controls={`${id}-panel`}
            aria-selected={position === chosen}
            tabIndex={position === chosen ? 0 : -1}
            onClick={() => choose(position)}
          >
            <CodeIcon icon={block.props['data-icon']} />
            {titles[position]}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-tab-${chosen}`}>
        {code}
      </div>
    </div>
  );
}

function isCodeBlock(child: ReactNode): child is ReactElement<CodeBlockProps> {
  return isValidElement(child);
}
