package io.patchbay.emulators.iou;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Optional;

/** Notices that a router has written its NVRAM, a few seconds later. */
final class NvramWatch implements AutoCloseable {
  private final Thread thread;

  private record State(long changed, long size) {}

  /**
   * @param file may come later
   * @param changed runs after each change, once it has been over for the pause
   */
  NvramWatch(Path file, Duration pause, Runnable changed) {
    thread = Thread.ofVirtual().name("iou-nvram").start(() -> watch(file, pause, changed));
  }

  private static void watch(Path file, Duration pause, Runnable changed) {
    try {
      Optional<State> told = state(file);
      Optional<State> last = told;
      while (true) {
        Thread.sleep(pause);
        Optional<State> now = state(file);
        if (now.equals(last) && !now.equals(told)) {
          told = now;
          changed.run();
        }
        last = now;
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private static Optional<State> state(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return Optional.of(new State(attributes.lastModifiedTime().toMillis(), attributes.size()));
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
