package io.patchbay.netstack.link;

import java.util.concurrent.atomic.LongAdder;

/** What passed a link end; counted without a lock, read at any time. */
public final class LinkCounters {
  private final Way received;
  private final Way sent;
  private final LongAdder dropped = new LongAdder();

  private record Way(LongAdder frames, LongAdder bytes) {
    Way() {
      this(new LongAdder(), new LongAdder());
    }

    void count(long moreFrames, long moreBytes) {
      // Who sees a frame sees its bytes, too.
      bytes.add(moreBytes);
      frames.add(moreFrames);
    }
  }

  public LinkCounters() {
    this(new Way(), new Way());
  }

  private LinkCounters(Way received, Way sent) {
    this.received = received;
    this.sent = sent;
  }

  /**
   * Those of the other end of a wire that loses nothing: what is sent here is received there, and
   * counted once for both.
   */
  LinkCounters ofOtherEnd() {
    return new LinkCounters(sent, received);
  }

  /**
   * @param bytes of the frame
   */
  public void countReceived(int bytes) {
    received.count(1, bytes);
  }

  /**
   * @param bytes of the frame
   */
  public void countSent(int bytes) {
    sent.count(1, bytes);
  }

  /**
   * @param bytes of all of them
   */
  public void countSent(int frames, long bytes) {
    sent.count(frames, bytes);
  }

  public void countDropped() {
    dropped.increment();
  }

  /** Counts what another end counted, in addition. */
  public void add(LinkCounters other) {
    received.count(other.received(), other.receivedBytes());
    sent.count(other.sent(), other.sentBytes());
    dropped.add(other.dropped());
  }

  public long received() {
    return received.frames.sum();
  }

  public long sent() {
    return sent.frames.sum();
  }

  /** Octets of the frames that were received, without what carries them, such as UDP. */
  public long receivedBytes() {
    return received.bytes.sum();
  }

  /** Octets of the frames that were sent, without what carries them, such as UDP. */
  public long sentBytes() {
    return sent.bytes.sum();
  }

  /** Frames that were malformed, too long, or found no room. */
  public long dropped() {
    return dropped.sum();
  }
}
