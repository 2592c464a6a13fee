import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { PassThrough, Transform } from 'node:stream';

/** PostgreSQL sends this when a login is complete: ReadyForQuery, outside a transaction. */
const READY = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);
const FATAL_FIELDS = 'SFATAL\0VFATAL\0C57P01\0Mterminating connection due to administrator command\0\0';

/** A TCP proxy in front of a server. A test can stop and restart it to simulate a network failure. */
export class TcpProxy {
  private readonly sockets = new Set<net.Socket>();
  private server = net.createServer();
  private port = 0;
  private isTerminatingLogins = false;
  private closeDelayMs = 0;

  private constructor(private readonly target: URL) {}

  static async to(url: string): Promise<TcpProxy> {
    const proxy = new TcpProxy(new URL(url));
    await proxy.start();
    return proxy;
  }

  /** The server's URL with the host and port of the proxy. */
  get url(): string {
    const url = new URL(this.target);
    url.hostname = '127.0.0.1';
    url.port = String(this.port);
    return url.toString();
  }

  /** Closes every connection and accepts no new ones, like a server that is down. */
  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  /** Accepts connections again, on the same port. */
  async start(): Promise<void> {
    this.server = net.createServer((near) => this.join(near));
    await new Promise<void>((resolve) => this.server.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
  }

  /** From now on the server terminates every connection in the same packet that completes its login. */
  terminateLogins(): void {
    this.isTerminatingLogins = true;
  }

  allowLogins(): void {
    this.isTerminatingLogins = false;
  }

  /** From now on the close of a connection arrives this long after the last bytes of the server. */
  delayCloses(milliseconds: number): void {
    this.closeDelayMs = milliseconds;
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
        setTimeout(() => other.destroy(), this.closeDelayMs);
      });
    }
    near.pipe(far);
    const answers = far.pipe(this.isTerminatingLogins ? terminatedLogin() : new PassThrough());
    answers.pipe(near, { end: false });
    answers.on('end', () => setTimeout(() => near.end(), this.closeDelayMs));
  }
}

/** Forwards the login with a FATAL error at its end, and nothing that the server says after it. */
function terminatedLogin(): Transform {
  let hasEnded = false;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      if (hasEnded) return done();
      if (!chunk.subarray(-READY.length).equals(READY)) return done(null, chunk);
      hasEnded = true;
      this.push(Buffer.concat([chunk, fatal()]));
      this.push(null);
      done();
    },
  });
}

/** A PostgreSQL ErrorResponse: type, length and fields. */
function fatal(): Buffer {
  const head = Buffer.from('E\0\0\0\0');
  head.writeInt32BE(4 + FATAL_FIELDS.length, 1);
  return Buffer.concat([head, Buffer.from(FATAL_FIELDS)]);
}
