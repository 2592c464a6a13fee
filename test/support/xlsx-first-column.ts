import { inflateRawSync } from 'node:zlib';

/**
 * The texts in the first column of the first sheet. exceljs needs half a minute for tens of thousands of rows, so this
 * reads the ZIP archive and the XML directly. Rows without a text in the first column are omitted.
 */
export function firstColumnOfExcel(bytes: Buffer): string[] {
  const sheet = readZipEntry(bytes, 'xl/worksheets/sheet1.xml').toString('utf8');
  return [...sheet.matchAll(/<c r="A\d+"[^>]*><is><t[^>]*>([^<]*)<\/t>/g)].map(([, text]) => text ?? '');
}

/** The entry of the archive, found through its central directory (APPNOTE.TXT of PKWARE, sections 4.3.12 and 4.3.16). */
function readZipEntry(zip: Buffer, name: string): Buffer {
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const nameEnd = at + 46 + zip.readUInt16LE(at + 28);
    if (zip.toString('utf8', at + 46, nameEnd) === name) {
      const header = zip.readUInt32LE(at + 42);
      const start = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
      return inflateRawSync(zip.subarray(start, start + zip.readUInt32LE(at + 20)));
    }
    at = nameEnd + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  throw new Error(`The archive has no entry ${name}`);
}
