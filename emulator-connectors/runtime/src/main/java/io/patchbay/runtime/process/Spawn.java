package io.patchbay.runtime.process;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Launches programs on a terminal, by posix_spawn(3): the JDK can give a program files and pipes
 * only. The program begins a session of its own and has none of this server's files.
 */
final class Spawn {
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT;
  private static final java.lang.foreign.AddressLayout POINTER = ValueLayout.ADDRESS;

  /** More than posix_spawnattr_t and posix_spawn_file_actions_t have on any system. */
  private static final int STRUCT = 1024;

  private static final int SIGNAL_SET = 128;
  private static final short SET_SIGNAL_MASK = 0x08;
  private static final short SET_SESSION = 0x80;
  private static final int KEEPER = 3;

  private static final int ENOENT = 2;
  private static final int ENOEXEC = 8;
  private static final int EACCES = 13;

  private static final MethodHandle SPAWN =
      Libc.function("posix_spawn", INT, POINTER, POINTER, POINTER, POINTER, POINTER, POINTER);
  private static final MethodHandle ACTIONS_INIT =
      Libc.function("posix_spawn_file_actions_init", INT, POINTER);
  private static final MethodHandle ACTIONS_DESTROY =
      Libc.function("posix_spawn_file_actions_destroy", INT, POINTER);
  private static final MethodHandle ADD_DUP =
      Libc.function("posix_spawn_file_actions_adddup2", INT, POINTER, INT, INT);
  // glibc has these two since 2.29 and 2.34.
  private static final MethodHandle ADD_CHDIR =
      Libc.function("posix_spawn_file_actions_addchdir_np", INT, POINTER, POINTER);
  private static final MethodHandle ADD_CLOSE_FROM =
      Libc.function("posix_spawn_file_actions_addclosefrom_np", INT, POINTER, INT);
  private static final MethodHandle ATTRIBUTES_INIT =
      Libc.function("posix_spawnattr_init", INT, POINTER);
  private static final MethodHandle ATTRIBUTES_DESTROY =
      Libc.function("posix_spawnattr_destroy", INT, POINTER);
  private static final MethodHandle SET_FLAGS =
      Libc.function("posix_spawnattr_setflags", INT, POINTER, SHORT);
  private static final MethodHandle SET_MASK =
      Libc.function("posix_spawnattr_setsigmask", INT, POINTER, POINTER);

  private Spawn() {}

  /**
   * @return the program's pid; it is a child of this process, which has to wait for it
   * @throws IOException if it cannot be launched; the message says why
   */
  static long launch(List<String> command, Path directory, Map<String, String> environment, Pty pty)
      throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment actions = arena.allocate(STRUCT, 16);
      MemorySegment attributes = arena.allocate(STRUCT, 16);
      int result = (int) ACTIONS_INIT.invokeExact(actions);
      result |= (int) ATTRIBUTES_INIT.invokeExact(attributes);
      for (int standard = 0; standard < KEEPER; standard++) {
        result |= (int) ADD_DUP.invokeExact(actions, pty.program(), standard);
      }
      result |= (int) ADD_DUP.invokeExact(actions, pty.keeper(), KEEPER);
      result |= (int) ADD_CLOSE_FROM.invokeExact(actions, KEEPER + 1);
      result |= (int) ADD_CHDIR.invokeExact(actions, arena.allocateFrom(directory.toString()));
      // Threads of the JVM block signals that programs want to have.
      result |= (int) SET_MASK.invokeExact(attributes, arena.allocate(SIGNAL_SET, 8));
      short flags = SET_SESSION | SET_SIGNAL_MASK;
      result |= (int) SET_FLAGS.invokeExact(attributes, flags);
      MemorySegment pid = arena.allocate(INT);
      if (result == 0) {
        result =
            (int)
                SPAWN.invokeExact(
                    pid,
                    arena.allocateFrom(command.getFirst()),
                    actions,
                    attributes,
                    strings(arena, command),
                    strings(arena, variables(environment)));
      }
      int ignored = (int) ACTIONS_DESTROY.invokeExact(actions);
      ignored = (int) ATTRIBUTES_DESTROY.invokeExact(attributes);
      if (result != 0) {
        throw new IOException(reason(command.getFirst(), result));
      }
      return pid.get(INT, 0);
    } catch (IOException e) {
      throw e;
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }

  private static List<String> variables(Map<String, String> environment) {
    return environment.entrySet().stream()
        .map(variable -> variable.getKey() + "=" + variable.getValue())
        .toList();
  }

  private static MemorySegment strings(Arena arena, List<String> strings) {
    MemorySegment pointers = arena.allocate(POINTER, strings.size() + 1L);
    for (int i = 0; i < strings.size(); i++) {
      pointers.setAtIndex(POINTER, i, arena.allocateFrom(strings.get(i)));
    }
    return pointers;
  }

  private static String reason(String program, int errno) {
    return switch (errno) {
      case ENOENT ->
          program
              + ": it, or the program that loads it, is not there; 32-bit programs need 32-bit"
              + " libraries";
      case ENOEXEC -> program + " is no program for this kind of processor";
      case EACCES -> program + " must not be executed";
      default -> program + " cannot be launched, errno " + errno;
    };
  }
}
