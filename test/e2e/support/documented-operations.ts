import type { DocumentedOperation, OpenApiDocument } from '../../support/openapi-document.js';

/** Keyed by method and path, such as 'GET /api/v1/loans' */
export function documentedOperations(document: OpenApiDocument): Map<string, DocumentedOperation> {
  return new Map(
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation]),
    ),
  );
}
