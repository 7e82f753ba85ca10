package io.patchbay.netstack.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.netstack.Seeds;
import io.patchbay.netstack.packet.Ipv4Address;
import io.patchbay.netstack.wire.Frame;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whatever arrives, a host goes on. The corpus has a frame a line in hexadecimal digits, behind a
 * word that says what it is; frames that once did harm are added there.
 */
class HostileFramesTest {
  private static final List<byte[]> CORPUS = corpus();
  private static final int LONGEST_CUT = 200;

  private static List<byte[]> corpus() {
    try (InputStream in = HostileFramesTest.class.getResourceAsStream("/corpus/frames.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .map(line -> HexFormat.of().parseHex(line.substring(line.indexOf(' ') + 1)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A frame of the corpus, with up to four octets behind its addresses changed, maybe cut. */
  private static byte[] damaged(RandomGenerator random) {
    byte[] frame = CORPUS.get(random.nextInt(CORPUS.size())).clone();
    for (int changes = random.nextInt(5); changes > 0; changes--) {
      frame[random.nextInt(12, frame.length)] = (byte) Seeds.number(random);
    }
    int length = random.nextInt(LONGEST_CUT);
    boolean cut = length >= Frame.MIN_LENGTH && length < frame.length;
    return cut ? Arrays.copyOf(frame, length) : frame;
  }

  @Test
  void aHostSurvivesDamagedFrames() {
    Seeds.each(
        1_000,
        random ->
            survives(Stream.generate(() -> damaged(random)).limit(random.nextInt(1, 21)).toList()));
  }

  @Test
  void aHostSurvivesTheCorpus() {
    survives(CORPUS);
  }

  private static void survives(List<byte[]> frames) {
    Lan lan = new Lan();
    VirtualHost one = lan.host(1, "10.0.0.1");
    VirtualHost two = lan.host(2, "10.0.0.2");
    one.dhcp(message -> {});
    for (byte[] frame : frames) {
      lan.inject(one, frame);
    }
    assertTrue(lan.seen.size() < 1000, "a frame causes a storm");
    lan.pass(60_000);
    one.ipv4(Lan.settings("10.0.0.1"));
    two.clearArp();
    assertInstanceOf(
        Reply.Echo.class,
        two.probe(Probe.echo(Ipv4Address.parse("10.0.0.1").orElseThrow(), 1, 1)).join());
    // What routers told may be good for days.
    one.clearIpv6();
    two.clearIpv6();
    assertEquals(0, lan.time.waiting());
  }
}
