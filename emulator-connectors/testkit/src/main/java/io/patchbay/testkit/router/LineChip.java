package io.patchbay.testkit.router;

/**
 * How a program drives the chip of a line card in slot 1: with one buffer to send from and one to
 * receive into. Facts about the chips are those that Dynamips' sources show. Addresses are
 * physical; S4 and S5 are not for a chip to use.
 */
interface LineChip {
  /** What chips keep in memory, other than frames. */
  int DESCRIPTORS = 0x00140000;

  /** A buffer. */
  int SENT = 0x00120000;

  /** A buffer. */
  int RECEIVED = 0x00130000;

  /** Room in a buffer, in octets. */
  int ROOM = 0x700;

  void open(MipsProgram mips);

  /** Goes to the label if nothing has come, or else leaves in T1 how many octets. */
  void receive(MipsProgram mips, String nothing);

  /** Lets the chip receive again. */
  void giveBack(MipsProgram mips);

  /** Sends as many octets as T2 says. */
  void send(MipsProgram mips);

  /** Word whose first bit is set as long as what is to be sent has not been. */
  int toSend();

  /** Changes the number of an octet of a frame to send, in T2, into where it is. */
  default void place(MipsProgram mips) {}

  /** Where the octets to send begin. */
  default int sent() {
    return SENT;
  }

  /** Where the octets that came begin. */
  default int received() {
    return RECEIVED;
  }
}
