package io.patchbay.emulators.vpcs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patchbay.netstack.Netstack;
import io.patchbay.netstack.NetstackConfig;
import io.patchbay.runtime.process.Programs;
import io.patchbay.testkit.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A virtual PC and a Linux in a network namespace of its own, joined by a TAP interface. Skipped
 * where the tests do not run as root or a program is missing.
 */
class LinuxInteropTest {
  private static final long ID = ProcessHandle.current().pid() % 100_000;
  private static final String NAMESPACE = "pbpc" + ID;
  private static final String INTERFACE = "pbt" + ID;

  @TempDir private Path directory;
  private Netstack netstack;
  private TestPc pc;
  private Tap tap;

  @BeforeEach
  void wire() throws Exception {
    assumeTrue(Tap.isPossible(), "needs root and /dev/net/tun");
    for (String program : List.of("ip", "ping", "traceroute", "dnsmasq")) {
      assumeTrue(Programs.find(program).isPresent(), () -> program + " is not installed");
    }
    netstack = Netstack.open(new NetstackConfig(1, NetstackConfig.Io.AUTO));
    pc = new TestPc(netstack.hostScheduler(), 2, directory);
    tap = new Tap(INTERFACE, pc.host.port());
    run("ip", "netns", "add", NAMESPACE);
    run("ip", "link", "set", INTERFACE, "netns", NAMESPACE);
    inside("ip", "addr", "add", "10.9.0.1/24", "dev", INTERFACE);
    inside("ip", "link", "set", INTERFACE, "up");
    inside("ip", "link", "set", "lo", "up");
    inside("ip", "addr", "add", "fd00:9::1/64", "dev", INTERFACE, "nodad");
    pc.begin();
  }

  @AfterEach
  void unwire() throws Exception {
    if (tap != null) {
      tap.close();
      run("ip", "netns", "delete", NAMESPACE);
    }
    if (pc != null) {
      pc.close();
      netstack.close();
    }
  }

  private record Result(int code, String output) {}

