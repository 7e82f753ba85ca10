package io.patchbay.emulators.vpcs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.netstack.Netstack;
import io.patchbay.netstack.NetstackConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a virtual PC's command line does, in real time. */
class ShellTest {
  @TempDir private Path directory;
  private Netstack netstack;
  private TestPc pc;
  private TestPc peer;

  @BeforeEach
  void open(@TempDir Path elsewhere) {
    netstack = Netstack.open(new NetstackConfig(1, NetstackConfig.Io.AUTO));
    peer = new TestPc(netstack.hostScheduler(), 3, elsewhere);
    pc = new TestPc(netstack.hostScheduler(), 2, directory);
    pc.beginBeside(peer);
  }

  @AfterEach
  void close() {
    pc.close();
    peer.close();
    netstack.close();
  }

  @Test
  void whatIsSavedMakesTheSamePc() throws IOException {
    pc.say("set pcname A");
    pc.say("ip 10.0.0.2/24 10.0.0.1");
    pc.say("ip fd00::2/64");
    assertTrue(pc.say("save lab").contains("Saving startup configuration to lab.vpc"));
    assertEquals(
        "set pcname A\nip 10.0.0.2 10.0.0.1 24\nip fd00::2/64\n",
        Files.readString(directory.resolve("lab.vpc")).replaceAll("(?m)^#.*\n", ""));
    pc.say("clear ip");
    pc.say("set pcname B");
    pc.say("load lab.vpc");
    String shown = pc.say("show ip");
    assertTrue(shown.contains("A[1]"), shown);
    assertTrue(shown.contains("10.0.0.2/24"), shown);
  }

  @Test
  void namesThatAreQuotedAreSavedSo() throws IOException {
    pc.say("set pcname \"A b\"");
    pc.say("ip domain \"c d\"");
    pc.say("ip dns 1.1.1.1 2.2.2.2");
    pc.say("ip dns 0");
    pc.say("save lab");
    assertEquals(
        "set pcname \"A b\"\nip domain \"c d\"\nip dns 2.2.2.2\n",
        Files.readString(directory.resolve("lab.vpc")));
    pc.say("set pcname C");
    assertTrue(pc.say("load lab").endsWith("\rA b> "));
    assertTrue(pc.say("show ip").contains("DOMAIN NAME : c d\r\n"));
  }

  @Test
  void filesOutsideTheNodesDirectoryAreOutOfReach(@TempDir Path elsewhere) throws IOException {
    Path secret = Files.writeString(elsewhere.resolve("x.vpc"), "echo secret\n");
    String outside = directory.relativize(secret).toString();
    Files.createSymbolicLink(directory.resolve("link.vpc"), secret);
    for (String name : List.of(outside, secret.toString(), "link.vpc", "..")) {
      assertFalse(pc.say("load " + name).contains("Executing"), name);
    }
    // Quoted, a word may have slashes.
    for (String name : List.of(outside, secret.toString(), "..")) {
      assertFalse(pc.say("load \"" + name + "\"").contains("Executing"), name);
    }
    for (String name : List.of(outside.replace("x.vpc", "y.vpc"), "../y.vpc")) {
      pc.say("save " + name);
      pc.say("save \"" + name + "\"");
    }
    assertTrue(Files.notExists(elsewhere.resolve("y.vpc")));
    assertTrue(Files.notExists(directory.resolveSibling("y.vpc")));
    pc.say("save link.vpc");
    assertEquals("echo secret\n", Files.readString(secret));
  }

  @Test
  void controlCEndsWhatRuns() {
    pc.say("ip 10.0.0.2");
    pc.type("ping 10.0.0.2 -t\r");
    pc.await("icmp_seq=1 ");
    pc.type("\u0003");
    pc.await("(?s)icmp_seq=1 .*\n\r\\S+> $");
    pc.type("sleep 3600\r\u0003");
    pc.await("(?s)sleep 3600.*\n\r\\S+> $");
    assertTrue(pc.say("echo here").contains("\r\nhere"));
  }

  @Test
  void quitEndsThePc() {
    pc.type("quit\r");
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (!pc.hasQuit()) {
      assertTrue(System.nanoTime() < deadline, "it has not quit");
      Thread.onSpinWait();
    }
  }

  @Test
  void framesAreWrittenToAFileOfTheNode() throws IOException {
    pc.say("ip 10.0.0.2/24");
    pc.say("set dump file");
    pc.say("ping 10.0.0.1 -c 1");
    pc.say("set dump off");
    try (Stream<Path> files = Files.list(directory)) {
      Path dump = files.filter(file -> file.toString().endsWith(".pcap")).findFirst().orElseThrow();
      // At least the echo and its reply, each of 98 octets behind a record's header.
      assertTrue(Files.size(dump) >= 24 + 2 * (16 + 98), () -> dump + " is too short");
    }
  }
}
