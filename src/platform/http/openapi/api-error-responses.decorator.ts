import { ApiExtension } from '@nestjs/swagger';
import type { ErrorCode } from '../../../kernel/errors/domain-error.js';

/** The extension that carries the codes of an operation until completeDocument makes them responses. */
export const ERROR_CODES_EXTENSION = 'x-error-codes';

const PARAMETER_ERRORS = 'driver-loans:parameter-errors';

/**
 * Documents the error codes of a route in the OpenAPI document: one response per status. The codes of its parameter
 * decorators are added automatically.
 */
export function ApiErrorResponses(...codes: [ErrorCode, ...ErrorCode[]]): MethodDecorator {
  return (controller, method, route) => {
    const all = [...codes, ...parameterErrors(route.value as object)];
    ApiExtension(ERROR_CODES_EXTENSION, all)(controller, method, route);
  };
}

/** For parameter decorators, which run before method decorators: adds error codes to the route. */
export function addErrorResponses(handler: object, ...codes: ErrorCode[]): void {
  Reflect.defineMetadata(PARAMETER_ERRORS, [...parameterErrors(handler), ...codes], handler);
}

function parameterErrors(handler: object): ErrorCode[] {
  return (Reflect.getMetadata(PARAMETER_ERRORS, handler) ?? []) as ErrorCode[];
}
