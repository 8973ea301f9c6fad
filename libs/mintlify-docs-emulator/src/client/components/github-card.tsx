import { Card } from './mintlify-components.js';

/** Props of a card for a repository. */
export interface GitHubRepoProps {
  /** `owner/name`, or a URL of GitHub. */
  repo?: string;
  className?: string;
}

/**
 * A card that links to a repository. The emulator asks no other host, so the number of stars is not there.
 *
 * @example <GitHub.Repo repo="mintlify/docs" />
 */
function Repo({ repo = '', className }: GitHubRepoProps) {
  const name = repo.replace(/^(?:https?:\/\/)?(?:www\.)?github\.com\//i, '').replace(/(?:\.git)?\/*$/, '');
  return (
    <div className={className}>
      <Card title={name} icon="github" href={`https://github.com/${name}`}>
        The description, stars and forks appear on the deployed docs.
      </Card>
    </div>
  );
}

/** @example <GitHub.Repo repo="mintlify/docs" /> */
export const GitHub = { Repo };
