import SwaggerUI from 'swagger-ui-dist/swagger-ui-es-bundle.js';
import 'swagger-ui-dist/swagger-ui.css';
import './docs.css';

SwaggerUI({
  dom_id: '#docs',
  url: new URL('../openapi.json', location.href).pathname,
  deepLinking: true,
  displayRequestDuration: true,
  filter: true,
  // The token stays where it was typed: in this page's memory.
  persistAuthorization: false,
  tryItOutEnabled: true,
  // Nobody elsewhere is asked whether the contract is right.
  validatorUrl: null,
  defaultModelsExpandDepth: 0,
  docExpansion: 'list',
});

// Swagger UI's dark colours are chosen by a class on the root.
const dark = matchMedia('(prefers-color-scheme: dark)');
const paint = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', paint);
paint();
