package io.patchbay.netstack.bpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.netstack.TestFrames;
import io.patchbay.netstack.wire.Frame;
import io.patchbay.netstack.wire.FrameBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramTest {
  private static final Instruction ACCEPT = new Instruction(0x06, 0, 0, 1);
  private static final Instruction RETURN_A = new Instruction(0x16, 0, 0, 0);

  private final Frame frame =
      new FrameBuffer().fill(TestFrames.frame(TestFrames.BOB, TestFrames.ALICE));

  private boolean run(Instruction... code) {
    return new Program(List.of(code)).matches(frame);
  }

  private static void refused(Instruction... code) {
    assertThrows(IllegalArgumentException.class, () -> new Program(List.of(code)));
  }

  private static Instruction of(int code, int k) {
    return new Instruction(code, 0, 0, k);
  }

  @Test
  void readsTheFrame() {
    // The EtherType is 0x0800, the length 60, octet 14 is 0 and octet 15 is 1.
    assertTrue(run(of(0x28, 12), new Instruction(0x15, 0, 1, 0x0800), ACCEPT, of(0x06, 0)));
    assertTrue(run(of(0x80, 0), new Instruction(0x15, 0, 1, 60), ACCEPT, of(0x06, 0)));
    assertFalse(run(of(0x30, 14), RETURN_A));
    assertTrue(run(of(0x01, 1), of(0x50, 14), RETURN_A));
    assertTrue(run(of(0xb1, 15), of(0x87, 0), new Instruction(0x15, 0, 1, 4), ACCEPT, of(6, 0)));
  }

  @ParameterizedTest
  @CsvSource({
    "0x20, 57",
    "0x20, 60",
    "0x20, -1",
    "0x20, 2147483647",
    "0x28, 59",
    "0x30, 60",
    "0x30, -4096",
    "0xb1, 60"
  })
  void doesNotMatchIfItReadsBehindTheEnd(String code, int offset) {
    assertFalse(run(of(Integer.decode(code), offset), ACCEPT));
  }

  @Test
  void doesNotMatchIfItReadsFarBehindTheEndByIndex() {
    assertFalse(run(of(0x01, -1), of(0x50, -1), ACCEPT));
    assertFalse(run(of(0x01, 1), of(0x40, 56), ACCEPT));
    assertTrue(run(of(0x01, 0), of(0x40, 56), ACCEPT));
  }

  @Test
  void calculatesWithUnsignedNumbers() {
    assertTrue(
        run(
            of(0x00, -1),
            of(0x34, 2),
            new Instruction(0x15, 0, 1, 0x7fffffff),
            ACCEPT,
            of(0x06, 0)));
    assertTrue(run(of(0x00, -1), new Instruction(0x25, 0, 1, 1), ACCEPT, of(0x06, 0)));
    assertFalse(run(of(0x00, 5), of(0x01, 0), of(0x3c, 0), ACCEPT));
    assertFalse(run(of(0x00, 5), of(0x01, 0), of(0x9c, 0), ACCEPT));
    assertFalse(run(of(0x00, 1), of(0x01, 32), of(0x6c, 0), RETURN_A));
  }

  @Test
  void remembersInItsOwnMemory() {
    assertTrue(run(of(0x00, 7), of(0x02, 15), of(0x00, 0), of(0x60, 15), RETURN_A));
    assertFalse(run(of(0x60, 3), RETURN_A));
  }

  @Test
  void refusesWhatMustNotRun() {
    assertThrows(IllegalArgumentException.class, () -> new Program(List.of()));
    refused(of(0x00, 1));
    refused(of(0x05, -1), ACCEPT);
    refused(of(0x05, 1), ACCEPT);
    refused(new Instruction(0x15, 1, 0, 0), ACCEPT);
    refused(new Instruction(0x15, 0, 255, 0), ACCEPT);
    refused(new Instruction(0x15, -1, 0, 0), ACCEPT);
    refused(of(0x02, 16), ACCEPT);
    refused(of(0x03, -1), ACCEPT);
    refused(of(0x60, 16), ACCEPT);
    refused(of(0x61, -1), ACCEPT);
    refused(of(0x34, 0), ACCEPT);
    refused(of(0x94, 0), ACCEPT);
    refused(of(0x64, 32), ACCEPT);
    refused(of(0x38, 0), ACCEPT);
    refused(of(0xe0, 0), ACCEPT);
    refused(of(0xf4, 0), ACCEPT);
    refused(of(0x107, 0), ACCEPT);
    List<Instruction> endless = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      endless.add(ACCEPT);
    }
    assertThrows(IllegalArgumentException.class, () -> new Program(endless));
  }

  /** Whatever is let through ends, without any exception, on any frame. */
  @Test
  void whateverPassesTheCheckRuns() {
    Random random = new Random(20260101);
    int passed = 0;
    for (int round = 0; round < 200_000; round++) {
      List<Instruction> code = new ArrayList<>();
      int length = random.nextInt(1, 12);
      for (int i = 0; i < length; i++) {
        code.add(any(random));
      }
      code.add(random.nextBoolean() ? ACCEPT : RETURN_A);
      Program program;
      try {
        program = new Program(code);
      } catch (IllegalArgumentException refused) {
        continue;
      }
      passed++;
      byte[] content = new byte[random.nextInt(Frame.MIN_LENGTH, 100)];
      random.nextBytes(content);
      Frame some = new FrameBuffer().fill(content);
      boolean first = program.matches(some);
      assertEquals(first, program.matches(some));
    }
    assertTrue(passed > 10_000, "only " + passed + " programs were let through");
  }

  private static Instruction any(Random random) {
    int[] codes = {
      0x00, 0x01, 0x02, 0x03, 0x04, 0x0c, 0x14, 0x1c, 0x20, 0x28, 0x2c, 0x30, 0x34, 0x3c, 0x40,
          0x48,
      0x50, 0x60, 0x61, 0x6c, 0x7c, 0x80, 0x81, 0x84, 0x9c, 0xac, 0xb1, 0x05, 0x15, 0x1d, 0x25,
          0x2d,
      0x35, 0x45, 0x4d, 0x07, 0x87
    };
    int code =
        random.nextInt(20) == 0 ? random.nextInt(0x200) : codes[random.nextInt(codes.length)];
    int k = random.nextInt(3) == 0 ? random.nextInt() : random.nextInt(20);
    return new Instruction(code, random.nextInt(3), random.nextInt(3), k);
  }
}
