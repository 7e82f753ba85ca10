package io.patchbay.netstack.bpf;

import java.util.List;

/**
 * Checks a program before it runs: that it ends, since every jump leads forward and inside, that it
 * uses no memory but its own, and no instruction that does not exist. Where a frame is read is
 * checked while it runs.
 */
final class Verifier {
  private static final int MOST = 4096;

  private Verifier() {}

  /**
   * @throws IllegalArgumentException if the program must not run
   */
  static void check(List<Instruction> program) {
    if (program.isEmpty() || program.size() > MOST) {
      throw new IllegalArgumentException("a filter of " + program.size() + " instructions");
    }
    for (int at = 0; at < program.size(); at++) {
      check(program.get(at), program.size() - at - 1, at);
    }
    if (program.getLast().kind() != Instruction.RET) {
      throw new IllegalArgumentException("a filter that does not end");
    }
  }

  private static void check(Instruction one, int left, int at) {
    boolean good =
        switch (one.kind()) {
          case Instruction.LD, Instruction.LDX -> isLoad(one);
          case Instruction.ST, Instruction.STX -> (one.code() & ~0x07) == 0 && inMemory(one.k());
          case Instruction.ALU -> isArithmetic(one);
          case Instruction.JMP -> isJump(one, left);
          case Instruction.RET -> one.code() == Instruction.RET || one.code() == 0x16;
          default ->
              one.code() == (Instruction.MISC | Instruction.TAX)
                  || one.code() == (Instruction.MISC | Instruction.TXA);
        };
    if (!good || (one.code() & ~0xff) != 0) {
      throw new IllegalArgumentException("a wrong instruction at " + at + " of a filter");
    }
  }

  private static boolean inMemory(int slot) {
    return slot >= 0 && slot < Program.MEMORY;
  }

  private static boolean isLoad(Instruction one) {
    boolean index = one.kind() == Instruction.LDX;
    int size = one.code() & 0x18;
    return switch (one.code() & 0xe0) {
      case Instruction.IMM, Instruction.LEN -> size == Instruction.W;
      case Instruction.MEM -> size == Instruction.W && inMemory(one.k());
      case Instruction.ABS, Instruction.IND -> !index && size != 0x18;
      case Instruction.MSH -> index && size == Instruction.B;
      default -> false;
    };
  }

  private static boolean isArithmetic(Instruction one) {
    return switch (one.operation()) {
      case Instruction.DIV, Instruction.MOD -> one.usesX() || one.k() != 0;
      case Instruction.LSH, Instruction.RSH -> one.usesX() || one.k() >= 0 && one.k() < 32;
      case Instruction.ADD,
          Instruction.SUB,
          Instruction.MUL,
          Instruction.OR,
          Instruction.AND,
          Instruction.XOR ->
          true;
      case Instruction.NEG -> !one.usesX();
      default -> false;
    };
  }

  /**
   * @param left how many instructions follow this one
   */
  private static boolean isJump(Instruction one, int left) {
    return switch (one.operation()) {
      case Instruction.JA -> !one.usesX() && one.k() >= 0 && one.k() < left;
      case Instruction.JEQ, Instruction.JGT, Instruction.JGE, Instruction.JSET ->
          isSkip(one.jt(), left) && isSkip(one.jf(), left);
      default -> false;
    };
  }

  private static boolean isSkip(int count, int left) {
    return count >= 0 && count <= 255 && count < left;
  }
}
