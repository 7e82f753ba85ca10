package io.patchbay.testkit.router;

/**
 * The TNETA1570 of a PA-A1, which makes AAL5 packets of cells and cells of packets. Octets of a
 * frame begin with the four of the cell's header and four that are the packet's control and length
 * fields, zero; they are where the chip has them, before the packet.
 */
final class AtmChip implements LineChip {
  private static final int MEMORY = 0x18400000;
  private static final int REGISTERS = MEMORY + 0x3200;
  private static final int PATHS = MEMORY + 0x4000;
  private static final int SENDING = MEMORY + 0x8000;
  private static final int RECEIVING = MEMORY + 0x10000;

  private static final int ENTRY = 32;
  private static final int OWN = 0x80000000;

  /** Receive completion ring of one entry, whose fifth word says whose it is. */
  private static final int COMPLETED = DESCRIPTORS;

  private static final int FREE_BUFFER = DESCRIPTORS + 0x40;

  /** Ring of packets to send, of one entry; at a multiple of 1024. */
  private static final int TO_SEND = DESCRIPTORS + 0x400;

  /** Octets before the header of a cell in a buffer. */
  private static final int BEFORE = 8;

  @Override
  public void open(MipsProgram mips) {
    PciBus.configure(mips, PciBus.SLOT_1, 0, PciBus.BASE_0, MEMORY);
    // The buffer of a packet holds 32 cells.
    mips.put(REGISTERS + 0x1c, 32).put(REGISTERS + 0x208, COMPLETED);
    mips.put(COMPLETED + 0x10, OWN).put(FREE_BUFFER, OWN | RECEIVED >> 2);
    // Path 0 has channels up to 255, from entry 0 of the table on.
    mips.put(PATHS, OWN | RECEIVING - MEMORY >> 5 << 16 | 255);
    for (int channel : LineCard.CHANNELS) {
      int entry = RECEIVING + ENTRY * channel;
      // AAL5; always into the same buffer.
      mips.put(entry, 0x06000000).put(entry + 0x18, OWN | FREE_BUFFER >> 2);
    }
    mips.put(TO_SEND, 0).put(SENDING + ENTRY + 0x0c, OWN | TO_SEND >> 2);
    // The schedule: entry 1, and nothing else.
    mips.put(MEMORY, 1);
  }

  @Override
  public void receive(MipsProgram mips, String nothing) {
    mips.load(MipsProgram.T2, MipsProgram.uncached(COMPLETED));
    mips.loadWord(MipsProgram.T1, 0x10, MipsProgram.T2).ifNegative(MipsProgram.T1, nothing);
    // Its length is in the trailer of the packet.
    mips.loadWord(MipsProgram.T1, 0x0c, MipsProgram.T2);
    mips.and(MipsProgram.T1, MipsProgram.T1, 0xffff).add(MipsProgram.T1, MipsProgram.T1, 8);
  }

  @Override
  public void giveBack(MipsProgram mips) {
    mips.put(COMPLETED + 0x10, OWN);
  }

  @Override
  public int toSend() {
    return TO_SEND;
  }

  @Override
  public void send(MipsProgram mips) {
    mips.add(MipsProgram.T2, MipsProgram.T2, -8);
    // Ready; first and last buffer; AAL5.
    mips.load(MipsProgram.T3, 0xe4000000).or(MipsProgram.T2, MipsProgram.T2, MipsProgram.T3);
    mips.load(MipsProgram.T3, MipsProgram.uncached(SENT));
    mips.storeWord(MipsProgram.T2, 0, MipsProgram.T3)
        .storeWord(MipsProgram.ZERO, 4, MipsProgram.T3);
    mips.load(MipsProgram.T2, OWN | SENT >> 2);
    mips.load(MipsProgram.T3, MipsProgram.uncached(TO_SEND));
    mips.storeWord(MipsProgram.T2, 0, MipsProgram.T3);
  }

  @Override
  public int sent() {
    return SENT + BEFORE;
  }

  @Override
  public int received() {
    return RECEIVED + BEFORE;
  }
}
