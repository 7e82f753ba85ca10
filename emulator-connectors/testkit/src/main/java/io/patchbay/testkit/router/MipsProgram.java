package io.patchbay.testkit.router;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Assembles a few instructions of MIPS. Registers are given by their numbers; after each branch
 * comes an instruction that does nothing, as the processor runs it in any case.
 */
final class MipsProgram {
  /** Where programs are loaded and begin. */
  static final int BASE = 0x80008000;

  static final int ZERO = 0;
  static final int T0 = 8;
  static final int T1 = 9;
  static final int T2 = 10;
  static final int T3 = 11;
  static final int T4 = 12;
  static final int T5 = 13;
  static final int T6 = 14;
  static final int T7 = 15;
  static final int S0 = 16;
  static final int S1 = 17;
  static final int S2 = 18;
  static final int S3 = 19;
  static final int S4 = 20;
  static final int S5 = 21;

  private static final int UNCACHED = 0xa0000000;
  private static final int CODE_OFFSET = 0x100;
  private static final String SECTIONS = "\0.text\0.shstrtab\0";

  private final List<Integer> words = new ArrayList<>();
  private final Map<String, Integer> labels = new HashMap<>();
  private final Map<Integer, String> branches = new HashMap<>();

  private MipsProgram immediate(int operation, int source, int target, int value) {
    words.add(operation << 26 | source << 21 | target << 16 | value & 0xffff);
    return this;
  }

  MipsProgram label(String name) {
    labels.put(name, words.size());
    return this;
  }

  /** How many instructions there are by now. */
  int size() {
    return words.size();
  }

  /** Number of the instruction that a label is at. */
  int address(String label) {
    return labels.get(label);
  }

  /** Loads a constant. */
  MipsProgram load(int target, int value) {
    return immediate(0x0f, ZERO, target, value >>> 16).immediate(0x0d, target, target, value);
  }

  /** The virtual address at which the processor sees a physical one as devices do. */
  static int uncached(int physical) {
    return UNCACHED | physical;
  }

  /** Stores a constant at a physical address; {@link #T0} and {@link #T1} are lost. */
  MipsProgram put(int physical, int value) {
    return load(T1, uncached(physical)).load(T0, value).storeWord(T0, 0, T1);
  }

  MipsProgram loadWord(int target, int offset, int base) {
    return immediate(0x23, base, target, offset);
  }

  MipsProgram loadByte(int target, int offset, int base) {
    return immediate(0x24, base, target, offset);
  }

  MipsProgram storeWord(int value, int offset, int base) {
    return immediate(0x2b, base, value, offset);
  }

  MipsProgram storeByte(int value, int offset, int base) {
    return immediate(0x28, base, value, offset);
  }

  MipsProgram add(int target, int source, int value) {
    return immediate(0x09, source, target, value);
  }

  MipsProgram and(int target, int source, int value) {
    return immediate(0x0c, source, target, value);
  }

  /** 1 if the source, without sign, is less than the value, else 0. */
  MipsProgram isBelow(int target, int source, int value) {
    return immediate(0x0b, source, target, value);
  }

  MipsProgram flip(int target, int source, int bits) {
    return immediate(0x0e, source, target, bits);
  }

  MipsProgram shiftRight(int target, int source, int bits) {
    words.add(source << 16 | target << 11 | bits << 6 | 0x02);
    return this;
  }

  MipsProgram shiftLeft(int target, int source, int bits) {
    words.add(source << 16 | target << 11 | bits << 6);
    return this;
  }

  MipsProgram sum(int target, int one, int other) {
    words.add(one << 21 | other << 16 | target << 11 | 0x21);
    return this;
  }

  MipsProgram or(int target, int one, int other) {
    words.add(one << 21 | other << 16 | target << 11 | 0x25);
    return this;
  }

  MipsProgram ifEqual(int one, int other, String label) {
    return branch(0x04, one, other, label);
  }

  MipsProgram goTo(String label) {
    return ifEqual(ZERO, ZERO, label);
  }

  MipsProgram ifNegative(int register, String label) {
    return branch(0x01, register, ZERO, label);
  }

  MipsProgram jump(int register) {
    words.add(register << 21 | 0x08);
    words.add(0);
    return this;
  }

  private MipsProgram branch(int operation, int one, int other, String label) {
    branches.put(words.size(), label);
    immediate(operation, one, other, 0);
    words.add(0);
    return this;
  }

  byte[] code() {
    ByteBuffer code = ByteBuffer.allocate(4 * words.size());
    for (int i = 0; i < words.size(); i++) {
      int target = branches.containsKey(i) ? labels.get(branches.get(i)) - i - 1 : 0;
      code.putInt(words.get(i) | target & 0xffff);
    }
    return code.array();
  }

  /** An executable with one section; Dynamips loads sections and asks for no segments. */
  static byte[] elf(byte[] code) {
    byte[] names = SECTIONS.getBytes(StandardCharsets.US_ASCII);
    int namesAt = CODE_OFFSET + code.length;
    int tableAt = (namesAt + names.length + 3) / 4 * 4;
    ByteBuffer file = ByteBuffer.allocate(tableAt + 3 * 40);
    file.put(new byte[] {0x7f, 'E', 'L', 'F', 1, 2, 1}).position(16);
    // Executable, for the Cisco 7200 (machine 25), version 1.
    file.putShort((short) 2).putShort((short) 25).putInt(1).putInt(BASE).putInt(0).putInt(tableAt);
    file.putInt(0).putShort((short) 52).putShort((short) 0).putShort((short) 0);
    file.putShort((short) 40).putShort((short) 3).putShort((short) 2);
    file.put(CODE_OFFSET, code).put(namesAt, names);
    // Section 0 is empty; then the code, which is loaded (flag 2) and run, and the names.
    file.position(tableAt + 40);
    section(file, 1, 1, 7, BASE, CODE_OFFSET, code.length);
    section(file, 7, 3, 0, 0, namesAt, names.length);
    return file.array();
  }

  private static void section(
      ByteBuffer file, int name, int type, int flags, int address, int offset, int size) {
    file.putInt(name).putInt(type).putInt(flags).putInt(address).putInt(offset).putInt(size);
    file.putInt(0).putInt(0).putInt(4).putInt(0);
  }
}
