package io.patchbay.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.testkit.Deadline;
import io.patchbay.testkit.StandIn;
import io.patchbay.testkit.VirtualCables;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Labs with machines that other programs run, which scripts stand in for. Each machine answers ARP
 * at 10.77.0.1, and says what is typed at its console.
 *
 * @param directory of the stand-ins
 */
record MachineLab(Path directory) {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  /** No other test has this network. */
  private static final int VMNET = 211;

  private static final String ADDRESS = "10.77.0.1";

  MachineLab {
    try {
      Files.createDirectories(directory.resolve("vmware"));
      Files.createDirectories(directory.resolve("virtualbox"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Each has a directory of its own, since they call what they remember the same. */
  private StandIn virtualBox() {
    return StandIn.virtualBox(directory.resolve("virtualbox"));
  }

  private StandIn vmware() {
    return StandIn.vmware(directory.resolve("vmware"));
  }

  /** What the server has to be told. */
  List<String> settings() {
    return List.of(
        "patchbay.local=true",
        "patchbay.virtualbox.path=" + virtualBox().program(),
        "patchbay.vmware.path=" + vmware().program(),
        "patchbay.vmware.host-type=ws",
        "patchbay.vmware.vmnets=%d-%d".formatted(VMNET, VMNET));
  }

  void end() {
    virtualBox().end();
    vmware().end();
    VirtualCables.unplug(VMNET, VMNET);
  }

  /** In a project; the machine has been made in VirtualBox before. */
  void virtualBox(Api api, String project) throws Exception {
    StandIn tool = virtualBox();
    tool.run("make", "it-vbox", "" + UUID.randomUUID());
    String machines = "/v2/computes/local/virtualbox/vms";
    assertTrue(api.call("GET", machines, "").response().body().contains("it-vbox"));
    String node =
        use(
            api,
            project,
            "'template_type': 'virtualbox', 'vmname': 'it-vbox', 'adapters': 1, 'headless': true,"
                + " 'console_type': 'telnet'");
    lives(api, project, node, true);
    assertTrue(
        tool.run("--nologo", "showvminfo", "it-vbox", "--machinereadable")
            .contains("VMState=\"poweroff\""));
  }

  /** Without frames where there can be no virtual cables. */
  void vmware(Api api, String project) throws Exception {
    boolean cabled = VirtualCables.plug(VMNET, VMNET);
    Path vmx = directory.resolve("it-vmware.vmx");
    Files.writeString(vmx, "displayName = \"it-vmware\"\nmemsize = \"512\"\n");
    assertEquals(200, api.call("GET", "/v2/computes/local/vmware/vms", "").status());
    String node =
        use(
            api,
            project,
            "'template_type': 'vmware', 'vmx_path': '%s', 'adapters': %d, 'headless': true,"
                    .formatted(vmx, cabled ? 1 : 0)
                + " 'linked_clone': false, 'use_any_adapter': true, 'console_type': 'telnet'");
    lives(api, project, node, cabled);
    assertTrue(vmware().run("-T", "ws", "list").contains("VMs: 0"));
  }

  /** It needs Windows to run; all else can be done. */
  void traceNg(Api api, String project) throws Exception {
    String node = use(api, project, "'template_type': 'traceng', 'ip_address': '10.77.0.9'");
    String pc = pc(api, project);
    assertEquals(201, link(api, project, node, pc).status());
    String path = project + "/nodes/" + node;
    assertEquals(
        "10.77.0.1",
        api.call("PUT", path, json("{'properties': {'default_destination': '10.77.0.1'}}"))
            .object()
            .getJsonObject("properties")
            .getString("default_destination"));
    Api.Answer started = api.call("POST", path + "/start", json("{'destination': '10.77.0.2'}"));
    assertEquals(409, started.status());
    assertTrue(started.object().getString("message").contains("Windows"));
    delete(api, project, node);
    delete(api, project, pc);
  }

  private void lives(Api api, String project, String node, boolean linked) throws Exception {
    String pc = pc(api, project);
    String path = project + "/nodes/" + node;
    api.post(path + "/start", "");
    api.post(project + "/nodes/" + pc + "/start", "");
    try (Listener terminal = new Listener(api.socket(path + "/console/ws"));
        Listener prompt = new Listener(api.socket(project + "/nodes/" + pc + "/console/ws"))) {
      terminal.ask("word", text -> text.contains("you said WORD"), PATIENCE);
      if (linked) {
        framesPass(api, project, link(api, project, node, pc).object(), prompt);
      }
    }
    api.post(path + "/suspend", "");
    assertEquals("suspended", api.call("GET", path, "").object().getString("status"));
    api.post(path + "/start", "");
    api.post(path + "/stop", "");
    assertEquals("stopped", api.call("GET", path, "").object().getString("status"));
    delete(api, project, node);
    delete(api, project, pc);
  }

  private static void framesPass(Api api, String project, JsonObject link, Listener prompt)
      throws Exception {
    String path = project + "/links/" + link.getString("link_id");
    JsonObject capture =
        api.post(
            path + "/start_capture",
            json("{'capture_file_name': 'm.pcap', 'data_link_type': 'DLT_EN10MB'}"));
    Path file = Path.of(capture.getString("capture_file_path"));
    // It has the machine's address by now, which answers nothing but that.
    prompt.ask("ping " + ADDRESS + " -c 1", text -> text.contains("timeout"), PATIENCE);
    Deadline.await("frames in the capture", () -> file.toFile().length() > 100);
    JsonObject filtered =
        api.call("PUT", path, json("{'filters': {'frequency_drop': [-1]}}")).object();
    assertEquals(
        JsonValue.ValueType.ARRAY,
        filtered.getJsonObject("filters").get("frequency_drop").getValueType());
    assertEquals(204, api.call("DELETE", path, "").status());
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  private static String use(Api api, String project, String settings) throws Exception {
    String template =
        api.post(
                "/v2/templates",
                json(
                    "{'name': 'it-%s', 'compute_id': 'local', %s}"
                        .formatted(UUID.randomUUID(), settings)))
            .getString("template_id");
    api.post(project + "/templates/" + template, json("{'x': 0, 'y': 0}"));
    return api.call("GET", project + "/nodes", "").array().getJsonObject(0).getString("node_id");
  }

  private static String pc(Api api, String project) throws Exception {
    return api.post(
            project + "/nodes",
            json(
                "{'name': 'PC1', 'node_type': 'vpcs', 'compute_id': 'local', 'properties':"
                    + " {'startup_script': 'ip 10.77.0.8/24\\n'}}"))
        .getString("node_id");
  }

  private static Api.Answer link(Api api, String project, String one, String other)
      throws Exception {
    return api.call(
        "POST",
        project + "/links",
        json(
            ("{'nodes': [{'node_id': '%s', 'adapter_number': 0, 'port_number': 0},"
                    + "{'node_id': '%s', 'adapter_number': 0, 'port_number': 0}]}")
                .formatted(one, other)));
  }

  private static void delete(Api api, String project, String node) throws Exception {
    assertEquals(204, api.call("DELETE", project + "/nodes/" + node, "").status());
  }
}
