package io.patchbay.testkit.router;

/** The controller of serial lines of a PA-4T+ or PA-8T, by the first of its four channels. */
final class SerialChip implements LineChip {
  private static final int REGISTERS = 0x18100000;
  private static final int CHANNEL = REGISTERS + 0x100;
  private static final int TO_SEND = DESCRIPTORS + 0x10;

  private static final int FREE = 0x80000000 | ROOM;

  /** What the chip counts beside the frame: its check sequence and a status. */
  private static final int BEHIND = 3;

  @Override
  public void open(MipsProgram mips) {
    PciBus.configure(mips, PciBus.SLOT_1, 0, PciBus.BASE_0, REGISTERS);
    mips.put(DESCRIPTORS, FREE).put(DESCRIPTORS + 4, RECEIVED);
    mips.put(TO_SEND, 0).put(TO_SEND + 4, SENT);
    // A check sequence of two octets; rings of one descriptor, which begin where they end.
    mips.put(CHANNEL, 0x08);
    mips.put(CHANNEL + 0x80, TO_SEND).put(CHANNEL + 0x84, TO_SEND);
    mips.put(CHANNEL + 0x88, DESCRIPTORS).put(CHANNEL + 0x8c, DESCRIPTORS);
    // The channel sends and receives, and is enabled.
    mips.put(REGISTERS + 0x14, 0x03).put(REGISTERS + 0x2c24, 0);
  }

  @Override
  public void receive(MipsProgram mips, String nothing) {
    mips.load(MipsProgram.T1, MipsProgram.uncached(DESCRIPTORS));
    mips.loadWord(MipsProgram.T1, 0, MipsProgram.T1).ifNegative(MipsProgram.T1, nothing);
    mips.and(MipsProgram.T1, MipsProgram.T1, 0xffff).add(MipsProgram.T1, MipsProgram.T1, -BEHIND);
  }

  @Override
  public void giveBack(MipsProgram mips) {
    mips.put(DESCRIPTORS, FREE);
  }

  @Override
  public int toSend() {
    return TO_SEND;
  }

  /** The length is told in words of four octets, and how much of the last one counts. */
  @Override
  public void send(MipsProgram mips) {
    mips.and(MipsProgram.T3, MipsProgram.T2, 3).shiftLeft(MipsProgram.T3, MipsProgram.T3, 22);
    mips.add(MipsProgram.T2, MipsProgram.T2, 3).shiftRight(MipsProgram.T2, MipsProgram.T2, 2);
    mips.or(MipsProgram.T2, MipsProgram.T2, MipsProgram.T3);
    // The chip's; first and last segment.
    mips.load(MipsProgram.T3, 0xe0000000).or(MipsProgram.T2, MipsProgram.T2, MipsProgram.T3);
    mips.load(MipsProgram.T3, MipsProgram.uncached(TO_SEND));
    mips.storeWord(MipsProgram.T2, 0, MipsProgram.T3);
  }
}
