package io.patchbay.netstack.io;

import io.patchbay.netstack.link.TerminalEnd;
import io.patchbay.netstack.wire.Frame;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** A terminal that is read by an event loop, so that no thread waits for what is printed. */
final class LinuxTerminal implements TerminalEnd, LinuxInput {
  private static final int PIECE = 4096;

  /** What one turn of the loop reads at most: others have their turn too. */
  private static final int PIECES = 16;

  private static final long TYPING_PAUSE_NS = 5_000_000;
  private static final int TYPING_ATTEMPTS = 2000;

  private final LinuxIo io;
  private final Consumer<byte[]> output;
  private final Runnable ended;
  private final Object reading = new Object();
  private final Object typing = new Object();

  // Guarded by this.
  private final Linux linux = new Linux();
  private final MemorySegment typed = Arena.ofAuto().allocate(PIECE);
  private volatile int descriptor;

  private LinuxTerminal(LinuxIo io, int descriptor, Consumer<byte[]> output, Runnable ended) {
    this.io = io;
    this.descriptor = descriptor;
    this.output = output;
    this.ended = ended;
  }

  /**
   * @throws IOException if there is no such terminal
   */
  static LinuxTerminal open(
      LinuxIo io, Linux linux, String path, Consumer<byte[]> output, Runnable ended)
      throws IOException {
    return new LinuxTerminal(io, linux.openTerminal(path), output, ended);
  }

  int descriptor() {
    return descriptor;
  }

  @Override
  public void takeInput(Linux ofLoop, MessageBatch inbox, Frame frame) {
    int watched = descriptor;
    if (watched >= 0 && !read(ofLoop, inbox.slot(0, PIECE), PIECES)) {
      // Nothing comes any more, and it would be told again and again.
      ((LinuxLoop) Thread.currentThread()).remove(watched);
      ended.run();
    }
  }

  /** Hands on what is there; false if the other end is gone. */
  private boolean read(Linux calls, MemorySegment buffer, int pieces) {
    synchronized (reading) {
      for (int i = 0; i < pieces; i++) {
        long length = calls.read(descriptor, buffer);
        if (length <= 0) {
          return length < 0 && calls.errno() == Linux.EAGAIN;
        }
        output.accept(buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE));
      }
      return true;
    }
  }

  @Override
  public void drain() {
    try (Arena arena = Arena.ofConfined()) {
      read(new Linux(), arena.allocate(PIECE), Integer.MAX_VALUE);
    }
  }

  @Override
  public void type(byte[] input) {
    synchronized (typing) {
      int done = 0;
      for (int attempt = 0; done < input.length && attempt < TYPING_ATTEMPTS; attempt++) {
        int taken = write(input, done);
        if (taken > 0) {
          done += taken;
          attempt = 0;
        } else if (descriptor < 0) {
          return;
        } else {
          LockSupport.parkNanos(TYPING_PAUSE_NS);
        }
      }
    }
  }

  private synchronized int write(byte[] input, int from) {
    int length = Math.min(PIECE, input.length - from);
    MemorySegment.copy(MemorySegment.ofArray(input), from, typed, 0, length);
    return descriptor < 0 ? -1 : (int) linux.write(descriptor, typed.asSlice(0, length));
  }

  @Override
  public void close() {
    int last;
    synchronized (this) {
      last = descriptor;
      descriptor = -1;
    }
    if (last >= 0) {
      io.retire(last);
    }
  }
}
