/**
 * The features of curl that the documents use, so that `npm test` needs only npm packages. The system tests run the
 * documents with curl itself.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';

const headers = {};
let [method, url, body, file, showsHead] = [undefined, undefined, undefined, undefined, false];

const DATA = (value) => {
  body = value.startsWith('@') ? readFileSync(value.slice(1)) : value;
};
const WITH_VALUE = {
  '-X': (value) => (method = value),
  '-H': (value) => {
    const [, name, text] = /^([^:]+): ?(.*)$/.exec(value);
    // a header that is given twice is sent twice, as curl does
    (headers[name.toLowerCase()] ??= []).push(text);
  },
  '-d': DATA,
  '--data-binary': DATA,
  '-o': (value) => (file = value),
};

const args = process.argv.slice(2);
while (args.length > 0) {
  const arg = args.shift();
  if (arg in WITH_VALUE) WITH_VALUE[arg](args.shift());
  else if (arg === '-i') showsHead = true;
  else if (!arg.startsWith('-')) url = arg;
  else if (arg !== '-s') throw new Error(`this replacement of curl does not support ${arg}`);
}

if (body !== undefined) headers['content-type'] ??= ['application/x-www-form-urlencoded'];
const request = http.request(url, { method: method ?? (body === undefined ? 'GET' : 'POST'), headers });
request.on('response', async (response) => {
  const chunks = await response.toArray();
  const head = [`HTTP/1.1 ${response.statusCode} ${response.statusMessage}`];
  for (let at = 0; at < response.rawHeaders.length; at += 2) {
    head.push(`${response.rawHeaders[at]}: ${response.rawHeaders[at + 1]}`);
  }
  if (showsHead) process.stdout.write(`${head.join('\r\n')}\r\n\r\n`);
  if (file === undefined) process.stdout.write(Buffer.concat(chunks));
  else writeFileSync(file, Buffer.concat(chunks));
});
request.on('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 7;
});
request.end(body);
