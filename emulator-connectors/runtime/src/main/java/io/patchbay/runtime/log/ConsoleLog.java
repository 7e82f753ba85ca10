package io.patchbay.runtime.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What a node's console printed, in {@code console.log} of the node's directory. When that has
 * reached its limit it becomes {@code console-1.log}, which replaces an earlier one. Both names are
 * such that archives of projects leave them out. Thread-safe.
 */
public final class ConsoleLog implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(ConsoleLog.class.getName());

  private static final String CURRENT = "console.log";
  private static final String OLDER = "console-1.log";

  /** What a console may print while the disk is slow; the rest is lost. */
  private static final int MOST_WAITING = 256 * 1024;

  private static final byte[] LOST =
      "\r\n[more was printed than could be written]\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Path directory;
  private final int limit;
  private final Consumer<Runnable> writer;

  /** Guards the files; taken before the one for what waits. */
  private final Object files = new Object();

  private final Object memory = new Object();
  private ByteArrayOutputStream waiting = new ByteArrayOutputStream();
  private boolean lost;
  private boolean closed;

  /**
   * @param limit of a file, in bytes; 0 for no log
   * @param writer runs what writes, soon and on a thread that may wait
   */
  ConsoleLog(Path directory, int limit, Consumer<Runnable> writer) {
    this.directory = directory;
    this.limit = limit;
    this.writer = writer;
  }

  /** Takes what was printed; never waits. */
  public void append(byte[] data) {
    synchronized (memory) {
      if (limit == 0 || closed || data.length == 0) {
        return;
      }
      boolean first = waiting.size() == 0 && !lost;
      if (waiting.size() + data.length > MOST_WAITING) {
        lost = true;
      } else {
        waiting.writeBytes(data);
      }
      if (first) {
        writer.accept(this::write);
      }
    }
  }

  private byte[] take() {
    synchronized (memory) {
      if (lost) {
        waiting.writeBytes(LOST);
      }
      byte[] data = waiting.toByteArray();
      waiting = new ByteArrayOutputStream();
      lost = false;
      return data;
    }
  }

  private void write() {
    synchronized (files) {
      byte[] data = take();
      if (data.length == 0) {
        return;
      }
      try {
        Files.createDirectories(directory);
        Path current = directory.resolve(CURRENT);
        if (Files.exists(current) && Files.size(current) + data.length > limit) {
          Files.move(current, directory.resolve(OLDER), StandardCopyOption.REPLACE_EXISTING);
        }
        int from = Math.max(0, data.length - limit);
        try (OutputStream out =
            Files.newOutputStream(current, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
          out.write(data, from, data.length - from);
        }
      } catch (IOException full) {
        // A console without a log is better than none.
        LOG.log(Level.FINE, "cannot write the console's log in " + directory, full);
      }
    }
  }

  /**
   * Everything that is kept, the oldest first; the caller closes it.
   *
   * @throws IOException if a file cannot be read
   */
  public InputStream read() throws IOException {
    synchronized (files) {
      write();
      return new SequenceInputStream(open(OLDER), open(CURRENT));
    }
  }

  private InputStream open(String name) throws IOException {
    Path file = directory.resolve(name);
    return Files.exists(file) ? Files.newInputStream(file) : InputStream.nullInputStream();
  }

  /** Writes what waits and takes nothing more, so that the directory may go. */
  @Override
  public void close() {
    synchronized (memory) {
      closed = true;
    }
    write();
  }
}
