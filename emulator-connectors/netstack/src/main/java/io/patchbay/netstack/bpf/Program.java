package io.patchbay.netstack.bpf;

import io.patchbay.netstack.wire.Frame;
import java.util.List;

/**
 * A classic BPF program that was checked: it ends, and it reads nothing but the frame and its own
 * memory. Safe for use from many threads.
 */
public final class Program {
  static final int MEMORY = 16;

  private final Instruction[] code;
  private final boolean stores;

  /**
   * @throws IllegalArgumentException if the program must not run
   */
  public Program(List<Instruction> instructions) {
    Verifier.check(instructions);
    code = instructions.toArray(Instruction[]::new);
    stores =
        instructions.stream()
            .anyMatch(one -> one.kind() == Instruction.ST || one.kind() == Instruction.STX);
  }

  /** Whether a frame matches. A program that reads behind the end of a frame does not match it. */
  public boolean matches(Frame frame) {
    return run(frame) != 0;
  }

  private int run(Frame frame) {
    // Unsigned arithmetic on 32 bits, all of it.
    int a = 0;
    int x = 0;
    int[] memory = stores ? new int[MEMORY] : null;
    int length = frame.length();
    int at = 0;
    while (true) {
      Instruction one = code[at++];
      int k = one.k();
      switch (one.kind()) {
        case Instruction.LD, Instruction.LDX -> {
          long value = load(one, frame, length, x, memory);
          if (value < 0) {
            return 0;
          }
          if (one.kind() == Instruction.LD) {
            a = (int) value;
          } else {
            x = (int) value;
          }
        }
        case Instruction.ST -> memory[k] = a;
        case Instruction.STX -> memory[k] = x;
        case Instruction.ALU -> {
          int operand = one.usesX() ? x : k;
          if (operand == 0
              && (one.operation() == Instruction.DIV || one.operation() == Instruction.MOD)) {
            return 0;
          }
          a = calculate(one.operation(), a, operand);
        }
        case Instruction.JMP ->
            at +=
                one.operation() == Instruction.JA
                    ? k
                    : holds(one.operation(), a, one.usesX() ? x : k) ? one.jt() : one.jf();
        case Instruction.RET -> {
          return one.code() == Instruction.RET ? k : a;
        }
        default -> {
          if (one.code() == (Instruction.MISC | Instruction.TAX)) {
            x = a;
          } else {
            a = x;
          }
        }
      }
    }
  }

  /**
   * @return 32 bits, or -1 if that is not in the frame
   */
  private static long load(Instruction one, Frame frame, int length, int x, int[] memory) {
    long k = Integer.toUnsignedLong(one.k());
    return switch (one.code() & 0xe0) {
      case Instruction.IMM -> k;
      case Instruction.LEN -> length;
      case Instruction.MEM -> memory == null ? 0 : Integer.toUnsignedLong(memory[one.k()]);
      case Instruction.ABS -> octets(frame, length, k, one.code() & 0x18);
      case Instruction.IND ->
          octets(frame, length, k + Integer.toUnsignedLong(x), one.code() & 0x18);
      default -> {
        long octet = octets(frame, length, k, Instruction.B);
        yield octet < 0 ? -1 : (octet & 0x0f) << 2;
      }
    };
  }

  private static long octets(Frame frame, int length, long offset, int size) {
    int count =
        switch (size) {
          case Instruction.W -> 4;
          case Instruction.H -> 2;
          default -> 1;
        };
    if (offset + count > length) {
      return -1;
    }
    long value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 8 | frame.octet((int) offset + i) & 0xff;
    }
    return value;
  }

  private static int calculate(int operation, int a, int operand) {
    return switch (operation) {
      case Instruction.ADD -> a + operand;
      case Instruction.SUB -> a - operand;
      case Instruction.MUL -> a * operand;
      case Instruction.DIV -> Integer.divideUnsigned(a, operand);
      case Instruction.MOD -> Integer.remainderUnsigned(a, operand);
      case Instruction.OR -> a | operand;
      case Instruction.AND -> a & operand;
      case Instruction.XOR -> a ^ operand;
      // Java takes shifts modulo 32; a shift by more leaves nothing.
      case Instruction.LSH -> Integer.compareUnsigned(operand, 32) < 0 ? a << operand : 0;
      case Instruction.RSH -> Integer.compareUnsigned(operand, 32) < 0 ? a >>> operand : 0;
      default -> -a;
    };
  }

  private static boolean holds(int operation, int a, int operand) {
    return switch (operation) {
      case Instruction.JEQ -> a == operand;
      case Instruction.JGT -> Integer.compareUnsigned(a, operand) > 0;
      case Instruction.JGE -> Integer.compareUnsigned(a, operand) >= 0;
      default -> (a & operand) != 0;
    };
  }
}
