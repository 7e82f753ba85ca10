package io.patchbay.spi.file;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An open file with what Java has no methods for: the system calls open, lseek and ioctl of Linux,
 * as the manual pages of section 2 define them for 64-bit machines. For use by one thread.
 */
final class LinuxFile implements AutoCloseable {
  private static final int O_RDONLY_CLOEXEC = 0x80000;
  private static final int O_WRONLY_CLOEXEC = 1 | 0x80000;
  private static final int SEEK_DATA = 3;
  private static final int SEEK_HOLE = 4;

  private static final int ENOENT = 2;

  /** The error of a search for data where only a hole is left. */
  private static final int ENXIO = 6;

  /** Lets a file share the blocks of another one, see ioctl_ficlone(2). */
  private static final long FICLONE = 0x40049409L;

  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

  private static final Linker LINKER = Linker.nativeLinker();

  /** Functions whose arguments from the third on are variable, which some machines pass apart. */
  private static final Linker.Option VARIABLE = Linker.Option.firstVariadicArg(2);

  private static final MethodHandle OPEN =
      call("open", FunctionDescriptor.of(INT, ValueLayout.ADDRESS, INT), VARIABLE);
  private static final MethodHandle CLOSE = call("close", FunctionDescriptor.of(INT, INT));
  private static final MethodHandle LSEEK =
      call("lseek", FunctionDescriptor.of(LONG, INT, LONG, INT));
  private static final MethodHandle IOCTL =
      call("ioctl", FunctionDescriptor.of(INT, INT, LONG, INT), VARIABLE);

  /**
   * A part of a file that is no hole.
   *
   * @param from where it begins, in bytes
   * @param to where it ends, exclusive
   */
  record Extent(long from, long to) {}

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment state = arena.allocate(STATE);
  private final int fd;

  private LinuxFile(Path file, int flags) throws IOException {
    fd = open(file, flags);
    if (fd < 0) {
      int error = errno();
      arena.close();
      throw error == ENOENT
          ? new NoSuchFileException(file.toString())
          : new IOException(file + " cannot be opened (error " + error + ")");
    }
  }

  static LinuxFile read(Path file) throws IOException {
    return new LinuxFile(file, O_RDONLY_CLOEXEC);
  }

  /** The file must be there. */
  static LinuxFile write(Path file) throws IOException {
    return new LinuxFile(file, O_WRONLY_CLOEXEC);
  }

  private static MethodHandle call(
      String name, FunctionDescriptor function, Linker.Option... options) {
    List<Linker.Option> all = new ArrayList<>(List.of(options));
    all.add(Linker.Option.captureCallState("errno"));
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name), function, all.toArray(Linker.Option[]::new));
  }

  private int errno() {
    return (int) ERRNO.get(state, 0L);
  }

  private int open(Path file, int flags) {
    try {
      return (int) OPEN.invokeExact(state, arena.allocateFrom(file.toString()), flags);
    } catch (Throwable never) {
      throw new IllegalStateException(never);
    }
  }

  private long seek(long position, int what) {
    try {
      return (long) LSEEK.invokeExact(state, fd, position, what);
    } catch (Throwable never) {
      throw new IllegalStateException(never);
    }
  }

  /**
   * Makes this file share all blocks of another one.
   *
   * @return whether the file system could; nothing has changed if not
   */
  boolean shareBlocksOf(LinuxFile source) {
    try {
      return (int) IOCTL.invokeExact(state, fd, FICLONE, source.fd) == 0;
    } catch (Throwable never) {
      throw new IllegalStateException(never);
    }
  }

  /**
   * The parts of the file that hold data, in their order; empty if the file system does not tell.
   */
  Optional<List<Extent>> extents() {
    List<Extent> extents = new ArrayList<>();
    long end = 0;
    while (true) {
      long from = seek(end, SEEK_DATA);
      if (from < 0) {
        return errno() == ENXIO ? Optional.of(extents) : Optional.empty();
      }
      end = seek(from, SEEK_HOLE);
      if (end < 0) {
        // Cut off meanwhile.
        return Optional.of(extents);
      }
      extents.add(new Extent(from, end));
    }
  }

  @Override
  public void close() {
    try {
      int unused = (int) CLOSE.invokeExact(state, fd);
    } catch (Throwable never) {
      throw new IllegalStateException(never);
    } finally {
      arena.close();
    }
  }
}
