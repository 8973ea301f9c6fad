import type { ReactNode } from 'react';
import { docsHref } from '../page.data.js';

/** Props of a card. */
export interface CardProps {
  title?: string;
  /** Makes the whole card a link. */
  href?: string;
  children?: ReactNode;
}

/**
 * A framed box with a title, a link when it has `href`.
 *
 * @example
 * <Card title="Quickstart" href="/quickstart">Five minutes.</Card>
 */
export function Card({ title, href, children }: CardProps) {
  const inside = (
    <>
      {title && <span className="card-title">{title}</span>}
      <div className="card-body">{children}</div>
    </>
  );
  return href ? (
    <a className="card card-link" href={docsHref(href)}>
      {inside}
    </a>
  ) : (
    <div className="card">{inside}</div>
  );
}

/** Props of a group of cards. */
export interface CardGroupProps {
  /** Number of columns on a wide screen, 1 to 4. Default 2. */
  cols?: number;
  children?: ReactNode;
}

/**
 * Lays cards out in columns.
 *
 * @example
 * <CardGroup cols={2}><Card title="One" /><Card title="Two" /></CardGroup>
 */
export function CardGroup({ cols = 2, children }: CardGroupProps) {
  return <div className={`card-group card-group-${Math.min(4, Math.max(1, cols))}`}>{children}</div>;
}
