import { createRoot } from 'react-dom/client';
import { AccountPage } from './account-page';
import { Backend } from './backend';
import '../../../pages/assets/acme.css';
import { DocsLoginPage } from './docs-login-page';
import { readSettings } from './settings';

const settings = await readSettings();
const backend = new Backend(settings.backendUrl);
const Page = location.pathname === '/docs-login' ? DocsLoginPage : AccountPage;

createRoot(document.getElementById('app') ?? document.body).render(
  <>
    <header>
      <span className="brand">Acme Console</span>
    </header>
    <main>
      <Page backend={backend} settings={settings} />
    </main>
  </>,
);
