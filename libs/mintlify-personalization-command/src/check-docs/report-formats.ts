import { escapeControls } from '../../../mintlify-personalization/src/user/escape-controls.js';
import { print, type Terminal } from '../terminal.js';
import type { CheckedDocs } from './check-docs.js';
import type { CheckFinding, Severity } from './check-finding.js';
import { sarifOf } from './sarif.js';

/** How findings are printed. */
export type ReportFormat = 'text' | 'json' | 'github' | 'sarif';

/** Prints what was found. */
export function printReport(
  terminal: Terminal,
  checked: CheckedDocs,
  { format, showsReadable }: { format: ReportFormat; showsReadable: boolean },
): void {
  switch (format) {
    case 'text':
      return printText(terminal, checked, showsReadable);
    case 'json':
      return void terminal.stdout.write(
        `${JSON.stringify({ findings: checked.findings, ...(showsReadable && { readable: checked.readable }) })}\n`,
      );
    case 'github':
      for (const finding of checked.findings) terminal.stdout.write(`${annotationOf(finding)}\n`);
      return;
    case 'sarif':
      return void terminal.stdout.write(`${JSON.stringify(sarifOf(checked.findings), null, 2)}\n`);
  }
}

const TONES = { error: 'bad', warning: 'warning', info: 'faint' } as const;

function printText(
  terminal: Terminal,
  { findings, pageCount, off, readable }: CheckedDocs,
  showsReadable: boolean,
): void {
  for (const { rule, severity, file, line, message, fix } of findings) {
    print(terminal, [TONES[severity], severity], ` ${file}:${line} ${message} `, ['faint', `(${rule})`]);
    print(terminal, '  ', ['strong', fix]);
  }
  for (const [rule, reason] of Object.entries(off)) print(terminal, ['faint', `off ${rule}: ${reason}`]);
  if (showsReadable) {
    print(terminal, ['strong', 'Anyone can read:']);
    for (const { path, why } of readable) print(terminal, `  ${path} `, ['faint', `(${why})`]);
  }
  const counts = (['error', 'warning', 'info'] as const).map((severity) => countOf(findings, severity));
  print(terminal, `${pageCount} pages: ${counts.join(', ')}.`);
}

function countOf(findings: readonly CheckFinding[], severity: Severity): string {
  const count = findings.filter((finding) => finding.severity === severity).length;
  const name = { error: 'error', warning: 'warning', info: 'note' }[severity];
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}

const COMMANDS = { error: 'error', warning: 'warning', info: 'notice' } as const;

/** A workflow command of GitHub Actions, which shows the finding beside the line. */
function annotationOf({ rule, severity, file, line, message, fix }: CheckFinding): string {
  const properties = { file, line: String(line), title: rule };
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(value)}`);
  return `::${COMMANDS[severity]} ${list.join(',')}::${escapeData(`${message} ${fix}`)}`;
}

function escapeData(text: string): string {
  return escapeControls(text.replaceAll('%', '%25'));
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
