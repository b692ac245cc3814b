import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Chat } from './chat.ts';
import { App } from './ui/App.tsx';
import './styles/main.css';

const root = document.getElementById('root');
if (!root) {
  throw new Error('The page has no #root');
}
const parameters = new URLSearchParams(location.hash.slice(1));
createRoot(root).render(
  <StrictMode>
    <App chat={new Chat(parameters)} parameters={parameters} />
  </StrictMode>,
);
