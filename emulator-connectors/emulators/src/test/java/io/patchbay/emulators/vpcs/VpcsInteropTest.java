package io.patchbay.emulators.vpcs;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patchbay.spi.ConsoleSource;
import io.patchbay.spi.ConsoleSource.ConsoleSession;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.LinkSettings;
import io.patchbay.spi.Nio;
import io.patchbay.spi.NodeSite;
import io.patchbay.spi.PortAddress;
import io.patchbay.testkit.Deadline;
import io.patchbay.testkit.TestCompute;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A virtual PC of the embedded engine and one of the program VPCS, on one link. */
class VpcsInteropTest {
  private static final PortAddress PORT = new PortAddress(0, 0);

  @TempDir private Path directory;

  @Test
  void bothEnginesPingEachOther() {
    try (TestCompute compute = TestCompute.open(directory, TestCompute.roomy())) {
      VpcsConnector program = new VpcsConnector(compute.adapter(), VpcsEngine.PROCESS);
      assumeTrue(program.unavailable().isEmpty(), () -> program.unavailable().orElse(""));
      VpcsConnector embedded = new VpcsConnector(compute.adapter(), VpcsEngine.EMBEDDED);
      // A compute has one connector, which gives each PC another MAC address; here there are two.
      embedded.leaseMacOffset();
      try (EmulatedNode one = node(compute, program, "10.5.0.1");
          EmulatedNode two = node(compute, embedded, "10.5.0.2")) {
        int left = compute.adapter().udpPorts().lease();
        int right = compute.adapter().udpPorts().lease();
        one.attach(PORT, new Nio.Udp(left, "127.0.0.1", right, LinkSettings.NONE));
        two.attach(PORT, new Nio.Udp(right, "127.0.0.1", left, LinkSettings.NONE));
        one.start();
        two.start();
        awaken(one);
        // 0.5 prints other words than 0.8 in front of the number.
        expect(one, "ping 10.5.0.2 -c 1", "icmp_seq=1 ttl=64 time=");
        expect(two, "ping 10.5.0.1 -c 1", "84 bytes from 10\\.5\\.0\\.1 icmp_seq=1 ttl=64 time=");
        if (!program.program().relays()) {
          // Before 0.8 VPCS knows no fragments.
          expect(two, "ping 10.5.0.1 -c 1 -l 4000", "4028 bytes from 10\\.5\\.0\\.1 icmp_seq=1");
        }
        expect(two, "ping 10.5.0.1 -c 1 -P 17", "84 bytes from 10\\.5\\.0\\.1 udp_seq=1");
        expect(one, "ping 10.5.0.2 -c 1 -P 17", "udp_seq=1 ttl=64 time=");
        expect(one, "ping 10.5.0.2 -c 1 -P 6", "(?s)Connect .*SendData .*Close   .*time=");
        expect(two, "ping 10.5.0.1 -c 1 -P 6", "(?s)Connect .*SendData .*Close   .*time=");
        expect(one, "trace 10.5.0.2", "port unreachable");
      }
    }
  }

  @Test
  void whatOneEngineSavesTheOtherRuns() {
    try (TestCompute compute = TestCompute.open(directory, TestCompute.roomy())) {
      VpcsConnector program = new VpcsConnector(compute.adapter(), VpcsEngine.PROCESS);
      assumeTrue(program.unavailable().isEmpty(), () -> program.unavailable().orElse(""));
      VpcsConnector embedded = new VpcsConnector(compute.adapter(), VpcsEngine.EMBEDDED);
      NodeSite site = compute.site("PC");
      JsonObject settings = Json.createObjectBuilder().add("name", "PC").build();
      try (EmulatedNode pc = embedded.create(site, settings)) {
        pc.start();
        expect(pc, "ip 10.5.0.7/24 10.5.0.1", "10\\.5\\.0\\.7 255");
        expect(pc, "save", "done");
      }
      try (EmulatedNode pc = program.create(site, settings)) {
        pc.start();
        awaken(pc);
        expect(pc, "show ip", "10\\.5\\.0\\.7/24");
        expect(pc, "ip 10.5.0.8/24 10.5.0.1", "10\\.5\\.0\\.8 255");
        expect(pc, "save", "done");
      }
      try (EmulatedNode pc = embedded.create(site, settings)) {
        pc.start();
        expect(pc, "show ip", "10\\.5\\.0\\.8/24");
      }
    }
  }

  private static EmulatedNode node(TestCompute compute, VpcsConnector connector, String address) {
    return connector.create(
        compute.site(address.replace('.', '-')),
        Json.createObjectBuilder()
            .add("name", "N")
            .add("startup_script", "ip " + address + "/24\n")
            .build());
  }

  /** Waits for the program's prompt. */
  private static void awaken(EmulatedNode node) {
    expect(node, "", "> ");
  }

  private static ConsoleSession join(EmulatedNode node, StringBuffer shown) {
    return ((ConsoleSource) node)
        .join(data -> shown.append(new String(data, StandardCharsets.ISO_8859_1)), () -> {});
  }

  /** A program that comes up, or has just come up, loses keys, so they come again. */
  private static void expect(EmulatedNode node, String line, String pattern) {
    StringBuffer shown = new StringBuffer();
    try (ConsoleSession session = join(node, shown)) {
      Pattern wanted = Pattern.compile(pattern);
      byte[] keys = (line + "\r").getBytes(StandardCharsets.US_ASCII);
      int[] waits = new int[1];
      Deadline.await(
          pattern + " after " + line,
          () -> {
            if (waits[0]++ % 400 == 0) {
              session.type(keys);
            }
            return wanted.matcher(shown).find();
          });
    }
  }
}
