import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { Engine } from './engine.ts';
import './styles/main.css';

const root = document.getElementById('root');
if (!root) {
  throw new Error('The page has no #root');
}
createRoot(root).render(
  <StrictMode>
    <App engine={new Engine()} />
  </StrictMode>,
);
