package io.patchbay.testkit.router;

/** The two parts of a PA-POS-OC3 that receive and send, each behind a PLX 9060. */
final class PosChip implements LineChip {
  private static final int RECEIVER = 0x18200000;
  private static final int SENDER = 0x18300000;
  private static final int TO_SEND = DESCRIPTORS + 0x10;

  /** The chip's, and the ring begins again behind it. */
  private static final int OWN = 0xc0000000;

  @Override
  public void open(MipsProgram mips) {
    PciBus.configure(mips, PciBus.SLOT_1, 0, PciBus.BASE_2, RECEIVER);
    PciBus.configure(mips, PciBus.SLOT_1, 1, PciBus.BASE_2, SENDER);
    mips.put(DESCRIPTORS, OWN | ROOM).put(DESCRIPTORS + 4, RECEIVED);
    mips.put(TO_SEND, 0).put(TO_SEND + 4, SENT);
    // The descriptor that is next, and then the first one, which is what enables the ring.
    mips.put(RECEIVER + 8, DESCRIPTORS).put(RECEIVER + 4, DESCRIPTORS);
    mips.put(SENDER + 8, TO_SEND).put(SENDER + 4, TO_SEND);
  }

  @Override
  public void receive(MipsProgram mips, String nothing) {
    mips.load(MipsProgram.T1, MipsProgram.uncached(DESCRIPTORS));
    mips.loadWord(MipsProgram.T1, 0, MipsProgram.T1).ifNegative(MipsProgram.T1, nothing);
    mips.and(MipsProgram.T1, MipsProgram.T1, 0x1fff);
  }

  @Override
  public void giveBack(MipsProgram mips) {
    mips.put(DESCRIPTORS, OWN | ROOM);
  }

  @Override
  public int toSend() {
    return TO_SEND;
  }

  @Override
  public void send(MipsProgram mips) {
    mips.load(MipsProgram.T3, OWN).or(MipsProgram.T2, MipsProgram.T2, MipsProgram.T3);
    mips.load(MipsProgram.T3, MipsProgram.uncached(TO_SEND));
    mips.storeWord(MipsProgram.T2, 0, MipsProgram.T3);
  }

  /** It reads words with the least octet first. */
  @Override
  public void place(MipsProgram mips) {
    mips.flip(MipsProgram.T2, MipsProgram.T2, 3);
  }
}
