import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Hub } from './hub.ts';
import { Session } from './session.ts';
import { App } from './ui/App.tsx';
import './styles/main.css';

const root = document.getElementById('root');
if (!root) {
  throw new Error('The page has no #root');
}
const session = new Session();
createRoot(root).render(
  <StrictMode>
    <App session={session} hub={new Hub(session)} />
  </StrictMode>,
);
