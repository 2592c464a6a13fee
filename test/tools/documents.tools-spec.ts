import { describeDocuments } from '../support/documents/describe-documents.js';

describe('the documentation with the real curl: commands and requests in', () => describeDocuments(true));
