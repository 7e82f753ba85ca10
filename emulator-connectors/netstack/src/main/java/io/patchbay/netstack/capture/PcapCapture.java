package io.patchbay.netstack.capture;

import io.patchbay.netstack.link.FrameReceiver;
import io.patchbay.netstack.link.LinkStage;
import io.patchbay.netstack.wire.Frame;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Records the frames of both directions to a pcap file, which can be read while it grows. Frames
 * never wait for the disk: a thread of the capture writes what has come meanwhile, and what finds
 * no room in memory is missing from the file. A disk that fails ends the capture with the last
 * whole frames in the file.
 */
public final class PcapCapture implements LinkStage, AutoCloseable {
  /** Ethernet, in the registry of link types (LINKTYPE_ETHERNET). */
  public static final int ETHERNET = 1;

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Path path;
  private final FileChannel file;
  private final Consumer<String> onTrouble;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition progress = lock.newCondition();
  private PcapBatch filling = new PcapBatch();
  private PcapBatch writing = new PcapBatch();
  private long written;
  private long missing;
  private volatile boolean ending;
  private volatile boolean ended;

  private PcapCapture(Path path, FileChannel file, Consumer<String> onTrouble) throws IOException {
    this.path = path;
    this.file = file;
    this.written = file.position();
    this.onTrouble = onTrouble;
    Thread.ofVirtual().name("capture").start(this::write);
  }

  /**
   * Begins a capture; whatever the file held is lost.
   *
   * @param linkType a number of the registry of link types
   * @param onTrouble is told, in a sentence, why the capture has ended by itself or what is missing
   *     from it
   */
  public static PcapCapture begin(Path path, int linkType, Consumer<String> onTrouble)
      throws IOException {
    return new PcapCapture(path, PcapFile.create(path, linkType), onTrouble);
  }

  /**
   * Goes on with a capture that a process that was killed had begun: what its file holds stays, but
   * for a last record that is not whole. A file that is missing is made.
   *
   * @throws IOException if the file is not one of such a capture, or cannot be written
   */
  public static PcapCapture resume(Path path, int linkType, Consumer<String> onTrouble)
      throws IOException {
    return new PcapCapture(path, PcapFile.reopen(path, linkType), onTrouble);
  }

  public Path path() {
    return path;
  }

  /** Whether nothing is recorded any more, because it was closed or the disk failed. */
  public boolean isOver() {
    return ended;
  }

  @Override
  public FrameReceiver lead(Direction direction, FrameReceiver next, Runnable dropped) {
    return frame -> {
      record(frame);
      next.receive(frame);
    };
  }

  /** Takes a frame that passes; never waits for the disk. */
  public void record(Frame frame) {
    if (ending) {
      return;
    }
    lock.lock();
    try {
      boolean first = filling.isEmpty();
      if (!filling.add(Instant.now(), frame)) {
        missing++;
      } else if (first) {
        work.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private void write() {
    String trouble = "";
    try (file) {
      while (nextBatch()) {
        int bytes = writing.writeTo(file);
        advance(bytes);
      }
    } catch (IOException full) {
      trouble = "Capture " + path.getFileName() + " has ended: " + full.getMessage();
    }
    lock.lock();
    try {
      ending = true;
      ended = true;
      filling = new PcapBatch();
      progress.signalAll();
      if (trouble.isEmpty() && missing > 0) {
        trouble =
            missing
                + " frames are missing from capture "
                + path.getFileName()
                + ": the disk is slow";
      }
    } finally {
      lock.unlock();
    }
    if (!trouble.isEmpty()) {
      onTrouble.accept(trouble);
    }
  }

  /**
   * Waits for frames and takes them over to be written.
   *
   * @return false if the capture ends and there are none
   */
  private boolean nextBatch() {
    lock.lock();
    try {
      while (filling.isEmpty() && !ending) {
        work.awaitUninterruptibly();
      }
      PcapBatch full = filling;
      filling = writing;
      writing = full;
      return !full.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private void advance(int bytes) {
    lock.lock();
    try {
      written += bytes;
      progress.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Reads the file from its beginning. At its end a read waits for more frames; the stream ends
   * with the capture.
   */
  public InputStream stream() throws IOException {
    return new PcapStream(this, FileChannel.open(path, StandardOpenOption.READ));
  }

  /**
   * How far the file can be read; waits until that is beyond a position, the capture has ended or
   * the reader has given up.
   */
  long awaitBeyond(long position, BooleanSupplier givenUp) throws InterruptedException {
    lock.lock();
    try {
      while (written <= position && !ended && !givenUp.getAsBoolean()) {
        progress.await();
      }
      return written;
    } finally {
      lock.unlock();
    }
  }

  void wakeReaders() {
    lock.lock();
    try {
      progress.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the capture; returns when what was recorded is in the file. Harmless if it has ended. */
  @Override
  public void close() {
    lock.lock();
    try {
      ending = true;
      work.signal();
      long left = PATIENCE.toNanos();
      while (!ended && left > 0) {
        left = progress.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }
}
