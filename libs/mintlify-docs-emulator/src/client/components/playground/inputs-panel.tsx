import { useEffect, useState } from 'react';
import { reportInputs } from '../../../shared/inputs-report.js';
import type { InputsReport, ListedOperation } from '../../../shared/inputs-report.js';
import { isRecord } from '../../../shared/type-guards.js';
import type { Visitor } from '../../../shared/visitor-types.js';
import { docsHref, pageData } from '../../page-data.js';

/**
 * The part "Playground inputs" of the panel: what the visitor's `apiPlaygroundInputs` fill, operation by operation, and
 * what of them fills nothing.
 *
 * @example
 * <InputsPanel visitor={visitor} />
 */
export function InputsPanel({ visitor }: { visitor?: Visitor }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="inputs-panel" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Playground inputs</summary>
      {isOpen && <LoadedReport visitor={visitor} />}
    </details>
  );
}

function LoadedReport({ visitor }: { visitor: Visitor | undefined }) {
  const [loaded, setLoaded] = useState<{ operations: ListedOperation[]; total: number } | 'failed'>();
  useEffect(() => {
    const controller = new AbortController();
    const show = async (): Promise<void> => {
      const answer = await load(controller.signal);
      if (!controller.signal.aborted) setLoaded(answer);
    };
    void show();
    return () => controller.abort();
  }, []);
  if (loaded === undefined) return <p>Loading …</p>;
  if (loaded === 'failed') return <p>The docs emulator did not respond.</p>;
  const report = reportInputs(
    loaded.operations,
    visitor?.apiPlaygroundInputs,
    visitor && (visitor.groups ?? []),
  );
  return (
    <Report
      report={report}
      hasInputs={visitor?.apiPlaygroundInputs !== undefined}
      left={loaded.total - loaded.operations.length}
    />
  );
}

function Report({
  report: { operations, unused },
  hasInputs,
  left,
}: {
  report: InputsReport;
  hasInputs: boolean;
  left: number;
}) {
  if (operations.length === 0) return <p>These docs have no API operations.</p>;
  return (
    <div data-testid="inputs-report">
      {!hasInputs && (
        <p>
          The user data has no <code>apiPlaygroundInputs</code>, so nothing is filled in.
        </p>
      )}
      {unused.length > 0 && (
        <>
          <h3>Fills nothing</h3>
          <ul data-testid="unused-inputs">
            {unused.map(({ input, reason }) => (
              <li key={input}>
                <code>{input}</code>: {reason}
              </li>
            ))}
          </ul>
        </>
      )}
      <h3>By operation</h3>
      <ul>
        {operations.map(({ page, method, path, filled, empty }) => (
          <li key={page}>
            <a href={docsHref(page)}>
              {method} {path}
            </a>
            : {describe(filled, empty)}
          </li>
        ))}
      </ul>
      {left > 0 && <p>Webhooks, channels and operations over the limit of 300 are not listed: {left}.</p>}
    </div>
  );
}

function describe(filled: readonly string[], empty: readonly string[]): string {
  if (filled.length + empty.length === 0) return 'asks for nothing.';
  const parts = [
    filled.length > 0 ? `fills ${filled.join(', ')}` : 'fills nothing',
    ...(empty.length > 0 ? [`${empty.join(', ')} stays empty`] : []),
  ];
  return `${parts.join('; ')}.`;
}

async function load(
  signal: AbortSignal,
): Promise<{ operations: ListedOperation[]; total: number } | 'failed'> {
  try {
    const response = await fetch(pageData.playground.inputsPath, { signal });
    const answer: unknown = await response.json();
    if (!isRecord(answer) || !Array.isArray(answer.operations)) return 'failed';
    return { operations: answer.operations as ListedOperation[], total: Number(answer.total) };
  } catch {
    return 'failed';
  }
}
