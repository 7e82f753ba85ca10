package io.patchbay.runtime.process;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Functions of the C library for terminals, by their manual pages of section 3. */
final class Libc {
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

  /** More than a struct termios has on any system. */
  private static final int TERMIOS = 256;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle OPENPT = function("posix_openpt", INT, INT);
  private static final MethodHandle GRANTPT = function("grantpt", INT, INT);
  private static final MethodHandle UNLOCKPT = function("unlockpt", INT, INT);
  private static final MethodHandle PTSNAME =
      function("ptsname_r", INT, INT, ValueLayout.ADDRESS, LONG);
  private static final MethodHandle OPEN =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("open"),
          FunctionDescriptor.of(INT, ValueLayout.ADDRESS, INT),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle CLOSE = function("close", INT, INT);
  private static final MethodHandle TCGETATTR =
      function("tcgetattr", INT, INT, ValueLayout.ADDRESS);
  private static final MethodHandle TCSETATTR =
      function("tcsetattr", INT, INT, INT, ValueLayout.ADDRESS);
  private static final MethodHandle CFMAKERAW =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("cfmakeraw"),
          FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));
  private static final MethodHandle WAITPID =
      function("waitpid", INT, INT, ValueLayout.ADDRESS, INT);

  private Libc() {}

  static MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, arguments));
  }

  static int openPty(int flags) {
    return call(() -> (int) OPENPT.invokeExact(flags));
  }

  static int unlockPty(int descriptor) {
    return call(
        () ->
            (int) GRANTPT.invokeExact(descriptor) == 0
                ? (int) UNLOCKPT.invokeExact(descriptor)
                : -1);
  }

  static int ptyName(int descriptor, MemorySegment name) {
    return call(() -> (int) PTSNAME.invokeExact(descriptor, name, name.byteSize()));
  }

  static int open(MemorySegment path, int flags) {
    return call(() -> (int) OPEN.invokeExact(path, flags));
  }

  static void close(int descriptor) {
    call(() -> (int) CLOSE.invokeExact(descriptor));
  }

  /** Has a terminal pass on everything as it is; one that refuses stays as it was. */
  static void makeRaw(int descriptor, Arena arena) {
    MemorySegment settings = arena.allocate(TERMIOS, 8);
    call(
        () -> {
          if ((int) TCGETATTR.invokeExact(descriptor, settings) != 0) {
            return -1;
          }
          CFMAKERAW.invokeExact(settings);
          return (int) TCSETATTR.invokeExact(descriptor, 0, settings);
        });
  }

  /** Waits for a child of this process to end, so that the system forgets it. */
  static void awaitChild(long pid) {
    // Anything else than a failure is its pid; another failure than an interruption says that it
    // is no child, so trying a few times is enough.
    for (int attempt = 0; attempt < 100; attempt++) {
      if (call(() -> (int) WAITPID.invokeExact((int) pid, MemorySegment.NULL, 0)) == pid) {
        return;
      }
    }
  }

  /** The number of the terminal that a process has as its standard output; see proc(5). */
  static Optional<String> ttyIndex(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/fdinfo/1"), StandardCharsets.US_ASCII)
          .lines()
          .filter(line -> line.startsWith("tty-index:"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst();
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private interface NativeCall {
    int run() throws Throwable;
  }

  private static int call(NativeCall function) {
    try {
      return function.run();
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }
}
