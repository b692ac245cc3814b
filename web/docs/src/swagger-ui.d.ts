declare module 'swagger-ui-dist/swagger-ui-es-bundle.js' {
  /** Such options as this page uses: https://swagger.io/docs/open-source-tools/swagger-ui/usage/configuration/ */
  const SwaggerUI: (options: {
    dom_id: string;
    url: string;
    deepLinking: boolean;
    displayRequestDuration: boolean;
    filter: boolean;
    persistAuthorization: boolean;
    tryItOutEnabled: boolean;
    validatorUrl: null;
    defaultModelsExpandDepth: number;
    docExpansion: 'list' | 'full' | 'none';
  }) => unknown;
  export default SwaggerUI;
}
