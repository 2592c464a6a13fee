import { describeDocuments } from '../support/documents/describe-documents.js';

describe('the commands and requests in', () => describeDocuments(false));
