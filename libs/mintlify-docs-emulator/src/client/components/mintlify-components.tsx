import {
  Accordion as MintlifyAccordion,
  Card as MintlifyCard,
  Columns as MintlifyColumns,
  Frame as MintlifyFrame,
  Property,
  Steps,
  Tabs as MintlifyTabs,
  Tooltip as MintlifyTooltip,
} from '@mintlify/components';
import type { ComponentProps, ReactNode } from 'react';
import { docsHref } from '../page-data.js';

/** Mintlify's own components, with the names and props that pages use. */

/** The icon of a component: a name, a path, a URL or an element. */
export type IconProps = Pick<ComponentProps<typeof MintlifyCard>, 'icon' | 'iconType' | 'iconLibrary'>;

/** Props of a card. */
export interface CardProps extends IconProps {
  title?: string;
  /** A picture at its top. */
  img?: string;
  /** Shows an arrow in its corner. */
  arrow?: boolean;
  disabled?: boolean;
  color?: string;
  /** Makes the whole card a link. */
  href?: string;
  horizontal?: boolean;
  cta?: string;
  children?: ReactNode;
}

/** @example <Card title="Quickstart" href="/quickstart">Five minutes.</Card> */
export function Card({ href, img, children, ...rest }: CardProps) {
  return (
    <MintlifyCard {...rest} href={docsHref(href)} img={docsHref(img)}>
      {children}
    </MintlifyCard>
  );
}

/** @example <Columns cols={2}><Card title="One" /><Card title="Two" /></Columns> */
export function Columns({ cols = 2, children }: { cols?: 1 | 2 | 3 | 4; children?: ReactNode }) {
  return <MintlifyColumns cols={cols}>{children}</MintlifyColumns>;
}

/** The common props of parameters and fields. */
export interface FieldProps {
  type?: string;
  default?: unknown;
  required?: boolean;
  deprecated?: boolean;
  children?: ReactNode;
}

/** @example <ResponseField name="groups" type="string[]">Up to 1,000.</ResponseField> */
export function ResponseField({ name, type = '', children, ...rest }: FieldProps & { name: string }) {
  return (
    <Property name={name} type={type} {...rest}>
      {children}
    </Property>
  );
}

/** The name of the prop is the location of the parameter. */
export type ParamFieldProps = FieldProps & { query?: string; path?: string; body?: string; header?: string };

/** @example <ParamField query="redirect" type="string">The page to go to.</ParamField> */
export function ParamField({ query, path, body, header, type = '', children, ...rest }: ParamFieldProps) {
  const location = Object.entries({ query, path, body, header }).find(([, name]) => name !== undefined);
  return (
    <Property name={location?.[1] ?? ''} location={location?.[0]} type={type} {...rest}>
      {children}
    </Property>
  );
}

/** @example <Frame caption="The visitor">…</Frame> */
export function Frame({
  caption,
  title,
  children,
}: {
  caption?: string;
  title?: string;
  children?: ReactNode;
}) {
  return (
    <MintlifyFrame as="div" style={{}} className="" title={title} description={caption}>
      {children}
    </MintlifyFrame>
  );
}

/** @example <Tooltip tip="JSON Web Token">JWT</Tooltip> */
export function Tooltip({
  tip,
  children,
  ...rest
}: { tip?: string } & ComponentProps<typeof MintlifyTooltip>) {
  return (
    <MintlifyTooltip description={tip} {...rest}>
      {children}
    </MintlifyTooltip>
  );
}

export { Check, Danger, Expandable, Info, Note, Tip, Warning } from '@mintlify/components';
export { Tabs } from './synced-tabs.js';
export { Steps };
export const AccordionGroup = MintlifyAccordion.Group;
export const Step = Steps.Item;
export const Tab = MintlifyTabs.Item;
