package io.patchbay.netstack.io;

import io.patchbay.netstack.link.FrameReceiver;
import io.patchbay.netstack.link.IolPorts;
import io.patchbay.netstack.link.LinkCounters;
import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.netstack.wire.Frame;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The socket that an IOL instance sends the frames of all its ports to. Each datagram is a header
 * of eight octets and a frame. The header, as iouyap and ubridge have it: the numbers of receiver
 * and sender, two octets each, most significant first; the port that it goes to and the one that it
 * comes from, each bay + 16 * unit; the type, 1 for a frame; and a channel, 0.
 */
final class LinuxIol implements IolPorts, LinuxInput {
  private static final int HEADER = 8;
  private static final int RECEIVING_PORT = 4;
  private static final int SENDING_PORT = 5;
  private static final int TYPE = 6;
  private static final byte TYPE_FRAME = 1;
  private static final int AF_UNIX = 1;
  private static final int MOST_WAITING = 256;
  private static final long LONGEST_WAIT_MS = 50;

  /** Of a struct sockaddr_un, its closing zero included. */
  private static final int LONGEST_PATH = 108;

  private final LinuxIo io;
  private final ScheduledExecutorService timers;
  private final Path socket;
  private final Port[] ports = new Port[BAYS * UNITS];

  // Guarded by this: memory for one datagram, the system calls that send it, and what waits.
  private final Linux linux = new Linux();
  private final MemorySegment datagram = Arena.ofAuto().allocate(HEADER + Frame.MAX_LENGTH, 8);
  private final MemorySegment peer;
  private final Queue<byte[]> waiting = new ArrayDeque<>();
  private volatile int descriptor;

  private LinuxIol(LinuxIo io, ScheduledExecutorService timers, IolAddress address, int descriptor)
      throws IOException {
    this.io = io;
    this.timers = timers;
    this.descriptor = descriptor;
    socket = address.bridgeSocket();
    peer = address(Arena.ofAuto(), address.instanceSocket());
    for (int key = 0; key < ports.length; key++) {
      ports[key] = new Port((byte) key);
    }
    number(0, address.instance());
    number(2, address.bridge());
    datagram.set(ValueLayout.JAVA_BYTE, TYPE, TYPE_FRAME);
  }

  private void number(int offset, int value) {
    datagram.set(ValueLayout.JAVA_BYTE, offset, (byte) (value >> 8));
    datagram.set(ValueLayout.JAVA_BYTE, offset + 1, (byte) value);
  }

  /**
   * Binds the socket; what is left of an earlier one makes way.
   *
   * @throws IOException if it cannot be bound
   */
  static LinuxIol open(LinuxIo io, Linux linux, ScheduledExecutorService timers, IolAddress address)
      throws IOException {
    Files.deleteIfExists(address.bridgeSocket());
    int descriptor = linux.socket(AF_UNIX);
    try (Arena arena = Arena.ofConfined()) {
      if (linux.bind(descriptor, address(arena, address.bridgeSocket())) < 0) {
        throw new IOException("cannot bind " + address.bridgeSocket() + ", errno " + linux.errno());
      }
      return new LinuxIol(io, timers, address, descriptor);
    } catch (IOException e) {
      linux.close(descriptor);
      throw e;
    }
  }

  private static MemorySegment address(Arena arena, Path path) throws IOException {
    byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
    if (name.length >= LONGEST_PATH) {
      throw new IOException("the path " + path + " is too long for a socket");
    }
    // Family, path, and a zero behind it.
    MemorySegment address = arena.allocate(2L + name.length + 1, 2);
    address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
    MemorySegment.copy(MemorySegment.ofArray(name), 0, address, 2, name.length);
    return address;
  }

  int descriptor() {
    return descriptor;
  }

  @Override
  public LinkEnd port(int bay, int unit) {
    if (bay < 0 || bay >= BAYS || unit < 0 || unit >= UNITS) {
      throw new IllegalArgumentException("no port " + bay + "/" + unit);
    }
    return ports[bay + BAYS * unit];
  }

