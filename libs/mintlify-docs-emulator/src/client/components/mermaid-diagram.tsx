import { useEffect, useId, useState } from 'react';
import { useDarkMode } from '../color-mode.js';
import { drawDiagram } from '../diagram-drawer.js';

/** Props of a diagram. */
export interface MermaidProps {
  /** The text of the diagram. */
  chart?: string;
}

/**
 * A Mermaid diagram. Until it is drawn, and if it cannot be, its text is shown.
 *
 * @example
 * <Mermaid chart="flowchart LR; A --> B" />
 */
export function Mermaid({ chart = '' }: MermaidProps) {
  const id = `diagram${useId().replaceAll(/\W/g, '')}`;
  const isDark = useDarkMode();
  const [drawing, setDrawing] = useState<{ svg?: string; problem?: string }>({});
  useEffect(() => {
    let isCurrent = true;
    const show = (next: typeof drawing): void => void (isCurrent && setDrawing(next));
    drawDiagram(id, chart, isDark).then(
      (svg) => show({ svg }),
      (error: unknown) => show({ problem: error instanceof Error ? error.message : String(error) }),
    );
    return () => {
      isCurrent = false;
    };
  }, [id, chart, isDark]);
  if (drawing.svg !== undefined) {
    return (
      // Mermaid removes scripts and handlers from what it draws, and the content policy runs none.
      // oxlint-disable-next-line react/no-danger -- an SVG that Mermaid has made.
      <div className="diagram" data-drawn="true" dangerouslySetInnerHTML={{ __html: drawing.svg }} />
    );
  }
  return (
    <div className="diagram" data-drawn="false">
      {drawing.problem !== undefined && (
        <p className="diagram-problem" role="alert">
          This diagram cannot be drawn: {drawing.problem}
        </p>
      )}
      <pre className="diagram-text" tabIndex={0}>
        {chart}
      </pre>
    </div>
  );
}
