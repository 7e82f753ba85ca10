package io.patchbay.runtime.process;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A pseudo-terminal for a program to run on, with its roles exchanged: the program gets the end
 * that has no name (pty(7) calls it the master), and everybody else comes to the other one by its
 * path. So the terminal is there for as long as the program is, whatever becomes of this server:
 * the next one opens the path again. The line discipline is off, so neither side notices.
 */
public final class Pty implements AutoCloseable {
  private static final int LONGEST_NAME = 64;
  private static final int O_RDWR_NOCTTY_CLOEXEC = 0x2 | 0x100 | 0x80000;

  private final String path;
  // -1 once closed.
  private int program;
  private int keeper;

  private Pty(String path, int program, int keeper) {
    this.path = path;
    this.program = program;
    this.keeper = keeper;
  }

  /**
   * @throws IOException if the system has none
   */
  public static Pty open() throws IOException {
    int program = Libc.openPty(O_RDWR_NOCTTY_CLOEXEC);
    if (program < 0) {
      throw new IOException("there is no pseudo-terminal");
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocate(LONGEST_NAME);
      if (Libc.unlockPty(program) != 0 || Libc.ptyName(program, name) != 0) {
        throw new IOException("the pseudo-terminal cannot be used");
      }
      int keeper = Libc.open(name, O_RDWR_NOCTTY_CLOEXEC);
      if (keeper < 0) {
        throw new IOException("the pseudo-terminal " + name.getString(0) + " cannot be opened");
      }
      Libc.makeRaw(keeper, arena);
      return new Pty(name.getString(0), program, keeper);
    } catch (IOException e) {
      Libc.close(program);
      throw e;
    }
  }

  /** By which the end opposite the program is opened, such as {@code /dev/pts/3}. */
  public String path() {
    return path;
  }

  /** The program's standard input, output and error. */
  int program() {
    return program;
  }

  /** What the program has to hold too, so that its terminal stays while nobody else has it open. */
  int keeper() {
    return keeper;
  }

  /**
   * Lets go of what this server holds itself. Until then what a program printed last can be read
   * though it has ended.
   */
  @Override
  public synchronized void close() {
    if (program >= 0) {
      Libc.close(program);
      Libc.close(keeper);
      program = -1;
      keeper = -1;
    }
  }

  /**
   * Whether a process has a terminal with this path as its standard output.
   *
   * @param path as {@link #path} said
   */
  public static boolean isOf(long pid, String path) {
    return Libc.ttyIndex(pid).filter(index -> path.equals("/dev/pts/" + index)).isPresent();
  }
}
