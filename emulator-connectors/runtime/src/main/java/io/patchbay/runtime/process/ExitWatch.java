package io.patchbay.runtime.process;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.CompletableFuture;

/**
 * Notices the end of a process that is not a child of ours, by pidfd_open(2) and poll(2). The JDK
 * only looks from time to time for those, at last every five seconds.
 */
final class ExitWatch {
  private static final long SYS_PIDFD_OPEN = 434;
  private static final short POLLIN = 1;
  private static final int STACK = 64 << 10;

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle SYSCALL =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("syscall"),
          FunctionDescriptor.of(LONG, LONG, LONG, LONG),
          Linker.Option.firstVariadicArg(1));
  private static final MethodHandle POLL =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("poll"),
          FunctionDescriptor.of(INT, ValueLayout.ADDRESS, LONG, INT));
  private static final MethodHandle CLOSE =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("close"), FunctionDescriptor.of(INT, INT));

  private ExitWatch() {}

  /** Done when the process has ended; at once if there is none that is the one meant. */
  static CompletableFuture<Void> of(ProcessIdentity process) {
    int descriptor = open(process.pid());
    if (!process.isRunning()) {
      close(descriptor);
      return CompletableFuture.completedFuture(null);
    }
    // From here on the descriptor stands for this very process, whoever gets its pid.
    if (descriptor < 0) {
      return ProcessHandle.of(process.pid())
          .map(handle -> handle.onExit().<Void>thenApply(ended -> null))
          .orElseGet(() -> CompletableFuture.completedFuture(null));
    }
    return after(process.pid(), () -> await(descriptor));
  }

  /** The same for a child of ours that the JDK knows nothing of. */
  static CompletableFuture<Void> ofChild(long pid) {
    return after(pid, () -> Libc.awaitChild(pid));
  }

  private static CompletableFuture<Void> after(long pid, Runnable waiting) {
    CompletableFuture<Void> exit = new CompletableFuture<>();
    // A thread that waits, as the JDK has one for each child.
    Thread.Builder.OfPlatform watcher =
        Thread.ofPlatform().daemon().name("exit-of-" + pid).stackSize(STACK);
    watcher.start(
        () -> {
          waiting.run();
          exit.completeAsync(() -> null);
        });
    return exit;
  }

  private static int open(long pid) {
    try {
      return (int) (long) SYSCALL.invokeExact(SYS_PIDFD_OPEN, pid, 0L);
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }

  private static void await(int descriptor) {
    try (Arena arena = Arena.ofConfined()) {
      // struct pollfd: int fd, short events, short revents.
      MemorySegment watched = arena.allocate(8, 4);
      watched.set(INT, 0, descriptor);
      watched.set(ValueLayout.JAVA_SHORT, 4, POLLIN);
      // Anything else than 1 is an interruption by a signal.
      while ((int) POLL.invokeExact(watched, 1L, -1) != 1) {}
    } catch (Throwable t) {
      throw new AssertionError(t);
    } finally {
      close(descriptor);
    }
  }

  private static void close(int descriptor) {
    if (descriptor >= 0) {
      try {
        int ignored = (int) CLOSE.invokeExact(descriptor);
      } catch (Throwable t) {
        throw new AssertionError(t);
      }
    }
  }
}
