package io.patchbay.testkit.router;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * An image of our own making for a Cisco 7200 with an NPE-200, in place of IOS: it greets on its
 * console and repeats what is typed in capitals, it sends back what comes to its Fast Ethernet
 * port, marked, and a {@link #WRITE} that is typed it writes into the configuration in its NVRAM.
 * One for a {@link LineCard} sends frames that are typed, and shows those that come: {@code
 * >0f000800450000...} and a point sends one, {@code <0f000800450000...} is one that came. For ATM a
 * frame begins with the first four octets of its cells and four of zero.
 */
public final class RouterImage {
  public static final String GREETING = "PATCHBAY ROUTER";

  /** What the router puts in the place of the first octet behind the EtherType. */
  public static final byte MARK = 0x42;

  /** Is put in the place of the third octet of the startup configuration. */
  public static final char WRITE = '#';

  /** Where the router waits. */
  public static final long IDLE_PC = idlePc(routine(Optional.empty()));

  /** Octets of the loop that begins there, in which it waits. */
  public static final int LOOP =
      4 * (routine(Optional.empty()).size() - routine(Optional.empty()).address("wait"));

  /** Register of the console that what is said goes to. */
  static final int SAY = 0x41c;

  private static final int TEXT = 0x800;

  // Devices of a 7200, by their uncached addresses.
  private static final int IO_FPGA = 0xbe840000;
  private static final int NVRAM = 0xbe000000;

  /** Behind what belongs to the ROM monitor, the file system's magic number and a header. */
  private static final int CONFIGURATION = 2048 + 8 + 36;

  /** Where this program has the network chip, a DEC 21140, put its registers. */
  private static final int CHIP = 0x18000000;

  private static final int RECEIVER = 0xa0100000;
  private static final int BUFFER = 0x00110000;

  private RouterImage() {}

  /** An executable in the format of ELF, for MIPS, most significant octet first. */
  public static byte[] bytes() {
    return executable(routine(Optional.empty()));
  }

  /** The same for a router that has the card in slot 1. */
  public static byte[] bytes(LineCard card) {
    return executable(routine(Optional.of(card)));
  }

  private static byte[] executable(MipsProgram routine) {
    byte[] text = (GREETING + "\r\n\0").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer program = ByteBuffer.allocate(TEXT + 32);
    program.put(routine.code()).position(TEXT);
    program.put(text);
    return MipsProgram.elf(program.array());
  }

  /** Where a router with the card waits. */
  public static long idlePc(LineCard card) {
    return idlePc(routine(Optional.of(card)));
  }

  private static long idlePc(MipsProgram routine) {
    return MipsProgram.BASE + 4 * routine.address("wait");
  }

  private static MipsProgram routine(Optional<LineCard> card) {
    Optional<LineKeys> lines = card.map(LineCard::chip).map(LineKeys::new);
    MipsProgram mips = new MipsProgram();
    greet(mips);
    openPort(mips);
    lines.ifPresent(line -> line.open(mips));
    // Back by a register: Dynamips looks whether to stop or to rest between jumps of that kind.
    mips.load(MipsProgram.T5, MipsProgram.BASE + 4 * (mips.size() + 2));
    mips.label("wait");
    repeatFrames(mips);
    mips.label("lines");
    lines.ifPresent(line -> line.showFrames(mips, "keys"));
    repeatKeys(mips, lines);
    return mips;
  }

  private static void greet(MipsProgram mips) {
    mips.load(MipsProgram.S0, IO_FPGA).load(MipsProgram.T0, MipsProgram.BASE + TEXT);
    mips.label("greet").loadByte(MipsProgram.T1, 0, MipsProgram.T0);
    mips.ifEqual(MipsProgram.T1, MipsProgram.ZERO, "greeted");
    mips.storeWord(MipsProgram.T1, SAY, MipsProgram.S0).add(MipsProgram.T0, MipsProgram.T0, 1);
    mips.goTo("greet");
    mips.label("greeted");
  }

  private static void openPort(MipsProgram mips) {
    int t0 = MipsProgram.T0;
    PciBus.configure(mips, 0, 6, PciBus.BASE_1, CHIP);
    // A ring of one descriptor to receive with, and one to send with, with the same buffer.
    mips.load(MipsProgram.S3, RECEIVER);
    mips.load(t0, 0x02000600).storeWord(t0, 0x04, MipsProgram.S3);
    mips.load(t0, BUFFER).storeWord(t0, 0x08, MipsProgram.S3).storeWord(t0, 0x18, MipsProgram.S3);
    mips.storeWord(MipsProgram.ZERO, 0x0c, MipsProgram.S3);
    mips.storeWord(MipsProgram.ZERO, 0x10, MipsProgram.S3);
    mips.storeWord(MipsProgram.ZERO, 0x1c, MipsProgram.S3);
    mips.load(MipsProgram.T7, 0x80000000).storeWord(MipsProgram.T7, 0, MipsProgram.S3);
    mips.load(MipsProgram.S2, MipsProgram.uncached(CHIP));
    mips.load(t0, 0x00100000).storeWord(t0, 0x18, MipsProgram.S2);
    mips.load(t0, 0x00100010).storeWord(t0, 0x20, MipsProgram.S2);
    // Takes every address, receives and sends.
    mips.load(t0, 0x2042).storeWord(t0, 0x30, MipsProgram.S2);
    mips.load(MipsProgram.T6, 0xa0000000 | BUFFER);
  }

  private static void repeatFrames(MipsProgram mips) {
    int t0 = MipsProgram.T0;
    int t1 = MipsProgram.T1;
    mips.loadWord(t0, 0, MipsProgram.S3).ifNegative(t0, "lines");
    mips.load(t1, MARK).storeByte(t1, 14, MipsProgram.T6);
    mips.shiftRight(t0, t0, 16).and(t0, t0, 0x3fff).add(t0, t0, -4);
    mips.load(t1, 0x62000000).or(t0, t0, t1).storeWord(t0, 0x14, MipsProgram.S3);
    mips.storeWord(MipsProgram.T7, 0x10, MipsProgram.S3);
    mips.label("sending").loadWord(t0, 0x10, MipsProgram.S3).ifNegative(t0, "sending");
    mips.storeWord(MipsProgram.T7, 0, MipsProgram.S3);
  }

  private static void repeatKeys(MipsProgram mips, Optional<LineKeys> lines) {
    int t0 = MipsProgram.T0;
    int t1 = MipsProgram.T1;
    mips.label("keys").loadWord(t0, 0x40c, MipsProgram.S0).and(t0, t0, 1);
    mips.ifEqual(t0, MipsProgram.ZERO, "again");
    mips.loadWord(t0, 0x41c, MipsProgram.S0).and(t0, t0, 0xff);
    lines.ifPresent(line -> line.take(mips, "echo"));
    mips.load(t1, WRITE).ifEqual(t0, t1, "write");
    mips.add(t1, t0, -'a').isBelow(t1, t1, 26).ifEqual(t1, MipsProgram.ZERO, "echo");
    mips.add(t0, t0, 'A' - 'a');
    mips.label("echo").storeWord(t0, SAY, MipsProgram.S0);
    mips.label("again").jump(MipsProgram.T5);
    mips.label("write").load(t1, NVRAM).storeByte(t0, CONFIGURATION + 2, t1);
    mips.goTo("echo");
  }
}
