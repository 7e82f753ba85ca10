package io.patchbay.netstack.wire;

import static io.patchbay.netstack.TestFrames.ALICE;
import static io.patchbay.netstack.TestFrames.BOB;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.netstack.TestFrames;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTest {
  private static final int TAG_TYPE = 0x88a8;
  private static final int TAG_CONTROL = 0xe064;

  private final FrameBuffer buffer = new FrameBuffer();

  @Test
  void readsTheHeader() {
    Frame frame = buffer.fill(TestFrames.frame(BOB, ALICE));
    assertEquals(BOB, frame.destination());
    assertEquals(ALICE, frame.source());
    assertEquals(0x0800, frame.etherType());
    assertEquals(60, frame.length());
    assertEquals((byte) 45, frame.octet(59));
  }

  @Test
  void readsTheOutermostTag() {
    Frame frame = buffer.fill(TestFrames.frame(BOB, ALICE, TAG_TYPE, TAG_CONTROL, 0x8100, 7));
    assertTrue(frame.mayHaveTag());
    assertEquals(TAG_TYPE, frame.etherType());
    assertEquals(100, frame.vlan());
    assertEquals(TAG_CONTROL, frame.tagControl());
  }

  @Test
  void pushesAndPopsTagsInPlace() {
    byte[] plain = TestFrames.frame(BOB, ALICE);
    byte[] tagged = TestFrames.frame(BOB, ALICE, TAG_TYPE, TAG_CONTROL);
    Frame frame = buffer.fill(plain);
    frame.pushTag(TAG_TYPE, TAG_CONTROL);
    assertArrayEquals(tagged, frame.toBytes());
    frame.popTag();
    assertArrayEquals(plain, frame.toBytes());
  }

  @Test
  void hasRoomForSeveralTags() {
    byte[] plain = TestFrames.frame(BOB, ALICE);
    Frame frame = buffer.fill(plain);
    for (int i = 0; i < Frame.HEADROOM / 4; i++) {
      frame.pushTag(TAG_TYPE, i);
    }
    assertEquals(plain.length + Frame.HEADROOM, frame.length());
    for (int i = Frame.HEADROOM / 4 - 1; i >= 0; i--) {
      assertEquals(i, frame.vlan());
      frame.popTag();
    }
    assertArrayEquals(plain, frame.toBytes());
  }

  @Test
  void aFrameThatEndsInItsTagHasNone() {
    byte[] cut = new byte[17];
    cut[12] = (byte) 0x81;
    assertFalse(buffer.fill(cut).mayHaveTag());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, Frame.SHORTEST - 1, Frame.MAX_LENGTH + 1})
  void whatIsTooShortOrTooLongIsNoFrame(int length) {
    assertThrows(IllegalArgumentException.class, () -> buffer.fill(new byte[length]));
  }

  @Test
  void anyOctetsCanBeLookedAt() {
    Random random = new Random(1);
    for (int round = 0; round < 20_000; round++) {
      byte[] octets = new byte[random.nextInt(Frame.MIN_LENGTH, 64)];
      random.nextBytes(octets);
      Frame frame = buffer.fill(octets);
      assertFalse(frame.toString().isEmpty());
      if (frame.mayHaveTag()) {
        int type = frame.etherType();
        int control = frame.tagControl();
        frame.popTag();
        frame.pushTag(type, control);
      }
      assertArrayEquals(octets, frame.toBytes());
    }
  }
}