  @Override
  public void takeInput(Linux ofLoop, MessageBatch inbox, Frame frame) {
    int count = ofLoop.receive(descriptor, inbox.headersFrom(0), MessageBatch.SIZE);
    for (int i = 0; i < count; i++) {
      int length = inbox.received(i) - HEADER;
      // Signs of life of the physical layer are headers without a frame.
      int key = inbox.slot(i, HEADER).get(ValueLayout.JAVA_BYTE, RECEIVING_PORT) & 0xff;
      if (length > 0 && key < ports.length) {
        if (length < Frame.SHORTEST || inbox.truncated(i)) {
          ports[key].counters.countDropped();
        } else {
          EventLoop.guarded(ports[key]::deliver, inbox.view(frame, i, HEADER));
        }
      }
    }
  }

  private synchronized boolean send(byte key, Frame frame) {
    if (descriptor < 0 || frame.length() > Frame.MAX_LENGTH) {
      return false;
    }
    datagram.set(ValueLayout.JAVA_BYTE, RECEIVING_PORT, key);
    datagram.set(ValueLayout.JAVA_BYTE, SENDING_PORT, key);
    frame.copyTo(datagram, HEADER);
    int length = HEADER + frame.length();
    if (waiting.isEmpty() && transmit(length)) {
      return true;
    }
    return (!waiting.isEmpty() || linux.errno() == Linux.EAGAIN) && keep(length);
  }

  private boolean transmit(int length) {
    return linux.sendTo(descriptor, datagram.asSlice(0, length), peer) >= 0;
  }

  /** The kernel holds some ten datagrams for a socket, which a burst of frames soon exceeds. */
  private boolean keep(int length) {
    if (waiting.size() == MOST_WAITING) {
      return false;
    }
    waiting.add(datagram.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE));
    if (waiting.size() == 1) {
      retryIn(1);
    }
    return true;
  }

  private void retryIn(long milliseconds) {
    try {
      timers.schedule(() -> retry(milliseconds), milliseconds, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException shutDown) {
      waiting.clear();
    }
  }

  private synchronized void retry(long waited) {
    while (!waiting.isEmpty()) {
      byte[] next = waiting.peek();
      MemorySegment.copy(next, 0, datagram, ValueLayout.JAVA_BYTE, 0, next.length);
      if (descriptor >= 0 && transmit(next.length)) {
        waiting.remove();
      } else if (descriptor >= 0 && linux.errno() == Linux.EAGAIN) {
        // One that stands still is asked less and less often.
        retryIn(Math.min(2 * waited, LONGEST_WAIT_MS));
        return;
      } else {
        waiting.clear();
      }
    }
  }

  @Override
  public void close() {
    int last;
    synchronized (this) {
      last = descriptor;
      descriptor = -1;
    }
    for (Port port : ports) {
      port.close();
    }
    if (last >= 0) {
      io.retire(last);
      try {
        Files.deleteIfExists(socket);
      } catch (IOException stays) {
        // The next one that wants the number removes it.
      }
    }
  }

  private final class Port implements LinkEnd {
    private final byte key;
    private final LinkCounters counters = new LinkCounters();
    private volatile FrameReceiver receiver = FrameReceiver.DROP;

    Port(byte key) {
      this.key = key;
    }

    void deliver(Frame frame) {
      counters.countReceived(frame.length());
      receiver.receive(frame);
    }

    @Override
    public void send(Frame frame) {
      // The instance may not read, or not be there yet: a wire does not complain either.
      if (LinuxIol.this.send(key, frame)) {
        counters.countSent(frame.length());
      } else {
        counters.countDropped();
      }
    }

    @Override
    public void receiver(FrameReceiver newReceiver) {
      receiver = newReceiver;
    }

    @Override
    public LinkCounters counters() {
      return counters;
    }

    @Override
    public void close() {
      receiver = FrameReceiver.DROP;
    }
  }
}
