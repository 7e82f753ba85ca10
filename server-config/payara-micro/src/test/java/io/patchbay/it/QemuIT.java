package io.patchbay.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.testkit.Deadline;
import io.patchbay.testkit.NodeProcesses;
import io.patchbay.testkit.TestGuest;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Labs with machines of QEMU's in which a Linux runs. */
class QemuIT {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Pattern MD5 = Pattern.compile("sum=([0-9a-f]{32})");

  private static Server server;
  private static Api api;
  private String project;

  @BeforeAll
  static void start() throws IOException {
    Installed.require("qemu-system-x86_64");
    Installed.require("qemu-img");
    TestGuest.assumeAvailable();
    server = Servers.embedded();
    api = server.api();
    Path images = Files.createDirectories(server.home().resolve("images/QEMU"));
    provide(images.resolve("vmlinuz"), TestGuest.kernel());
    provide(images.resolve("initrd"), TestGuest.initrd());
  }

  private static void provide(Path image, Path file) throws IOException {
    Files.copy(file, image, StandardCopyOption.REPLACE_EXISTING);
  }

  @BeforeEach
  void openProject() throws Exception {
    project =
        "/v2/projects/"
            + api.post(
                    "/v2/projects",
                    "{\"name\": \"it-qemu-%s\", \"auto_close\": false}"
                        .formatted(UUID.randomUUID()))
                .getString("project_id");
  }

