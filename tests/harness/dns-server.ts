import { createSocket } from "node:dgram";

export interface DnsServer {
  /** `host:port`, for `DNS_SERVERS`. */
  address: string;
  /** The texts (TXT) of each name. */
  texts: Map<string, string[]>;
  /** Names that were asked for. */
  asked: string[];
  close(): Promise<void>;
}

/** A name server on a free port that knows texts only, and says of all other names that they do not exist. */
export async function startDnsServer(): Promise<DnsServer> {
  const socket = createSocket("udp4");
  const fake: DnsServer = {
    address: "",
    texts: new Map(),
    asked: [],
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
  socket.on("message", (query, from) => {
    const { name, end } = nameAt(query, 12);
    fake.asked.push(name);
    const texts = fake.texts.get(name.toLowerCase()) ?? [];
    const question = query.subarray(12, end + 4);
    const header = Buffer.alloc(12);
    query.copy(header, 0, 0, 2); // the query's id
    header.writeUInt16BE(texts.length > 0 ? 0x8180 : 0x8183, 2); // found, or no such name
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(texts.length, 6);
    socket.send(Buffer.concat([header, question, ...texts.map(record)]), from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  fake.address = `127.0.0.1:${socket.address().port}`;
  return fake;
}

/** A TXT record of the question's name: a text in pieces of at most 255 bytes. */
function record(text: string): Buffer {
  const bytes = Buffer.from(text);
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += 255) {
    const piece = bytes.subarray(at, at + 255);
    pieces.push(Buffer.from([piece.length]), piece);
  }
  const data = Buffer.concat(pieces);
  const head = Buffer.from([0xc0, 0x0c, 0, 16, 0, 1, 0, 0, 0, 60, 0, 0]);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

function nameAt(message: Buffer, start: number): { name: string; end: number } {
  const labels: string[] = [];
  let at = start;
  for (let length = message.readUInt8(at); length > 0; length = message.readUInt8(at)) {
    labels.push(message.toString("latin1", at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join("."), end: at + 1 };
}
