package io.patchbay.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.testkit.TestGuest;
import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Consoles of machines: for those who come late, for browsers, and for later. */
class GuestConsoleIT {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final Server server = Servers.shared();
  private final Api api = server.api();
  private String project = "";

  @BeforeEach
  void createProject() throws Exception {
    Installed.require("qemu-system-x86_64");
    TestGuest.assumeAvailable();
    Path images = Files.createDirectories(server.home().resolve("images/QEMU"));
    Files.copy(TestGuest.kernel(), images.resolve("vmlinuz"), StandardCopyOption.REPLACE_EXISTING);
    Files.copy(TestGuest.initrd(), images.resolve("initrd"), StandardCopyOption.REPLACE_EXISTING);
    project =
        "/v2/projects/"
            + api.post("/v2/projects", "{\"name\": \"it-consoles\", \"auto_close\": false}")
                .getString("project_id");
  }

  @AfterEach
  void delete() throws Exception {
    if (!project.isEmpty()) {
      api.call("DELETE", project, "");
      for (String name : List.of("vmlinuz", "initrd")) {
        Files.deleteIfExists(server.home().resolve("images/QEMU").resolve(name));
        Files.deleteIfExists(server.home().resolve("images/QEMU").resolve(name + ".md5sum"));
      }
    }
  }

  private String add(String consoleType, String properties) throws Exception {
    String body =
        ("{'name': 'G', 'node_type': 'qemu', 'compute_id': 'local', 'console_type': '%s',"
                + " 'properties': {'platform': 'x86_64', 'ram': 96, 'process_priority': 'normal',"
                + " 'options': '-machine accel=tcg'%s}}")
            .formatted(consoleType, properties);
    return project
        + "/nodes/"
        + api.post(project + "/nodes", body.replace('\'', '"')).getString("node_id");
  }

  private String addPc() throws Exception {
    return project
        + "/nodes/"
        + api.post(
                project + "/nodes",
                "{\"name\": \"PC\", \"node_type\": \"vpcs\", \"compute_id\": \"local\"}")
            .getString("node_id");
  }

  @Test
  void whoComesLateSeesWhatWasPrintedAndSoDoesTheLog() throws Exception {
    String node =
        add(
            "telnet",
            ", 'kernel_image': 'vmlinuz', 'initrd': 'initrd', 'kernel_command_line':"
                + " 'console=ttyS0 quiet'");
    api.post(node + "/start", "");
    try (Listener first = new Listener(api.socket(node + "/console/ws"))) {
      first.ask("echo up$((6*7))", text -> text.contains("up42"), PATIENCE);
      try (Listener late = new Listener(api.socket(node + "/console/ws"))) {
        late.await(text -> text.contains(TestGuest.READY) && text.contains("up42"), PATIENCE);
      }
    }
    api.post(node + "/stop", "");
    Api.Answer log = api.call("GET", node + "/console/log", "");
    assertEquals(200, log.status());
    assertEquals("text/plain;charset=utf-8", log.header("Content-Type").replace(" ", ""));
    assertTrue(log.response().body().contains(TestGuest.READY), log.response().body());
    assertTrue(log.response().body().contains("up42"), log.response().body());
  }

  @Test
  void consolesOfPcsAreLoggedAndThoseOfSwitchesAreNot() throws Exception {
    String pc = addPc();
    assertEquals("", api.call("GET", pc + "/console/log", "").response().body());
    String device =
        project
            + "/nodes/"
            + api.post(
                    project + "/nodes",
                    "{\"name\": \"S\", \"node_type\": \"ethernet_switch\","
                        + " \"compute_id\": \"local\"}")
                .getString("node_id");
    assertEquals(409, api.call("GET", device + "/console/log", "").status());
    Installed.require("vpcs");
    api.post(pc + "/start", "");
    try (Listener terminal = new Listener(api.socket(pc + "/console/ws"))) {
      terminal.ask("show ip", text -> text.contains("LPORT"), PATIENCE);
    }
    assertTrue(api.call("GET", pc + "/console/log", "").response().body().contains("LPORT"));
  }

  @Test
  void whoComesBackIsShownWhatPassedMeanwhile() throws Exception {
    Installed.require("vpcs");
    String pc = addPc();
    api.post(pc + "/start", "");
    String console = pc + "/console/ws";
    long known;
    try (Listener cut = new Listener(api.socket(console + "?since=0"))) {
      String seen = cut.ask("show ip", text -> text.contains("LPORT"), PATIENCE);
      known = position(seen) + seen.length() - seen.indexOf('\n') - 1;
    }
    try (Listener other = new Listener(api.socket(console))) {
      other.ask("echo passed by", text -> text.contains("passed by"), PATIENCE);
      assertFalse(other.await(text -> true, PATIENCE).contains("position"));
    }
    try (Listener back = new Listener(api.socket(console + "?since=" + known))) {
      String passed = back.await(text -> text.contains("passed by"), PATIENCE);
      assertEquals(known, position(passed));
      assertFalse(passed.contains("LPORT"), passed);
    }
    assertEquals(400, api.call("GET", console + "?since=-1", "").status());
  }

  /** The one that a console tells first. */
  private static long position(String heard) {
    Matcher told =
        Pattern.compile("\\{\"position\":(\\d+),\"past\":\\d+,\"lost\":0}\n").matcher(heard);
    assertTrue(told.lookingAt(), heard);
    return Long.parseLong(told.group(1));
  }

  @Test
  void aBrowserSpeaksVncWithAMachine() throws Exception {
    String node = add("vnc", "");
    api.post(node + "/start", "");
    Bytes screen = new Bytes();
    WebSocket socket =
        Api.HTTP.newWebSocketBuilder().buildAsync(api.socket(node + "/console/ws"), screen).join();
    try {
      screen.await(12);
      assertEquals("RFB 003.008\n", screen.text());
      socket.sendBinary(ByteBuffer.wrap("RFB 003.008\n".getBytes()), true).join();
      // One kind of security, which is none: RFC 6143, 7.1.2.
      screen.await(14);
      assertEquals("RFB 003.008\n\1\1", screen.text());
      socket.sendBinary(ByteBuffer.wrap(new byte[] {1}), true).join();
      screen.await(18);
      socket.sendBinary(ByteBuffer.wrap(new byte[] {1}), true).join();
      // The size of the screen and its name follow.
      screen.await(18 + 24);
    } finally {
      socket.abort();
    }
  }

  /** What a WebSocket brings, in binary messages. */
  private static final class Bytes implements WebSocket.Listener {
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

    @Override
    public synchronized CompletionStage<?> onBinary(
        WebSocket socket, ByteBuffer data, boolean last) {
      byte[] part = new byte[data.remaining()];
      data.get(part);
      heard.writeBytes(part);
      notifyAll();
      socket.request(1);
      return null;
    }

    synchronized void await(int size) throws InterruptedException {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (heard.size() < size) {
        wait(1000);
        assertTrue(System.nanoTime() < deadline, () -> "only " + heard.size() + " bytes came");
      }
    }

    synchronized String text() {
      return heard.toString(StandardCharsets.ISO_8859_1);
    }
  }
}
