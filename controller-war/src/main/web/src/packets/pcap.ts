/** One record of a capture. */
export interface Packet {
  number: number;
  /** Seconds since the epoch. */
  time: number;
  /** Octets on the wire; fewer may have been kept. */
  length: number;
  data: Uint8Array;
}

const HEADER = 24;
const RECORD = 16;
const LARGEST = 262_144;

/** Takes a pcap file (draft-ietf-opsawg-pcap) apart as it comes. */
export class PcapReader {
  /** The link type of the file (1 is Ethernet); known once its header is there. */
  linkType: number | undefined;
  private rest = new Uint8Array(0);
  private little = true;
  private fraction = 1e-6;
  private count = 0;

  /**
   * @returns the packets that are whole now
   * @throws Error if this is no pcap file
   */
  take(chunk: Uint8Array): Packet[] {
    const data = new Uint8Array(this.rest.length + chunk.length);
    data.set(this.rest);
    data.set(chunk, this.rest.length);
    const view = new DataView(data.buffer);
    let at = 0;
    if (this.linkType === undefined) {
      if (data.length < HEADER) {
        this.rest = data;
        return [];
      }
      this.readHeader(view);
      at = HEADER;
    }
    const packets: Packet[] = [];
    while (data.length - at >= RECORD) {
      const kept = view.getUint32(at + 8, this.little);
      if (kept > LARGEST) {
        throw new Error('a record is too long');
      }
      if (data.length - at - RECORD < kept) {
        break;
      }
      packets.push({
        number: ++this.count,
        time:
          view.getUint32(at, this.little) + view.getUint32(at + 4, this.little) * this.fraction,
        length: view.getUint32(at + 12, this.little),
        data: data.slice(at + RECORD, at + RECORD + kept),
      });
      at += RECORD + kept;
    }
    this.rest = data.slice(at);
    return packets;
  }

  private readHeader(view: DataView): void {
    const magic = view.getUint32(0, true);
    this.little = magic === 0xa1b2c3d4 || magic === 0xa1b23c4d;
    const read = view.getUint32(0, this.little);
    if (read !== 0xa1b2c3d4 && read !== 0xa1b23c4d) {
      throw new Error('no pcap file');
    }
    this.fraction = read === 0xa1b23c4d ? 1e-9 : 1e-6;
    this.linkType = view.getUint32(20, this.little) & 0xffff;
  }
}
