package io.patchbay.emulators.vpcs;

import io.patchbay.emulators.ethernet.EthernetSwitchConnector;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.spi.ConsoleSource;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.Json;
import io.patchbay.spi.LinkSettings;
import io.patchbay.spi.Nio;
import io.patchbay.spi.NodeSite;
import io.patchbay.spi.PortAddress;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/** Virtual PCs on switches of 24 ports, which are joined two by two. */
final class ManyPcs {
  private static final int PCS_PER_SWITCH = 23;
  private static final PortAddress PORT = new PortAddress(0, 0);
  private static final UUID PROJECT = UUID.randomUUID();

  private final ResourceAdapter adapter;
  private final Path directory;
  private final List<EmulatedNode> pcs = new ArrayList<>();

  /**
   * @param directory for their files
   */
  ManyPcs(ResourceAdapter adapter, Path directory) {
    this.adapter = adapter;
    this.directory = directory;
  }

  List<EmulatedNode> pcs() {
    return pcs;
  }

  void create(int count) {
    adapter.runStates().saveProject(PROJECT, JsonValue.EMPTY_JSON_OBJECT);
    VpcsConnector connector = new VpcsConnector(adapter, VpcsEngine.EMBEDDED);
    EthernetSwitchConnector switches = new EthernetSwitchConnector(adapter);
    List<EmulatedNode> devices = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      if (number % PCS_PER_SWITCH == 0) {
        devices.add(switches.create(site("SW" + devices.size()), ports()));
        if (devices.size() % 2 == 0) {
          PortAddress uplink = new PortAddress(0, PCS_PER_SWITCH);
          join(devices.get(devices.size() - 2), uplink, devices.getLast(), uplink);
        }
      }
      EmulatedNode pc = connector.create(site("PC" + number), settings(number));
      // As a compute does, so that the PC's state is written to a file whenever it changes.
      pc.remember();
      join(pc, PORT, devices.getLast(), new PortAddress(0, number % PCS_PER_SWITCH));
      pcs.add(pc);
    }
  }

  private NodeSite site(String name) {
    return new NodeSite(PROJECT, UUID.randomUUID(), name, directory, event -> {});
  }

  private static JsonObject settings(int number) {
    return Json.createObjectBuilder()
        .add("name", "PC" + number)
        .add("startup_script", "ip " + address(number) + "/8\n")
        .build();
  }

  private static JsonObject ports() {
    JsonArrayBuilder ports = Json.createArrayBuilder();
    for (int number = 0; number <= PCS_PER_SWITCH; number++) {
      ports.add(
          Json.createObjectBuilder()
              .add("name", "Ethernet" + number)
              .add("port_number", number)
              .add("type", "access")
              .add("vlan", 1));
    }
    return Json.createObjectBuilder().add("ports_mapping", ports).build();
  }

  private void join(EmulatedNode one, PortAddress onePort, EmulatedNode two, PortAddress twoPort) {
    int left = adapter.udpPorts().lease();
    int right = adapter.udpPorts().lease();
    one.attach(onePort, new Nio.Udp(left, "127.0.0.1", right, LinkSettings.NONE));
    two.attach(twoPort, new Nio.Udp(right, "127.0.0.1", left, LinkSettings.NONE));
  }

  private static String address(int number) {
    return "10.0." + number / 250 + "." + (number % 250 + 1);
  }

  /** Returns once every PC has run its startup script. */
  void awaitPrompts() throws InterruptedException {
    CountDownLatch left = new CountDownLatch(pcs.size());
    List<ConsoleSource.ConsoleSession> sessions = new ArrayList<>();
    for (EmulatedNode pc : pcs) {
      sessions.add(
          ((ConsoleSource) pc)
              .join(
                  data -> {
                    if (new String(data, StandardCharsets.ISO_8859_1).endsWith("> ")) {
                      left.countDown();
                    }
                  },
                  () -> {}));
    }
    left.await();
    sessions.forEach(ConsoleSource.ConsoleSession::close);
  }

  /**
   * Has a PC ping the one at the same port of the other switch once a second, or the one before it
   * if there is none.
   */
  Pinging ping(int number) {
    boolean left = number / PCS_PER_SWITCH % 2 == 0;
    int other = left ? number + PCS_PER_SWITCH : number - PCS_PER_SWITCH;
    int target = other < pcs.size() ? other : number - 1;
    return new Pinging((ConsoleSource) pcs.get(number), address(target));
  }
}
