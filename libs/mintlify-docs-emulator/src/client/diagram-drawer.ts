import { isRecord } from '../shared/type-guards.js';
import { libraryUrl } from './library-files.js';

/** The part of Mermaid's API that is used here. */
interface Mermaid {
  initialize(options: object): void;
  render(id: string, text: string, container?: Element): Promise<{ svg: string }>;
}

let loading: Promise<Mermaid> | undefined;
let drawings: Promise<unknown> = Promise.resolve();

/**
 * Draws a Mermaid diagram as SVG. Mermaid itself is loaded at the first one.
 *
 * @param id unique on the page.
 * @throws Error that says what is wrong with the text.
 * @example
 * const svg = await drawDiagram('diagram1', 'flowchart LR; A --> B', false);
 */
export function drawDiagram(id: string, text: string, isDark: boolean): Promise<string> {
  // One after the other: the settings belong to all of Mermaid.
  const drawing = drawings.then(async () => {
    loading ??= loadMermaid();
    const mermaid = await loading;
    mermaid.initialize({
      startOnLoad: false,
      securityLevel: 'strict',
      suppressErrorRendering: true,
      fontFamily: 'inherit',
      theme: isDark ? 'dark' : 'default',
      // Mermaid's own is too pale to read its text on.
      ...(isDark && { themeVariables: { edgeLabelBackground: '#333a47' } }),
    });
    // Texts are measured in a box that no one sees.
    const box = document.createElement('div');
    box.className = 'diagram-measure';
    document.body.append(box);
    try {
      return (await mermaid.render(`${id}-${isDark ? 'dark' : 'light'}`, text, box)).svg;
    } finally {
      box.remove();
    }
  });
  drawings = drawing.catch(() => undefined);
  return drawing;
}

async function loadMermaid(): Promise<Mermaid> {
  const script = document.createElement('script');
  script.src = libraryUrl('mermaid/mermaid.tiny.js');
  await new Promise((resolve, reject) => {
    script.addEventListener('load', resolve);
    script.addEventListener('error', () => reject(new Error('Mermaid cannot be loaded.')));
    document.head.append(script);
  });
  const { mermaid } = globalThis as { mermaid?: unknown };
  if (!isMermaid(mermaid)) throw new Error('Mermaid cannot be loaded.');
  return mermaid;
}

function isMermaid(value: unknown): value is Mermaid {
  return isRecord(value) && typeof value.render === 'function' && typeof value.initialize === 'function';
}