  @AfterEach
  void deleteProject() throws Exception {
    assertEquals(204, api.call("DELETE", project, "").status());
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  private String add(String body) throws Exception {
    return api.post(project + "/nodes", json(body)).getString("node_id");
  }

  private String addGuest(String name, String address, String more) throws Exception {
    return add(
        ("{'name': '%s', 'node_type': 'qemu', 'compute_id': 'local', 'console_type': 'telnet',"
             + " 'properties': {'platform': 'x86_64', 'ram': 96, 'options': '-machine accel=tcg',"
             + " 'adapter_type': 'virtio-net-pci', 'process_priority': 'normal', 'kernel_image':"
             + " 'vmlinuz', 'initrd': 'initrd', 'kernel_command_line': 'console=ttyS0 quiet"
             + " patchbay.ip=%s/24'%s}}")
            .formatted(name, address, more));
  }

  private String wire(String node, String ethernetSwitch, int port) throws Exception {
    return api.post(
            project + "/links",
            json(
                ("{'nodes': [{'node_id': '%s', 'adapter_number': 0, 'port_number': 0},"
                        + "{'node_id': '%s', 'adapter_number': 0, 'port_number': %d}]}")
                    .formatted(node, ethernetSwitch, port)))
        .getString("link_id");
  }

  private JsonObject node(String id) throws Exception {
    return api.call("GET", project + "/nodes/" + id, "").object();
  }

  private void act(String id, String action) throws Exception {
    api.post(project + "/nodes/" + id + "/" + action, "");
  }

  private Listener terminal(String id) throws Exception {
    Listener terminal = new Listener(api.socket(project + "/nodes/" + id + "/console/ws"));
    terminal.ask("echo up$((6*7))", text -> text.contains("up42"), PATIENCE);
    return terminal;
  }

  /** Types a command until its output has the word in it. */
  private static String ask(Listener terminal, String command, String word) throws Exception {
    terminal.forget();
    return terminal.ask(command, text -> text.contains(word), PATIENCE);
  }

  private static String sum(Listener terminal, String file) throws Exception {
    terminal.forget();
    String heard =
        terminal.ask(
            "echo sum=$(md5sum < " + file + ")", text -> MD5.matcher(text).find(), PATIENCE);
    Matcher sum = MD5.matcher(heard);
    assertTrue(sum.find());
    return sum.group(1);
  }

  private ProcessHandle process(String id) throws Exception {
    return NodeProcesses.of(node(id).getString("command_line")).getFirst();
  }

  @Test
  void guestsAndAPcInsideTheComputeShareASwitch() throws Exception {
    String hub = add("{'name': 'S1', 'node_type': 'ethernet_switch', 'compute_id': 'local'}");
    String one = addGuest("G1", "10.9.8.1", "");
    String two = addGuest("G2", "10.9.8.2", "");
    String pc =
        add(
            "{'name': 'PC1', 'node_type': 'vpcs', 'compute_id': 'local', 'properties':"
                + " {'startup_script': 'ip 10.9.8.3/24\\n'}}");
    String link = wire(one, hub, 0);
    wire(two, hub, 1);
    wire(pc, hub, 2);
    assertEquals(204, api.call("POST", project + "/nodes/start", "").status());
    try (Listener first = terminal(one);
        Listener second = terminal(two)) {
      ask(first, "ping -c 1 10.9.8.2", "1 packets received");
      ask(first, "ping -c 1 10.9.8.3", "1 packets received");

      ask(first, "dd if=/dev/urandom of=/tmp/a bs=1024 count=1024; echo made$((1+1))", "made2");
      second.say("nc -l -p 9000 > /tmp/b; echo got$((1+1))\r");
      ask(second, "", "got");
      ask(first, "nc 10.9.8.2 9000 < /tmp/a; echo sent$((1+1))", "sent2");
      second.await(text -> text.contains("got2"), PATIENCE);
      assertEquals(sum(first, "/tmp/a"), sum(second, "/tmp/b"));

      suspendedGuestsDoNotAnswer(two, first);
      theGuestSeesItsCable(link, first);
      consolesAreShared(one, first);
    }
  }

  private void suspendedGuestsDoNotAnswer(String two, Listener first) throws Exception {
    act(two, "suspend");
    assertEquals("suspended", node(two).getString("status"));
    ask(first, "ping -c 1 -W 1 10.9.8.2", "100% packet loss");
    act(two, "start");
    assertEquals("started", node(two).getString("status"));
    ask(first, "ping -c 1 10.9.8.2", "1 packets received");
  }

  private void theGuestSeesItsCable(String link, Listener first) throws Exception {
    String carrier = "echo cable$(cat /sys/class/net/eth0/carrier)";
    ask(first, carrier, "cable1");
    for (String change : new String[] {"{'suspend': true}", "{'suspend': false}"}) {
      Api.Answer answer = api.call("PUT", project + "/links/" + link, json(change));
      assertEquals(201, answer.status(), answer.response().body());
      ask(first, carrier, change.contains("true") ? "cable0" : "cable1");
    }
    assertEquals(204, api.call("DELETE", project + "/links/" + link, "").status());
    ask(first, carrier, "cable0");
  }

  private void consolesAreShared(String one, Listener first) throws Exception {
    try (Listener other = terminal(one)) {
      first.forget();
      ask(other, "echo both$((1+1))", "both2");
      first.await(text -> text.contains("both2"), PATIENCE);
    }
  }

  @Test
  void theEndOfAQemuIsToldAtOnce() throws Exception {
    String id = addGuest("G1", "10.9.8.1", "");
    try (Listener news = new Listener(api.socket(project + "/notifications/ws"))) {
      act(id, "start");
      news.forget();
      process(id).destroyForcibly();
      news.await(
          text ->
              text.lines()
                  .anyMatch(line -> line.contains("node.updated") && line.contains("\"stopped\"")),
          PATIENCE);
    }
    assertEquals("stopped", node(id).getString("status"));
  }

  @Test
  void aGuestShutsDownWhenItIsAsked() throws Exception {
    String id = addGuest("G1", "10.9.8.1", ", 'on_close': 'shutdown_signal'");
    act(id, "start");
    terminal(id).close();
    try (Listener news = new Listener(api.socket(project + "/notifications/ws"))) {
      act(id, "stop");
      assertEquals("stopped", node(id).getString("status"));
      assertFalse(news.await(text -> text.contains("stopped"), PATIENCE).contains("power is cut"));
    }
  }

  @Test
  void aMachineGoesOnWhereItsProjectWasClosed() throws Exception {
    Path disk = server.home().resolve("images/QEMU/state.qcow2");
    assertEquals(
        0,
        new ProcessBuilder("qemu-img", "create", "-q", "-f", "qcow2", disk.toString(), "8M")
            .start()
            .waitFor());
    String id =
        addGuest(
            "G1",
            "10.9.8.1",
            ", 'hda_disk_image': 'state.qcow2', 'hda_disk_interface': 'ide',"
                + " 'on_close': 'save_vm_state'");
    act(id, "start");
    try (Listener terminal = terminal(id)) {
      ask(terminal, "echo 4711 > /tmp/memory; echo kept$((1+1))", "kept2");
    }
    assertEquals(204, api.call("POST", project + "/close", "").status());
    assertEquals(201, api.call("POST", project + "/open", "").status());
    assertEquals("stopped", node(id).getString("status"));
    act(id, "start");
    try (Listener terminal = terminal(id)) {
      ask(terminal, "echo mem$(cat /tmp/memory)", "mem4711");
    }
  }

  @Test
  void whatCannotBeIsRefusedInClearWords() throws Exception {
    refused(409, "none.img", "'hda_disk_image': 'none.img'");
    refused(400, "-drive", "'options': '-drive file=/etc/passwd'");
    refused(409, "sh4eb", "'platform': 'sh4eb'");
    String id = addGuest("G1", "10.9.8.1", ", 'ram': 2000000000");
    Api.Answer memory = api.call("POST", project + "/nodes/" + id + "/start", "");
    assertEquals(409, memory.status());
    assertTrue(memory.object().getString("message").contains("memory"), memory.response().body());
    assertEquals("stopped", node(id).getString("status"));
  }

  private void refused(int status, String word, String properties) throws Exception {
    Api.Answer answer =
        api.call(
            "POST",
            project + "/nodes",
            json(
                ("{'name': 'X', 'node_type': 'qemu', 'compute_id': 'local', 'properties':"
                        + " {'platform': 'x86_64', %s}}")
                    .formatted(properties)));
    assertEquals(status, answer.status(), answer.response().body());
    String message = answer.object().getString("message");
    assertTrue(message.contains(word), message);
  }

  @Test
  void machinesOutliveAKillOfTheServer() throws Exception {
    String hub = add("{'name': 'S1', 'node_type': 'ethernet_switch', 'compute_id': 'local'}");
    String one = addGuest("G1", "10.9.8.1", "");
    String two = addGuest("G2", "10.9.8.2", "");
    wire(one, hub, 0);
    wire(two, hub, 1);
    act(one, "start");
    act(two, "start");
    try (Listener terminal = terminal(one)) {
      ask(terminal, "ping -c 1 10.9.8.2", "1 packets received");
    }
    act(two, "suspend");
    ProcessHandle process = process(one);
    server.kill();
    assertTrue(process.isAlive());
    server.restart();
    assertEquals(process, process(one));
    assertEquals("started", node(one).getString("status"));
    assertEquals("suspended", node(two).getString("status"));
    act(two, "start");
    try (Listener terminal = terminal(one)) {
      ask(terminal, "ping -c 1 10.9.8.2", "1 packets received");
    }
    act(one, "stop");
    // Whoever adopted it when the first server was killed takes its time to notice.
    Deadline.await("the end of its QEMU", () -> !process.isAlive());
  }
}
