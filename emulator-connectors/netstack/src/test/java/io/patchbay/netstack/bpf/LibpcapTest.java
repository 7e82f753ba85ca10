package io.patchbay.netstack.bpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patchbay.netstack.FakeEnd;
import io.patchbay.netstack.TestFrames;
import io.patchbay.netstack.capture.PcapCapture;
import io.patchbay.netstack.filter.BpfDrop;
import io.patchbay.netstack.link.StagedEnd;
import io.patchbay.netstack.wire.Frame;
import io.patchbay.netstack.wire.FrameBuffer;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LibpcapTest {
  private static final int UDP = 17;

  private Libpcap libpcap;

  @BeforeEach
  void find() {
    assumeTrue(Libpcap.find().isPresent(), "libpcap is not installed");
    libpcap = Libpcap.find().get();
  }

  private boolean matches(String expression, byte[] frame) {
    return libpcap.compile(expression).matches(new FrameBuffer().fill(frame));
  }

  private static byte[] packet(int protocol, int sourcePort, int targetPort, int vlan) {
    ByteBuffer frame = ByteBuffer.allocate(70);
    frame.putShort((short) 0x0200).putInt(0x0b).putShort((short) 0x0200).putInt(0x0a);
    if (vlan > 0) {
      frame.putShort((short) 0x8100).putShort((short) vlan);
    }
    frame.putShort((short) 0x0800).put((byte) 0x45).put((byte) 0).putShort((short) 46);
    frame.putInt(0).put((byte) 64).put((byte) protocol).putShort((short) 0);
    frame.putInt(0x0a000001).putInt(0x0a000002);
    frame.putShort((short) sourcePort).putShort((short) targetPort);
    return frame.array();
  }

  @Test
  void compilesWhatPeopleWrite() {
    byte[] dns = packet(UDP, 5000, 53, 0);
    assertTrue(matches("udp port 53", dns));
    assertTrue(matches("host 10.0.0.1 and not tcp", dns));
    assertTrue(matches("ether src 02:00:00:00:00:0a", dns));
    assertTrue(matches("ip[8] = 64 and len >= 60", dns));
    assertFalse(matches("icmp[icmptype] == 8", dns));
    assertFalse(matches("portrange 54-60 or arp or ip6", dns));
    assertTrue(matches("vlan 7 and udp", packet(UDP, 1, 2, 7)));
    assertFalse(matches("vlan 7 and udp", dns));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tcp port domain",
        "udp port domain or 67",
        "port 1 or domain",
        "port (1 or domain)",
        "port 1 or not domain",
        "host 10.0.0.9 or port 1 || (domain)",
        "portrange ssh-domain",
        "ip proto \\udp or \\tcp"
      })
  void namesOfPortsAndProtocolsAreKnown(String expression) {
    assumeTrue(Files.exists(Path.of("/etc/services")), "there is no /etc/services");
    libpcap.compile(expression);
  }

  /** libpcap would take them for hosts and networks, and ask for them by DNS. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "host domain",
        "port domain or src domain",
        "port domain or host domain",
        "dst net domain",
        "ether host domain",
        "host (10.0.0.1 or domain)",
        "port domain or addr1 domain",
        "gateway domain",
        "dst host fe80:>1",
        "src \\\\host",
        "host \\\\10.0.0.1@",
        "host 1-2",
        "host 1.2.3.4.5",
        "port nobody-has-this",
        "proto nobody-has-this"
      })
  void namesOfHostsAreNotLookedUp(String expression) {
    String refusal =
        assertThrows(IllegalArgumentException.class, () -> libpcap.compile(expression))
            .getMessage();
    assertTrue(refusal.contains("must be given by address"), refusal);
  }

  @Test
  void refusesWhatIsWrong() {
    for (String wrong :
        List.of(
            "port",
            "ip[",
            "tcp udp",
            "host 1.2.3.4.5",
            "vlan 5000",
            "1 / 0 = 1",
            "link[0] << 99 = 1",
            "ip[4:3] = 1",
            "%s%n",
            "\u0000ip",
            "\u00e4",
            "(".repeat(100) + "ip" + ")".repeat(100),
            "(".repeat(60),
            "ip or ".repeat(2000) + "ip")) {
      assertThrows(IllegalArgumentException.class, () -> libpcap.compile(wrong), wrong);
    }
  }

  @Test
  void survivesAnyWords() {
    Random random = new Random(7);
    String[] words = {
      "ip",
      "tcp",
      "(",
      ")",
      "and",
      "or",
      "not",
      "port",
      "5",
      "[",
      "]",
      ":",
      "host",
      "10.0.0.1",
      "=",
      "<<",
      "/",
      "-",
      "len",
      "vlan",
      "mpls",
      "pppoes",
      "ether",
      "proto",
      "0xffffffff",
      "greater",
      "less",
      "gateway",
      "net",
      "mask",
      "&",
      "!=",
      "broadcast",
      "multicast",
      "atalk",
      "portrange",
      "1-2",
      "\\tcp",
      "'",
      "protochain",
      "geneve",
      "dst",
      "src"
    };
    int compiled = 0;
    for (int round = 0; round < 5_000; round++) {
      StringBuilder expression = new StringBuilder();
      int length = random.nextInt(1, 10);
      for (int i = 0; i < length; i++) {
        expression.append(words[random.nextInt(words.length)]).append(' ');
      }
      try {
        libpcap.compile(expression.toString()).matches(new FrameBuffer().fill(new byte[60]));
        compiled++;
      } catch (IllegalArgumentException refused) {
        // As it should be: most of them mean nothing.
      }
    }
    assertTrue(compiled > 20, "only " + compiled + " meant something");
  }

  /** What tshark's own libpcap finds in a file is what our interpreter finds. */
  @Test
  void agreesWithTcpdump(@TempDir Path directory) throws Exception {
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "tcpdump"))),
        "the program tcpdump is not installed");
    Path file = directory.resolve("frames.pcap");
    List<byte[]> frames = frames();
    StagedEnd link = new StagedEnd(new FakeEnd());
    try (PcapCapture capture = PcapCapture.begin(file, PcapCapture.ETHERNET, trouble -> {})) {
      link.stages(List.of(capture));
      frames.forEach(frame -> link.send(new FrameBuffer().fill(frame)));
    }
    for (String expression :
        List.of(
            "ip",
            "udp",
            "tcp or icmp",
            "udp port 7",
            "portrange 5-9",
            "ip[9] & 1 != 0",
            "len > 40 and ip[0] & 0xf = 5",
            "vlan and udp port 7",
            "host 10.0.0.1",
            "not ip",
            "ether[0] & 1 = 0 and ip[2:2] % 3 = 1",
            "arp or ip6",
            "tcp[tcpflags] & tcp-syn != 0")) {
      Program program = libpcap.compile(expression);
      long ours =
          frames.stream().filter(frame -> program.matches(new FrameBuffer().fill(frame))).count();
      assertEquals(tcpdump(file, expression), ours, expression);
    }
  }

  private static List<byte[]> frames() {
    Random random = new Random(1);
    List<byte[]> frames = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      byte[] frame =
          packet(
              new int[] {1, 6, UDP}[random.nextInt(3)],
              random.nextInt(12),
              random.nextInt(12),
              random.nextInt(3) == 0 ? 5 : 0);
      frame[random.nextInt(frame.length)] = (byte) random.nextInt();
      frames.add(Arrays.copyOf(frame, random.nextInt(Frame.MIN_LENGTH, frame.length)));
    }
    frames.add(TestFrames.frame(TestFrames.BROADCAST, TestFrames.ALICE));
    return frames;
  }

  private static long tcpdump(Path file, String expression) throws Exception {
    Process process =
        new ProcessBuilder(
                "tcpdump", "-n", "-t", "-e", "--count", "-r", file.toString(), expression)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> lines = process.inputReader().readAllLines();
    assertEquals(0, process.waitFor());
    return Long.parseLong(lines.getLast().split(" ")[0]);
  }

  @Test
  void aLinkDropsWhatMatchesOneOfSeveral() {
    FakeEnd inner = new FakeEnd();
    StagedEnd link = new StagedEnd(inner);
    link.stages(
        List.of(new BpfDrop(List.of(libpcap.compile("udp port 7"), libpcap.compile("icmp")))));
    for (byte[] frame :
        List.of(
            packet(UDP, 7, 1, 0), packet(UDP, 8, 1, 0), packet(1, 0, 0, 0), packet(6, 7, 7, 0))) {
      link.send(new FrameBuffer().fill(frame));
    }
    assertEquals(2, inner.waiting());
    assertEquals(2, link.counters().dropped());
  }
}
