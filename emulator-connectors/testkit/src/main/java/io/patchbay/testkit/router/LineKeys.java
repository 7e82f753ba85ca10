package io.patchbay.testkit.router;

/**
 * What an image with a line card does at its console: {@code >} begins a frame, in hexadecimal
 * digits, which the next point sends, and what is received is shown between {@code <} and a new
 * line. S4 is where the octets of a frame go while one is typed, or else zero, and S5 how many
 * digits there are.
 */
record LineKeys(LineChip chip) {
  private static final int HEXADECIMAL = 'a' - 10;

  void open(MipsProgram mips) {
    PciBus.openSlot1(mips);
    chip.open(mips);
    mips.load(MipsProgram.S4, 0);
  }

  /** Goes on to the label in any case. */
  void showFrames(MipsProgram mips, String next) {
    chip.receive(mips, next);
    say(mips, '<');
    mips.load(MipsProgram.T2, MipsProgram.uncached(chip.received()));
    mips.sum(MipsProgram.T1, MipsProgram.T1, MipsProgram.T2);
    mips.label("octet").ifEqual(MipsProgram.T1, MipsProgram.T2, "shown");
    mips.loadByte(MipsProgram.T3, 0, MipsProgram.T2).add(MipsProgram.T2, MipsProgram.T2, 1);
    for (int shift : new int[] {4, 0}) {
      String digit = "digit" + shift;
      mips.shiftRight(MipsProgram.T0, MipsProgram.T3, shift);
      mips.and(MipsProgram.T0, MipsProgram.T0, 0xf).isBelow(MipsProgram.T4, MipsProgram.T0, 10);
      mips.add(MipsProgram.T0, MipsProgram.T0, HEXADECIMAL);
      mips.ifEqual(MipsProgram.T4, MipsProgram.ZERO, digit);
      mips.add(MipsProgram.T0, MipsProgram.T0, '0' - HEXADECIMAL);
      mips.label(digit).storeWord(MipsProgram.T0, RouterImage.SAY, MipsProgram.S0);
    }
    mips.goTo("octet").label("shown");
    say(mips, '\r');
    say(mips, '\n');
    chip.giveBack(mips);
  }

  private static void say(MipsProgram mips, char character) {
    mips.load(MipsProgram.T0, character).storeWord(MipsProgram.T0, RouterImage.SAY, MipsProgram.S0);
  }

  /**
   * Takes the key in T0 if it belongs to a frame.
   *
   * @param echo label that any key of a frame goes on to
   */
  void take(MipsProgram mips, String echo) {
    mips.ifEqual(MipsProgram.S4, MipsProgram.ZERO, "outside");
    mips.load(MipsProgram.T1, '.').ifEqual(MipsProgram.T0, MipsProgram.T1, "send");
    mips.add(MipsProgram.T1, MipsProgram.T0, -'0').isBelow(MipsProgram.T2, MipsProgram.T1, 10);
    mips.add(MipsProgram.T2, MipsProgram.T2, -1);
    mips.ifEqual(MipsProgram.T2, MipsProgram.ZERO, "half");
    mips.add(MipsProgram.T1, MipsProgram.T0, -HEXADECIMAL);
    mips.label("half").shiftRight(MipsProgram.T2, MipsProgram.S5, 1);
    chip.place(mips);
    mips.sum(MipsProgram.T2, MipsProgram.T2, MipsProgram.S4);
    mips.loadByte(MipsProgram.T3, 0, MipsProgram.T2);
    mips.shiftLeft(MipsProgram.T3, MipsProgram.T3, 4);
    mips.or(MipsProgram.T3, MipsProgram.T3, MipsProgram.T1);
    mips.storeByte(MipsProgram.T3, 0, MipsProgram.T2).add(MipsProgram.S5, MipsProgram.S5, 1);
    mips.goTo(echo);
    mips.label("send").shiftRight(MipsProgram.T2, MipsProgram.S5, 1);
    chip.send(mips);
    mips.load(MipsProgram.S4, 0).goTo(echo);
    mips.label("begin").load(MipsProgram.T1, MipsProgram.uncached(chip.toSend()));
    mips.label("busy").loadWord(MipsProgram.T2, 0, MipsProgram.T1);
    mips.ifNegative(MipsProgram.T2, "busy");
    mips.load(MipsProgram.S4, MipsProgram.uncached(chip.sent()));
    mips.load(MipsProgram.S5, 0).goTo(echo);
    mips.label("outside").load(MipsProgram.T1, '>');
    mips.ifEqual(MipsProgram.T0, MipsProgram.T1, "begin");
  }
}
