import type { PageData } from '../../shared/page-data-types.js';

/** Props of the visitor menu. */
export interface VisitorMenuProps {
  visitors: NonNullable<PageData['visitors']>;
}

/**
 * The menu of docs without a login: shows the page again as another visitor.
 *
 * @example
 * <VisitorMenu visitors={{ path: '/_emulator/visitor', names: ['anonymous', 'admin'], current: 'admin' }} />
 */
export function VisitorMenu({ visitors: { path, names, current } }: VisitorMenuProps) {
  return (
    <label className="visitor-menu">
      <span>Visitor</span>
      <select defaultValue={current} onChange={({ target }) => void switchTo(path, target.value)}>
        {names.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </label>
  );
}

async function switchTo(path: string, name: string): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  await fetch(path, { method: 'POST', headers, body: JSON.stringify({ name }) }).catch(() => undefined);
  location.reload();
}
