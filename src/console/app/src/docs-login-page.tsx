import { useEffect, useState } from 'react';
import { NotLoggedInError, openDocs } from 'nestjs-mintlify-personalization/browser';
import type { Backend } from './backend';
import { LoginForm } from './login-form';
import type { Settings } from './settings';

interface DocsLoginPageProps {
  backend: Backend;
  settings: Settings;
}

type Step = 'opening' | 'login' | { problem: string };

/** The Login URL of the docs: hands the user over, after a login if that is needed. */
export function DocsLoginPage({ backend, settings }: DocsLoginPageProps) {
  const [step, setStep] = useState<Step>('opening');
  const open = async () => {
    setStep('opening');
    try {
      setStep((await handOver(backend, settings)) ? 'opening' : 'login');
    } catch (error) {
      setStep({ problem: error instanceof Error ? error.message : String(error) });
    }
  };
  useEffect(() => void open(), []);
  if (step === 'opening') return <p>Opening the docs …</p>;
  if (step === 'login') {
    return <LoginForm backend={backend} reason="Log in to open the docs." onLogIn={() => void open()} />;
  }
  return (
    <p className="problem" role="alert">
      {step.problem}
    </p>
  );
}

/** @returns `false` if the user has to log in first */
async function handOver(backend: Backend, { docsUrl }: Settings): Promise<boolean> {
  const docsOrigin = new URL(docsUrl).origin;
  const tryOnce = async () => {
    const accessToken = await backend.findAccessToken();
    if (accessToken === undefined) return false;
    await openDocs({ endpoint: backend.docsLoginUrl, accessToken, docsOrigin });
    return true;
  };
  try {
    return await tryOnce();
  } catch (error) {
    if (!(error instanceof NotLoggedInError)) throw error;
    // The access token has expired: the session may still be there.
    backend.forgetAccessToken();
    return tryOnce().catch((again: unknown) => {
      if (again instanceof NotLoggedInError) return false;
      throw again;
    });
  }
}
