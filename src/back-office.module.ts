import { DynamicModule, Module } from '@nestjs/common';
import { LoansModule } from './modules/loans/index.js';
import { UsersModule } from './modules/users/index.js';
import { PlatformModule, Surroundings } from './platform/platform.module.js';

/** The business modules without the HTTP server and without the cron, on the surroundings of the process. */
@Module({})
export class BackOfficeModule {
  static forRoot(surroundings: Surroundings): DynamicModule {
    return {
      module: BackOfficeModule,
      imports: [PlatformModule.forRoot(surroundings), UsersModule, LoansModule],
    };
  }
}
