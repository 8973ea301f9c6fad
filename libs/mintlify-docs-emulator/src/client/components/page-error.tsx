/** The error of a page, and its location. */
export interface PageErrorProps {
  /** What cannot be shown. Default: the page. */
  title?: string;
  /** Path inside the docs folder. */
  file?: string;
  line?: number;
  column?: number;
  reason: string;
}

/**
 * Shows why a page, or a part of it, cannot be shown.
 *
 * @example
 * <PageError file="quickstart.mdx" line={12} reason="Expected a closing tag" />
 */
export function PageError({
  title = 'This page cannot be shown',
  file,
  line,
  column,
  reason,
}: PageErrorProps) {
  const location = [file, line, line && column].filter(Boolean).join(':');
  return (
    <section className="page-error" aria-label="Page error" data-testid="page-error">
      <p className="page-error-title">{title}</p>
      {location && (
        <p>
          <code>{location}</code>
        </p>
      )}
      <pre className="error-reason">{reason}</pre>
    </section>
  );
}
