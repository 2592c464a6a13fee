import { describeDocuments } from '../support/documents/describe-documents.js';

jest.setTimeout(180_000);

describe('the commands and requests in', () => describeDocuments(false));
