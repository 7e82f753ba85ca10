package io.patchbay.netstack.bpf;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The compiler of libpcap, as pcap_compile(3PCAP) describes it, if the library is on this machine.
 * Its programs are checked and run by ours: of libpcap only the compiler is trusted.
 */
public final class Libpcap {
  /** Longer than any expression that a person writes; libpcap's parser recurses into brackets. */
  private static final int MAX_LENGTH = 4096;

  private static final int MAX_DEPTH = 64;
  private static final int ETHERNET = 1;
  private static final int SNAPLEN = 65535;
  private static final int OPTIMIZE = 1;
  private static final int NETMASK_UNKNOWN = -1;

  /** struct bpf_program: a length, padded, and a pointer to the instructions. */
  private static final long PROGRAM = 16;

  /** struct bpf_insn: 16, 8, 8 and 32 bits. */
  private static final long INSTRUCTION = 8;

  private static final List<String> NAMES = List.of("libpcap.so.0.8", "libpcap.so.1", "libpcap.so");

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final java.lang.foreign.AddressLayout POINTER = ValueLayout.ADDRESS;

  private static final class Holder {
    static final Optional<Libpcap> FOUND = load();
  }

  private final HostNames.Known names = new LocalNames();
  private final MethodHandle openDead;
  private final MethodHandle compile;
  private final MethodHandle freeCode;
  private final MethodHandle error;
  private final MethodHandle close;
  private final MethodHandle portByName;
  private final MethodHandle protocolByName;

  private Libpcap(SymbolLookup library) {
    openDead = call(library, "pcap_open_dead", POINTER, INT, INT);
    compile = call(library, "pcap_compile", INT, POINTER, POINTER, POINTER, INT, INT);
    freeCode =
        Linker.nativeLinker()
            .downcallHandle(
                library.findOrThrow("pcap_freecode"), FunctionDescriptor.ofVoid(POINTER));
    error = call(library, "pcap_geterr", POINTER, POINTER);
    close =
        Linker.nativeLinker()
            .downcallHandle(library.findOrThrow("pcap_close"), FunctionDescriptor.ofVoid(POINTER));
    portByName = call(library, "pcap_nametoport", INT, POINTER, POINTER, POINTER);
    protocolByName = call(library, "pcap_nametoproto", INT, POINTER);
  }

  private static MethodHandle call(
      SymbolLookup library, String name, MemoryLayout result, MemoryLayout... arguments) {
    return Linker.nativeLinker()
        .downcallHandle(library.findOrThrow(name), FunctionDescriptor.of(result, arguments));
  }

  /** The library; empty if there is none on this machine. */
  public static Optional<Libpcap> find() {
    return Holder.FOUND;
  }

  private static Optional<Libpcap> load() {
    if (!System.getProperty("sun.arch.data.model", "64").equals("64")) {
      return Optional.empty();
    }
    for (String name : NAMES) {
      try {
        return Optional.of(new Libpcap(SymbolLookup.libraryLookup(name, Arena.global())));
      } catch (IllegalArgumentException | java.util.NoSuchElementException | LinkageError none) {
        // Under another name, perhaps.
      }
    }
    return Optional.empty();
  }

  /** {@link #compile(String, int)} for Ethernet frames. */
  public Program compile(String expression) {
    return compile(expression, ETHERNET);
  }

  /**
   * Compiles an expression. Nothing is looked up by DNS for it.
   *
   * @param linkType what frames begin with, a number of libpcap's ({@code DLT_})
   * @throws IllegalArgumentException with libpcap's words if it is wrong, or if it names hosts
   *     other than by address
   */
  public Program compile(String expression, int linkType) {
    checkText(expression);
    return compileNow(expression, linkType);
  }

  /** Both look into files of this machine, and ask nobody. */
  private final class LocalNames implements HostNames.Known {
    @Override
    public boolean isPort(String name) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment numbers = arena.allocate(INT, 2);
        return (int)
                portByName.invokeExact(
                    arena.allocateFrom(name), numbers, numbers.asSlice(INT.byteSize()))
            != 0;
      } catch (Throwable t) {
        throw new AssertionError(t);
      }
    }

    @Override
    public boolean isProtocol(String name) {
      try (Arena arena = Arena.ofConfined()) {
        return (int) protocolByName.invokeExact(arena.allocateFrom(name)) >= 0;
      } catch (Throwable t) {
        throw new AssertionError(t);
      }
    }
  }

  /** One at a time, as older libraries keep their state in one place. */
  private synchronized Program compileNow(String expression, int linkType) {
    HostNames.refuseIn(expression, names);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment handle = (MemorySegment) openDead.invokeExact(linkType, SNAPLEN);
      if (handle.equals(MemorySegment.NULL)) {
        throw new IllegalArgumentException("libpcap has no memory");
      }
      try {
        return compile(arena, handle, expression);
      } finally {
        close.invokeExact(handle);
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }

  private Program compile(Arena arena, MemorySegment handle, String expression) throws Throwable {
    MemorySegment program = arena.allocate(PROGRAM, 8);
    MemorySegment text = arena.allocateFrom(expression);
    int result = (int) compile.invokeExact(handle, program, text, OPTIMIZE, NETMASK_UNKNOWN);
    if (result != 0) {
      MemorySegment message = (MemorySegment) error.invokeExact(handle);
      throw new IllegalArgumentException(message.reinterpret(512).getString(0));
    }
    try {
      return new Program(instructions(program));
    } finally {
      freeCode.invokeExact(program);
    }
  }

  private static List<Instruction> instructions(MemorySegment program) {
    int count = program.get(INT, 0);
    MemorySegment code = program.get(POINTER, 8).reinterpret(count * INSTRUCTION);
    List<Instruction> instructions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      long at = i * INSTRUCTION;
      instructions.add(
          new Instruction(
              code.get(ValueLayout.JAVA_SHORT, at) & 0xffff,
              code.get(ValueLayout.JAVA_BYTE, at + 2) & 0xff,
              code.get(ValueLayout.JAVA_BYTE, at + 3) & 0xff,
              code.get(INT, at + 4)));
    }
    return instructions;
  }

  /** What could exhaust the stack of libpcap's parser, or end a C string early, is kept from it. */
  private static void checkText(String expression) {
    int depth = 0;
    int deepest = 0;
    for (int i = 0; i < expression.length(); i++) {
      char c = expression.charAt(i);
      if (c < ' ' && c != '\t' || c > '~') {
        throw new IllegalArgumentException("characters other than plain ASCII");
      }
      if (c == '(' || c == '[') {
        deepest = Math.max(deepest, ++depth);
      } else if (c == ')' || c == ']') {
        depth--;
      }
    }
    if (deepest > MAX_DEPTH || expression.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("the expression is too long or too deep");
    }
  }
}
