package io.patchbay.server.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Writes entries to a file on a thread of its own: no request waits for the disk or fails by it.
 * What cannot be written is lost, and the server's log says how much. Thread-safe.
 */
final class AuditLog implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(AuditLog.class.getName());
  private static final int CAPACITY = 10_000;
  private static final int BATCH = 500;
  private static final String END = "";

  private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(CAPACITY);
  private final AtomicLong lost = new AtomicLong();
  private final RotatingFile file;
  private final Thread writer;
  private boolean failing;

  AuditLog(RotatingFile file) {
    this.file = file;
    this.writer = Thread.ofPlatform().name("audit-log").daemon().start(this::write);
  }

  void add(AuditEntry entry) {
    if (!waiting.offer(entry.line())) {
      lost.incrementAndGet();
    }
  }

  private void write() {
    List<String> lines = new ArrayList<>();
    boolean going = true;
    while (going) {
      lines.clear();
      try {
        lines.add(waiting.take());
      } catch (InterruptedException stopping) {
        return;
      }
      waiting.drainTo(lines, BATCH);
      going = !lines.contains(END);
      lines.removeIf(String::isEmpty);
      append(lines);
    }
  }

  private void append(List<String> lines) {
    try {
      if (!lines.isEmpty()) {
        file.append(
            lines.stream()
                .collect(Collectors.joining("\n", "", "\n"))
                .getBytes(StandardCharsets.UTF_8));
      }
      failing = false;
    } catch (IOException e) {
      lost.addAndGet(lines.size());
      if (!failing) {
        LOG.log(Level.SEVERE, "the audit log cannot be written", e);
      }
      failing = true;
    }
    if (!failing) {
      long gone = lost.getAndSet(0);
      if (gone > 0) {
        LOG.log(Level.SEVERE, "{0} entries of the audit log are lost", gone);
      }
    }
  }

  /** Writes what waits. */
  @Override
  public void close() {
    try {
      waiting.put(END);
      writer.join();
      file.close();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the audit log cannot be closed", e);
    }
  }
}
