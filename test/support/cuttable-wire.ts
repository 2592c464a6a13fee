import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { PassThrough, Transform } from 'node:stream';

/** With it PostgreSQL says that a login is complete: ReadyForQuery, outside a transaction. */
const READY = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);
const FATAL_FIELDS = 'SFATAL\0VFATAL\0C57P01\0Mterminating connection due to administrator command\0\0';

/** A stretch of network before a server, which a test can cut and mend. */
export class CuttableWire {
  private readonly sockets = new Set<net.Socket>();
  private server = net.createServer();
  private port = 0;
  private isEndingLogins = false;
  private endDelayMs = 0;

  private constructor(private readonly target: URL) {}

  static async to(url: string): Promise<CuttableWire> {
    const wire = new CuttableWire(new URL(url));
    await wire.mend();
    return wire;
  }

  /** The server's own URL, but along the wire. */
  get url(): string {
    const url = new URL(this.target);
    url.hostname = '127.0.0.1';
    url.port = String(this.port);
    return url.toString();
  }

  /** Ends every connection and takes no new ones, as a server that is gone. */
  async cut(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  /** Takes connections again, under the same address. */
  async mend(): Promise<void> {
    this.server = net.createServer((near) => this.join(near));
    await new Promise<void>((resolve) => this.server.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
  }

  /** From now on the server ends every connection by the very bytes that complete its login. */
  endLogins(): void {
    this.isEndingLogins = true;
  }

  allowLogins(): void {
    this.isEndingLogins = false;
  }

  /** From now on the end of a connection arrives this much after the server's last words. */
  delayEnds(milliseconds: number): void {
    this.endDelayMs = milliseconds;
  }

  private join(near: net.Socket): void {
    const far = net.connect(Number(this.target.port), this.target.hostname);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        this.sockets.delete(socket);
        setTimeout(() => other.destroy(), this.endDelayMs);
      });
    }
    near.pipe(far);
    const answers = far.pipe(this.isEndingLogins ? endedLogin() : new PassThrough());
    answers.pipe(near, { end: false });
    answers.on('end', () => setTimeout(() => near.end(), this.endDelayMs));
  }
}

/** Passes everything on, up to a FATAL that it adds to the end of the login. */
function endedLogin(): Transform {
  return new Transform({
    transform(chunk: Buffer, _, done) {
      if (!chunk.subarray(-READY.length).equals(READY)) return done(null, chunk);
      this.push(Buffer.concat([chunk, fatal()]));
      this.push(null);
      done();
    },
  });
}

/** An ErrorResponse of PostgreSQL: type, length and fields. */
function fatal(): Buffer {
  const head = Buffer.from('E\0\0\0\0');
  head.writeInt32BE(4 + FATAL_FIELDS.length, 1);
  return Buffer.concat([head, Buffer.from(FATAL_FIELDS)]);
}
