import { describeDocuments } from '../support/documents/documents-run.js';

jest.setTimeout(180_000);

describe('with curl itself, the commands and requests of', () => describeDocuments(true));
