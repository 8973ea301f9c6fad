import { useEffect, useState } from 'react';
import type { Account, Backend } from './backend';
import { LoginForm } from './login-form';
import type { Settings } from './settings';

interface AccountPageProps {
  backend: Backend;
  settings: Settings;
}

/** The front page of the console: the own account, and a link to the docs. */
export function AccountPage({ backend, settings }: AccountPageProps) {
  // `null` until the backend has answered.
  const [account, setAccount] = useState<Account | null | undefined>(null);
  const load = async () => setAccount(await backend.findAccount());
  useEffect(() => void load(), []);
  const logOut = async () => {
    await backend.logOut();
    setAccount(undefined);
  };
  if (account === null) return <p>Loading …</p>;
  if (account === undefined) {
    return <LoginForm backend={backend} reason="Log in to see your account." onLogIn={() => void load()} />;
  }
  return (
    <>
      <h1>Hello, {account.firstName}</h1>
      <dl>
        <dt>Email</dt>
        <dd>{account.email}</dd>
        <dt>Company</dt>
        <dd>{account.company}</dd>
        <dt>Plan</dt>
        <dd>{account.plan}</dd>
      </dl>
      <div className="actions">
        <a className="button" href="/docs-login">
          Open the docs as {account.firstName}
        </a>
        <a className="button quiet" href={settings.docsUrl}>
          Open the docs without logging in
        </a>
        <button className="quiet" type="button" onClick={() => void logOut()}>
          Log out
        </button>
      </div>
    </>
  );
}
