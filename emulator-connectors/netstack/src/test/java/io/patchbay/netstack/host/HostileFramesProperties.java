package io.patchbay.netstack.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.netstack.packet.Ipv4Address;
import io.patchbay.netstack.wire.Frame;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever arrives, a host goes on. The corpus has a frame a line in hexadecimal digits, behind a
 * word that says what it is; frames that once did harm are added there.
 */
class HostileFramesProperties {
  private static final List<byte[]> CORPUS = corpus();

  private record Damage(int seed, int cutAt, List<Integer> places, List<Byte> values) {}

  private static List<byte[]> corpus() {
    try (InputStream in = HostileFramesProperties.class.getResourceAsStream("/corpus/frames.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .map(line -> HexFormat.of().parseHex(line.substring(line.indexOf(' ') + 1)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Provide
  Arbitrary<List<byte[]>> damagedFrames() {
    Arbitrary<Damage> damage =
        net.jqwik.api.Combinators.combine(
                Arbitraries.integers().between(0, CORPUS.size() - 1),
                Arbitraries.integers().between(0, 200),
                Arbitraries.integers().between(12, 120).list().ofMaxSize(4),
                Arbitraries.bytes().list().ofSize(4))
            .as(Damage::new);
    return damage.map(HostileFramesProperties::apply).list().ofMinSize(1).ofMaxSize(20);
  }

  private static byte[] apply(Damage damage) {
    byte[] frame = CORPUS.get(damage.seed()).clone();
    for (int i = 0; i < damage.places().size(); i++) {
      frame[damage.places().get(i) % frame.length] = damage.values().get(i);
    }
    boolean cut = damage.cutAt() >= Frame.MIN_LENGTH && damage.cutAt() < frame.length;
    return cut ? Arrays.copyOf(frame, damage.cutAt()) : frame;
  }

  @Property
  void aHostSurvivesDamagedFrames(@ForAll("damagedFrames") List<byte[]> frames) {
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
    assertEquals(0, lan.time.waiting());
  }
}
