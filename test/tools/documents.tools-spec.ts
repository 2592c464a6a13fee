import { describeDocuments } from '../support/documents/describe-documents.js';

jest.setTimeout(180_000);

describe('with curl itself, the commands and requests of', () => describeDocuments(true));
