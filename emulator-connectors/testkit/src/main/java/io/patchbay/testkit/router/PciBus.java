package io.patchbay.testkit.router;

/** The PCI buses of a 7200 with an NPE-200, by its system controller, a GT-64010. */
final class PciBus {
  /** Where a device says where its registers are. */
  static final int BASE_0 = 0x10;

  /** The same for memory instead of I/O. */
  static final int BASE_1 = 0x14;

  /** Where a PLX 9060 says where the memory of what is behind it is. */
  static final int BASE_2 = 0x18;

  /** The bus of the card in slot 1, once {@link #openSlot1} has made it one. */
  static final int SLOT_1 = 2;

  private static final int SYSTEM_CONTROLLER = 0xb4000000;
  private static final int ADDRESS = 0xcf8;
  private static final int DATA = 0xcfc;
  private static final int BUSES_BEHIND = 0x18;

  private PciBus() {}

  /** Sets a register of a device; registers T0 and S1 are lost. */
  static void configure(MipsProgram mips, int bus, int device, int register, int value) {
    int where = 1 << 31 | bus << 16 | device << 11 | register;
    mips.load(MipsProgram.S1, SYSTEM_CONTROLLER);
    // The controller has the least octet first.
    mips.load(MipsProgram.T0, Integer.reverseBytes(where));
    mips.storeWord(MipsProgram.T0, ADDRESS, MipsProgram.S1);
    mips.load(MipsProgram.T0, Integer.reverseBytes(value));
    mips.storeWord(MipsProgram.T0, DATA, MipsProgram.S1);
  }

  /** Numbers the buses behind the bridge of the slots 1, 3, 5 and behind that of slot 1. */
  static void openSlot1(MipsProgram mips) {
    configure(mips, 0, 2, BUSES_BEHIND, SLOT_1 << 16 | 1 << 8);
    configure(mips, 1, 1, BUSES_BEHIND, SLOT_1 << 16 | SLOT_1 << 8 | 1);
  }
}
