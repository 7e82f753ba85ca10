package io.patchbay.emulators.vpcs.shell;

import io.patchbay.runtime.console.History;
import io.patchbay.runtime.console.Keys;
import io.patchbay.runtime.console.LineEditor;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The terminal of a virtual PC: keys in, text out, one command at a time. A thread is there only
 * while a command runs; what is typed meanwhile waits. Thread-safe.
 */
public final class Terminal implements AutoCloseable {
  private static final int TYPE_AHEAD = 4096;

  private final Screen screen;
  private final LineEditor editor;
  private final Work work;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition key = lock.newCondition();
  private final ArrayDeque<Byte> typed = new ArrayDeque<>(0);
  private Optional<Thread> worker = Optional.empty();
  private boolean closed;

  /** What the terminal belongs to. */
  public interface Work {
    /** Runs a line. */
    void execute(String line) throws InterruptedException;

    /** What stands before each line. */
    String prompt();

    /** Told after each line, on the thread that ran it. */
    void done();
  }

  /**
   * @param screen where text goes
   */
  Terminal(Screen screen, History history, Work work) {
    this.screen = screen;
    this.work = work;
    editor = new LineEditor(history, screen::print);
  }

  /** Runs something before the first prompt. */
  public void begin(Job first) {
    lock.lock();
    try {
      start(first);
    } finally {
      lock.unlock();
    }
  }

  /** What the worker does; a Ctrl-C interrupts it. */
  @FunctionalInterface
  public interface Job {
    void run() throws InterruptedException;
  }

  /** Takes what somebody types. */
  public void type(byte[] keys) {
    lock.lock();
    try {
      for (byte octet : keys) {
        if (octet == Keys.CTRL_C && worker.isPresent()) {
          typed.clear();
          worker.get().interrupt();
        } else if (typed.size() < TYPE_AHEAD) {
          typed.add(octet);
          // At once, so that a Ctrl-C that is pasted behind a command ends it.
          if (worker.isEmpty() && !closed) {
            nextLine().ifPresent(line -> start(() -> work.execute(line)));
          }
        }
      }
      key.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Feeds the editor until a line is complete. */
  private Optional<String> nextLine() {
    while (!typed.isEmpty()) {
      Optional<String> line = editor.key(typed.poll() & 0xff);
      if (line.isPresent()) {
        return line;
      }
    }
    return Optional.empty();
  }

  private void start(Job first) {
    worker = Optional.of(Thread.ofVirtual().name("vpcs-command").unstarted(() -> run(first)));
    worker.get().start();
  }

  private void run(Job first) {
    Optional<Job> next = Optional.of(first);
    while (next.isPresent()) {
      attempt(next.get());
      next = next();
    }
  }

  private void attempt(Job job) {
    try {
      job.run();
    } catch (InterruptedException stopped) {
      // By Ctrl-C, or the PC ends.
    } catch (RuntimeException bug) {
      System.getLogger(Terminal.class.getName())
          .log(System.Logger.Level.ERROR, "a command failed", bug);
      screen.line("The command failed: " + bug);
    }
  }

  private Optional<Job> next() {
    work.done();
    lock.lock();
    try {
      // An interrupt that came too late was meant for the command that is over.
      Thread.interrupted();
      if (closed) {
        worker = Optional.empty();
        return Optional.empty();
      }
      screen.print(work.prompt());
      Optional<String> line = nextLine();
      if (line.isEmpty()) {
        worker = Optional.empty();
      }
      return line.map(text -> () -> work.execute(text));
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a key; for the thread that runs a command. */
  void awaitKey() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (typed.isEmpty()) {
        key.await();
      }
      typed.poll();
    } finally {
      lock.unlock();
    }
  }

  /** Shows a line in between, whatever goes on. */
  public void notice(String text) {
    lock.lock();
    try {
      screen.print("\n" + text + (worker.isPresent() ? "\n" : current()));
    } finally {
      lock.unlock();
    }
  }

  /** The line that is being edited with what stands before it; empty while a command runs. */
  public String currentLine() {
    lock.lock();
    try {
      return worker.isPresent() ? "" : current();
    } finally {
      lock.unlock();
    }
  }

  private String current() {
    return work.prompt() + editor.text();
  }

  /** Ends the command that runs, and runs none any more. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      typed.clear();
      worker.ifPresent(Thread::interrupt);
    } finally {
      lock.unlock();
    }
  }
}
