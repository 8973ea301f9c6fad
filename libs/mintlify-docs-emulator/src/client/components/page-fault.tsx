/** What is wrong with a page, and where. */
export interface PageFaultProps {
  /** Path inside the docs folder. */
  file?: string;
  line?: number;
  column?: number;
  reason: string;
}

/**
 * Shows in place of a page, or of a part of it, why it cannot be shown.
 *
 * @example
 * <PageFault file="quickstart.mdx" line={12} reason="Expected a closing tag" />
 */
export function PageFault({ file, line, column, reason }: PageFaultProps) {
  const place = [file, line, line && column].filter(Boolean).join(':');
  return (
    <section className="callout callout-fault" aria-label="Page error" data-testid="page-fault">
      <p className="callout-title">This page cannot be shown</p>
      {place && (
        <p>
          <code>{place}</code>
        </p>
      )}
      <pre className="fault-reason">{reason}</pre>
    </section>
  );
}
