import { isValidElement, useRef, useState } from 'react';
import type { ComponentProps, ReactNode } from 'react';
import { Icon } from './mintlify-icon.js';

/** Props of a code block: its flags are data attributes, as the compiler writes them. */
export type CodeBlockProps = ComponentProps<'pre'> & {
  'data-icon'?: string;
  'data-expandable'?: string;
};

/**
 * A code block with an optional title and icon, and a copy button.
 *
 * @example
 * <CodeBlock title="Terminal"><code>npm test</code></CodeBlock>
 */
export function CodeBlock({ title, children, 'data-icon': icon, ...rest }: CodeBlockProps) {
  const block = useRef<HTMLPreElement>(null);
  const [copied, setCopied] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const isExpandable = rest['data-expandable'] !== undefined;
  const copy = async () => {
    await navigator.clipboard.writeText(block.current?.textContent ?? '');
    setCopied(true);
  };
  return (
    <div className="code-sample">
      {(title ?? icon) !== undefined && (
        <p className="code-title">
          <CodeIcon icon={icon} />
          {title}
        </p>
      )}
      {/* Browsers have no clipboard API on plain http, except on localhost. */}
      {'clipboard' in navigator && (
        <button type="button" className="copy" onClick={() => void copy()}>
          {copied ? 'Copied' : 'Copy'}
        </button>
      )}
      <pre ref={block} tabIndex={0} {...rest} data-open={isExpandable ? isOpen : undefined}>
        {children}
      </pre>
      {isExpandable && (
        <button
          type="button"
          className="code-expander"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? 'Show less' : 'Show all'}
        </button>
      )}
    </div>
  );
}

/**
 * The icon of a code block, before its title.
 *
 * @example
 * <CodeIcon icon="terminal" />
 */
export function CodeIcon({ icon }: { icon?: string }) {
  if (icon === undefined) return null;
  return (
    <span className="entry-icon" aria-hidden="true">
      <Icon icon={icon} color="currentColor" size={14} />
    </span>
  );
}

/**
 * The title of a code block, or the name of its language.
 *
 * @example
 * titleOfCode({ children: <code className="hljs language-bash">ls</code> }); // 'bash'
 */
export function titleOfCode({ title, children }: CodeBlockProps): string | undefined {
  return title ?? /(?:^|\s)language-(?<name>\S+)/.exec(classOf(children))?.groups?.name;
}

function classOf(code: ReactNode): string {
  return isValidElement<{ className?: string }>(code) ? (code.props.className ?? '') : '';
}
