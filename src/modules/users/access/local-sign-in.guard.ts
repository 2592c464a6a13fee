import { CanActivate, Injectable, UseGuards } from '@nestjs/common';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { AppConfig } from '../../../platform/config/app-config.js';
import { addErrorResponses } from '../../../platform/http/openapi/api-error-responses.decorator.js';

@Injectable()
class LocalSignInGuard implements CanActivate {
  constructor(private readonly config: AppConfig) {}

  canActivate(): boolean {
    if (this.config.AUTH_JWKS_URL === undefined) return true;
    throw new DomainError('LOCAL_AUTH_DISABLED', 'Sign-in is handled by your identity provider.');
  }
}

/** For routes for passwords and sessions, which do not exist here if an identity provider handles the sign-in. */
export function LocalSignInOnly(): MethodDecorator {
  return (controller, method, route) => {
    UseGuards(LocalSignInGuard)(controller, method, route);
    addErrorResponses(route.value as object, 'LOCAL_AUTH_DISABLED');
  };
}