  private static Result run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    return new Result(process.exitValue(), output);
  }

  private static List<String> there(String... command) {
    List<String> line = new ArrayList<>(List.of("ip", "netns", "exec", NAMESPACE));
    line.addAll(List.of(command));
    return line;
  }

  private static String inside(String... command) throws IOException, InterruptedException {
    Result result = run(there(command).toArray(String[]::new));
    assertEquals(0, result.code(), result.output());
    return result.output();
  }

  private void addresses() {
    assertTrue(pc.say("ip 10.9.0.2/24 10.9.0.1").contains("VPCS : 10.9.0.2 255.255.255.0"));
    assertTrue(pc.say("ip fd00:9::2/64").contains("PC1 : fd00:9::2/64"));
  }

  private static void assertShows(String text, String pattern) {
    assertTrue(text.matches("(?s).*" + pattern + ".*"), () -> pattern + " is not in\n" + text);
  }

  @Test
  void linuxReachesThePc() throws Exception {
    addresses();
    inside("ping", "-c", "2", "-W", "5", "10.9.0.2");
    inside("ping", "-c", "1", "-W", "5", "-s", "20000", "10.9.0.2");
    inside("ping", "-6", "-c", "1", "-W", "5", "fd00:9::2");
    inside("ping", "-6", "-c", "1", "-W", "5", "-s", "9000", "fd00:9::2");
    assertShows(
        inside("traceroute", "-n", "-m", "3", "-w", "5", "10.9.0.2"), "\\b1 +10\\.9\\.0\\.2 ");
    assertShows(
        inside("traceroute", "-6", "-n", "-m", "3", "-w", "5", "fd00:9::2"), "\\b1 +fd00:9::2 ");
  }

  @Test
  void linuxLearnsANewAddressFromItsAnnouncement() throws Exception {
    String accept = "/proc/sys/net/ipv4/conf/" + INTERFACE + "/arp_accept";
    inside("sh", "-c", "echo 1 > " + accept);
    for (String address : List.of("10.9.0.2", "10.9.0.77")) {
      assertShows(pc.say("ip " + address + "/24"), "VPCS : " + address);
      Deadline.await(
          address + " is known", () -> neighbor(address).contains("lladdr 00:50:79:66:68:02"));
    }
  }

  private static String neighbor(String address) {
    try {
      return inside("ip", "neigh", "show", "to", address);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Test
  void thePcReachesLinux() {
    addresses();
    assertShows(
        pc.say("ping 10.9.0.1 -c 1"), "84 bytes from 10\\.9\\.0\\.1 icmp_seq=1 ttl=64 time=");
    assertShows(pc.say("ping 10.9.0.1 -c 1 -l 20000"), "20028 bytes from 10\\.9\\.0\\.1 ");
    assertShows(pc.say("ping fd00:9::1 -c 1"), "fd00:9::1 icmp6_seq=1 ttl=64 time=");
    assertShows(pc.say("ping fd00:9::1 -c 1 -l 9000"), "fd00:9::1 icmp6_seq=1 ttl=64 time=");
    assertShows(
        pc.say("ping 10.9.0.1 -c 1 -P 17 -p 9"),
        "\\*10\\.9\\.0\\.1 udp_seq=1 .*type:3, code:3, Destination port unreachable");
    assertShows(pc.say("ping 10.9.0.1 -c 1 -P 6 -p 9"), "Connect   9@10\\.9\\.0\\.1 RST returned");
    assertShows(pc.say("trace 10.9.0.1"), " 1   \\*10\\.9\\.0\\.1 .*port unreachable");
    assertShows(pc.say("trace 10.9.0.1 -P 1"), " 1   10\\.9\\.0\\.1   ");
    assertShows(pc.say("show arp"), "10\\.9\\.0\\.1 expires in \\d+ seconds");
  }

  @Test
  void dnsmasqServesThePc() throws Exception {
    Process dnsmasq =
        new ProcessBuilder(
                there(
                    "dnsmasq",
                    "--no-daemon",
                    "--conf-file=/dev/null",
                    "--no-resolv",
                    "--no-hosts",
                    "--user=root",
                    "--pid-file=" + directory.resolve("dnsmasq.pid"),
                    "--dhcp-leasefile=" + directory.resolve("leases"),
                    "--interface=" + INTERFACE,
                    "--bind-interfaces",
                    "--dhcp-range=10.9.0.50,10.9.0.60,255.255.255.0,1h",
                    "--dhcp-authoritative",
                    "--no-ping",
                    "--domain=lab.test",
                    "--enable-ra",
                    "--dhcp-range=::,constructor:" + INTERFACE + ",ra-only",
                    "--address=/srv.lab.test/10.9.0.1",
                    "--host-record=six.lab.test,fd00:9::1"))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("dnsmasq.log").toFile())
            .start();
    try {
      assertShows(pc.say("dhcp"), "D+ORA IP 10\\.9\\.0\\.5\\d/24 GW 10\\.9\\.0\\.1");
      String shown = pc.say("show ip");
      assertShows(shown, "DHCP SERVER : 10\\.9\\.0\\.1\r\n");
      assertShows(shown, "DHCP LEASE  : \\d+, 3600/1800/3150");
      assertShows(shown, "DOMAIN NAME : lab\\.test");
      assertShows(
          pc.say("ping srv -c 1"),
          "srv resolved to srv\\.lab\\.test\\(10\\.9\\.0\\.1\\).*84 bytes from 10\\.9\\.0\\.1");
      assertShows(pc.say("ping nobody.lab.test -c 1"), "Cannot resolve nobody\\.lab\\.test");
      assertShows(pc.say("ip auto"), "GLOBAL SCOPE      : fd00:9::250:79ff:fe66:6802/64");
      assertShows(pc.say("ping six -c 1"), "resolved to .*fd00:9::1.* icmp6_seq=1 ttl=64 time=");
      assertShows(pc.say("dhcp -d -r"), "Message Type = Discover.*Message Type = Ack.* IP 10");
      assertEquals("set pcname VPCS\ndhcp\nip auto\n", pc.script());
      assertShows(pc.say("dhcp -x -d"), "Message Type = Release");
      assertShows(pc.say("show ip"), "IP/MASK     : 0\\.0\\.0\\.0/0");
    } finally {
      dnsmasq.destroy();
      dnsmasq.waitFor();
    }
  }
}
