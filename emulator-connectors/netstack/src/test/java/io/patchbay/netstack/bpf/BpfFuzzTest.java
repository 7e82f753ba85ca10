package io.patchbay.netstack.bpf;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.patchbay.netstack.Input;
import io.patchbay.netstack.TestFrames;
import io.patchbay.netstack.wire.Frame;
import io.patchbay.netstack.wire.FrameBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A program is refused or comes to an end; an expression is refused or compiled. */
class BpfFuzzTest {
  private static final Frame FRAME =
      new FrameBuffer().fill(TestFrames.frame(TestFrames.BOB, TestFrames.ALICE));

  @FuzzTest
  void everyProgramEnds(byte[] octets) {
    Input input = new Input(octets);
    List<Instruction> code = new ArrayList<>();
    while (!input.isEmpty()) {
      code.add(new Instruction(input.u16(), input.u8(), input.u8(), input.i32()));
    }
    try {
      new Program(code).matches(FRAME);
    } catch (IllegalArgumentException refused) {
      // That is how it should be.
    }
  }

  /** Nor is anything looked up by DNS, which libpcap tells when it was in vain. */
  @FuzzTest
  void everyExpressionIsCompiledOrRefused(byte[] octets) {
    assumeTrue(Libpcap.find().isPresent(), "libpcap is not installed");
    try {
      Libpcap.find()
          .orElseThrow()
          .compile(new String(octets, StandardCharsets.ISO_8859_1))
          .matches(FRAME);
    } catch (IllegalArgumentException refused) {
      String reason = refused.getMessage();
      assertFalse(reason.matches("unknown (host|network|ether host) .*"), reason);
    }
  }
}
