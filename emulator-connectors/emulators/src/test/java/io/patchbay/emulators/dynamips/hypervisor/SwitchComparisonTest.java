package io.patchbay.emulators.dynamips.hypervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patchbay.emulators.wan.WanSwitchConnector;
import io.patchbay.runtime.process.EmulatorProcess;
import io.patchbay.runtime.process.Programs;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.EmulatorConnector;
import io.patchbay.spi.Json;
import io.patchbay.spi.PortAddress;
import io.patchbay.testkit.Deadline;
import io.patchbay.testkit.TestCompute;
import io.patchbay.testkit.UdpPeer;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our switches for virtual circuits do what those of Dynamips do. */
class SwitchComparisonTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Cannot be switched, and has been passed over once what came later has come out. */
  private static final int FRAMES = 200;

  private final Random random = new Random(7);
  @TempDir private Path directory;
  private TestCompute compute;
  private EmulatorProcess process;
  private Hypervisor hypervisor;
  private int control;

  @BeforeEach
  void launch() throws IOException {
    assumeTrue(Programs.find("dynamips").isPresent(), "needs dynamips");
    compute = TestCompute.open(directory, TestCompute.roomy());
    control = compute.adapter().consolePorts().lease();
    process =
        compute
            .adapter()
            .processes()
            .launch(
                List.of("dynamips", "-H", "127.0.0.1:" + control),
                directory,
                directory.resolve("log"));
    hypervisor =
        Hypervisor.connect(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), control),
            new Hypervisor.WorkingDirectory(directory),
            PATIENCE,
            process::isAlive,
            PATIENCE);
  }

  @AfterEach
  void end() {
    if (process != null) {
      hypervisor.close();
      process.stop(Duration.ofSeconds(3));
      compute.close();
    }
  }

  /** Two peers at ports 1 and 2 of a switch. */
  private record Bench(UdpPeer one, UdpPeer two) implements AutoCloseable {
    /** What comes out at both ports if this comes in at port 1, until the last one is through. */
    List<String> outcome(List<byte[]> frames, byte[] last, int lastLength) {
      List<String> came = new ArrayList<>();
      boolean[] through = {false};
      frames.forEach(one::send);
      one.send(last);
      Deadline.await(
          "the last frame",
          () -> {
            one.receive().ifPresent(frame -> came.add("1 " + HexFormat.of().formatHex(frame)));
            two.receive()
                .ifPresent(
                    frame -> {
                      came.add("2 " + HexFormat.of().formatHex(frame));
                      through[0] |= frame.length == lastLength && frame[frame.length - 1] == 99;
                    });
            return through[0];
          });
      one.receive().ifPresent(frame -> came.add("1 " + HexFormat.of().formatHex(frame)));
      came.sort(null);
      return came;
    }

    @Override
    public void close() {
      one.close();
      two.close();
    }
  }

  private Bench theirs() {
    UdpPeer[] peers = new UdpPeer[2];
    for (int i = 0; i < peers.length; i++) {
      peers[i] = new UdpPeer(compute.adapter().udpPorts().lease());
      hypervisor.run(
          "nio create_udp",
          "n" + (i + 1),
          peers[i].nio().localPort(),
          "127.0.0.1",
          peers[i].nio().remotePort());
    }
    return new Bench(peers[0], peers[1]);
  }

  private Bench ours(EmulatedNode node) {
    UdpPeer one = new UdpPeer(compute.adapter().udpPorts().lease());
    UdpPeer two = new UdpPeer(compute.adapter().udpPorts().lease());
    node.attach(new PortAddress(0, 1), one.nio());
    node.attach(new PortAddress(0, 2), two.nio());
    return new Bench(one, two);
  }

  private EmulatedNode create(EmulatorConnector connector, Map<String, String> mappings) {
    JsonObjectBuilder list = Json.createObjectBuilder();
    mappings.forEach(list::add);
    return connector.create(
        compute.site("S1"),
        Json.createObjectBuilder().add("name", "S1").add("mappings", list).build());
  }

  @Test
  void frameRelay() {
    hypervisor.run("frsw create", "F");
    try (Bench theirs = theirs();
        EmulatedNode node =
            create(
                WanSwitchConnector.frameRelay(compute.adapter()),
                Map.of("1:101", "2:202", "1:17", "2:1007", "1:500", "2:500"));
        Bench ours = ours(node)) {
      for (int[] circuit : new int[][] {{101, 202}, {17, 1007}, {500, 500}}) {
        hypervisor.run("frsw create_vc", "F", "n1", circuit[0], "n2", circuit[1]);
        hypervisor.run("frsw create_vc", "F", "n2", circuit[1], "n1", circuit[0]);
      }
      List<byte[]> frames = new ArrayList<>();
      for (int i = 0; i < FRAMES; i++) {
        byte[] frame = new byte[20 + random.nextInt(100)];
        random.nextBytes(frame);
        // Circuits that there are, and others; 0 is spoken with the switch itself.
        int dlci = List.of(101, 17, 500, 16, 1022).get(random.nextInt(5));
        frame[0] = (byte) (frame[0] & 3 | dlci >> 4 << 2);
        frame[1] = (byte) (frame[1] & 0x0f | dlci << 4);
        frame[frame.length - 1] = 0;
        frames.add(frame);
      }
      // Enquiries: full ones and others, with elements missing, and cut short.
      for (String enquiry :
          List.of(
              "00010308007595010100030205ff",
              "000103080075950101010302ff07",
              "00010308007595010101030200000000",
              "000103080075950101020302ff0700",
              "00010308007595010100",
              "0001030800759501010003020102070299",
              "000103080075950101000302",
              "00010308007d95010100030205ff")) {
        frames.add(HexFormat.of().parseHex(enquiry));
      }
      byte[] last = new byte[15];
      last[0] = (byte) (101 >> 4 << 2);
      last[1] = (byte) (101 << 4);
      last[14] = 99;
      assertEquals(
          String.join("\n", theirs.outcome(frames, last, last.length)),
          String.join("\n", ours.outcome(frames, last, last.length)));
    }
  }

  @Test
  void atm() {
    hypervisor.run("atmsw create", "A");
    try (Bench theirs = theirs();
        EmulatedNode node =
            create(
                WanSwitchConnector.atm(compute.adapter()),
                Map.of("1:0:100", "2:0:200", "1:3:65535", "2:4095:1", "1:9", "2:4000"));
        Bench ours = ours(node)) {
      hypervisor.run("atmsw create_vcc", "A", "n1", 0, 100, "n2", 0, 200);
      hypervisor.run("atmsw create_vcc", "A", "n1", 3, 65535, "n2", 4095, 1);
      hypervisor.run("atmsw create_vpc", "A", "n1", 9, "n2", 4000);
      List<byte[]> cells = new ArrayList<>();
      for (int i = 0; i < FRAMES; i++) {
        byte[] cell = new byte[random.nextInt(8) == 0 ? 52 + 2 * random.nextInt(2) : 53];
        random.nextBytes(cell);
        int[] circuit =
            List.of(new int[] {0, 100}, new int[] {3, 65535}, new int[] {9, i}, new int[] {5, 5})
                .get(random.nextInt(4));
        header(cell, circuit[0], circuit[1]);
        cell[cell.length - 1] = 0;
        cells.add(cell);
      }
      byte[] last = new byte[53];
      header(last, 0, 100);
      last[52] = 99;
      assertEquals(
          String.join("\n", theirs.outcome(cells, last, 53)),
          String.join("\n", ours.outcome(cells, last, 53)));
    }
  }

  private static void header(byte[] cell, int vpi, int vci) {
    int header = vpi << 20 | vci << 4 | cell[3] & 0x0f;
    for (int i = 0; i < 4; i++) {
      cell[i] = (byte) (header >>> 8 * (3 - i));
    }
    assertEquals(header >>> 20, vpi, () -> Arrays.toString(cell));
  }
}
