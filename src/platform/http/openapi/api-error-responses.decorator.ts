import { ApiExtension } from '@nestjs/swagger';
import type { ErrorCode } from '../../../kernel/errors/domain-error.js';

/** The extension that carries the codes of an operation until completeDocument makes them responses. */
export const ERROR_CODES_EXTENSION = 'x-error-codes';

const REFUSALS_OF_PARAMETERS = 'driver-loans:refusals-of-parameters';

/**
 * Declares in the OpenAPI document which errors a route answers: one response per status, with its codes. The errors
 * that the decorators of the parameters declare are added.
 */
export function ApiErrorResponses(...codes: [ErrorCode, ...ErrorCode[]]): MethodDecorator {
  return (controller, method, route) => {
    const all = [...codes, ...refusalsOfParameters(route.value as object)];
    ApiExtension(ERROR_CODES_EXTENSION, all)(controller, method, route);
  };
}

/** For a decorator of a parameter, which runs before the decorators of the method: adds errors to the route. */
export function addErrorResponses(handler: object, ...codes: ErrorCode[]): void {
  Reflect.defineMetadata(REFUSALS_OF_PARAMETERS, [...refusalsOfParameters(handler), ...codes], handler);
}

function refusalsOfParameters(handler: object): ErrorCode[] {
  return (Reflect.getMetadata(REFUSALS_OF_PARAMETERS, handler) ?? []) as ErrorCode[];
}
