import { Tree as MintlifyTree } from '@mintlify/components';
import { Children, isValidElement } from 'react';
import type { ComponentProps, ReactElement, ReactNode } from 'react';

type Parent = ReactElement<{ children?: ReactNode }>;

/**
 * A tree of files, from `Tree.Folder` and `Tree.File`, or from a Markdown list in which a name with `/` at its end, or with
 * a list below it, is a folder.
 *
 * @example
 * <Tree>
 *
 * - docs/
 *   - index.mdx
 *
 * </Tree>
 */
function FileTree({ children, ...rest }: ComponentProps<typeof MintlifyTree>) {
  return <MintlifyTree {...rest}>{Children.map(children, readList)}</MintlifyTree>;
}

/** With the parts that `@mintlify/components` has. */
export const Tree: typeof MintlifyTree = Object.assign(FileTree, {
  Folder: MintlifyTree.Folder,
  File: MintlifyTree.File,
});

function readList(child: ReactNode): ReactNode {
  if (!isList(child)) return child;
  const items = Children.toArray(child.props.children).filter((item) => isElement(item, 'li'));
  return items.map((item) => <Entry key={item.key} item={item} />);
}

function Entry({ item }: { item: Parent }) {
  const parts = Children.toArray(item.props.children).flatMap((part) =>
    // An item with an empty line in it has paragraphs.
    isElement(part, 'p') ? Children.toArray(part.props.children) : [part],
  );
  const lists = parts.filter(isList);
  const name = parts
    .filter((part) => !isList(part))
    .map(textOf)
    .join('')
    .trim();
  if (lists.length === 0 && !name.endsWith('/')) return <Tree.File name={name} />;
  return (
    <Tree.Folder name={name.replace(/\/$/, '')} defaultOpen={lists.length > 0}>
      {lists.map(readList)}
    </Tree.Folder>
  );
}

function textOf(part: ReactNode): string {
  if (typeof part === 'string' || typeof part === 'number') return String(part);
  return isValidElement<{ children?: ReactNode }>(part)
    ? Children.toArray(part.props.children).map(textOf).join('')
    : '';
}

function isList(part: ReactNode): part is Parent {
  return isElement(part, 'ul') || isElement(part, 'ol');
}

function isElement(part: ReactNode, type: string): part is Parent {
  return isValidElement(part) && part.type === type;
}
