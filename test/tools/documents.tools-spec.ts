import { describeDocuments } from '../support/documents/describe-documents.js';

jest.setTimeout(180_000);

describe('the documentation with the real curl: commands and requests in', () => describeDocuments(true));
