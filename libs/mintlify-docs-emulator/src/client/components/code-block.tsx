import { Children, isValidElement, useId, useRef, useState } from 'react';
import type { ComponentProps, KeyboardEvent, ReactElement, ReactNode } from 'react';

/**
 * A code block with an optional title and a copy button.
 *
 * @example
 * <CodeBlock title="Terminal"><code>npm test</code></CodeBlock>
 */
export function CodeBlock({ title, children, ...rest }: ComponentProps<'pre'>) {
  const block = useRef<HTMLPreElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(block.current?.textContent ?? '');
    setCopied(true);
  };
  return (
    <div className="code-sample">
      {title && <p className="code-title">{title}</p>}
      {/* Browsers have no clipboard API on plain http, except on localhost. */}
      {'clipboard' in navigator && (
        <button type="button" className="copy" onClick={() => void copy()}>
          {copied ? 'Copied' : 'Copy'}
        </button>
      )}
      <pre ref={block} tabIndex={0} {...rest}>
        {children}
      </pre>
    </div>
  );
}

/**
 * Shows several code blocks as tabs, labeled with their titles.
 *
 * @example
 * <CodeGroup><CodeBlock title="npm">…</CodeBlock><CodeBlock title="pnpm">…</CodeBlock></CodeGroup>
 */
export function CodeGroup({ children }: { children?: ReactNode }) {
  const blocks = Children.toArray(children).filter(isCodeBlock);
  const [chosen, setChosen] = useState(0);
  const id = useId();
  const tabs = useRef<(HTMLButtonElement | null)[]>([]);
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const next = (chosen + step + blocks.length) % blocks.length;
    setChosen(next);
    tabs.current[next]?.focus();
  };
  return (
    <div className="code-group">
      <div role="tablist" aria-label="Code examples" onKeyDown={move}>
        {blocks.map((block, index) => (
          <button
            key={block.key}
            ref={(element) => {
              tabs.current[index] = element;
            }}
            type="button"
            role="tab"
            id={`${id}-tab-${index}`}
            aria-controls={`${id}-panel`}
            aria-selected={index === chosen}
            tabIndex={index === chosen ? 0 : -1}
            onClick={() => setChosen(index)}
          >
            {block.props.title ?? `Example ${index + 1}`}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-tab-${chosen}`}>
        <CodeBlock key={chosen} {...blocks[chosen]?.props} title={undefined} />
      </div>
    </div>
  );
}

function isCodeBlock(child: ReactNode): child is ReactElement<ComponentProps<'pre'>> {
  return isValidElement(child);
}
