package io.patchbay.emulators.qemu.machine;

import java.util.ArrayList;
import java.util.List;

/**
 * The options for network adapters. A PCI bus has 32 slots; what does not fit goes to further
 * buses, laid out as the reference does so that guests find their adapters where they had them.
 */
final class NetworkArguments {
  private static final int SLOTS = 32;

  /** Slots that machines use for themselves. */
  private static final int USED_SLOTS = 4;

  private static final String LOOPBACK = "127.0.0.1";

  private final Launch launch;
  private final List<String> arguments = new ArrayList<>();
  private int slot;
  private int bridges;

  private NetworkArguments(Launch launch) {
    this.launch = launch;
    int disks = (int) launch.drives().stream().filter(Drive::isOnPci).count();
    int all = USED_SLOTS + disks + launch.nics().size();
    slot = USED_SLOTS + all / SLOTS + disks;
  }

  static List<String> of(Launch launch) {
    NetworkArguments network = new NetworkArguments(launch);
    // Without this QEMU adds an adapter of its own when there is none.
    network.add("-net", "none");
    for (int adapter = 0; adapter < launch.nics().size(); adapter++) {
      network.adapter(adapter, launch.nics().get(adapter));
    }
    return network.arguments;
  }

  private void add(String option, String value) {
    arguments.add(option);
    arguments.add(value);
  }

  private void adapter(int number, NicBackend backend) {
    QemuSettings settings = launch.settings();
    String type = settings.adapterType(number);
    String device = type + ",mac=" + settings.macAddress(number);
    if (type.equals("virtio-net-pci") && launch.version().isAtLeast(2, 12)) {
      device += ",speed=10000,duplex=full";
    }
    int bridge = slot / SLOTS;
    if (bridge > 0) {
      addBridges(bridge);
      device += ",bus=pci-bridge" + bridge + ",addr=0x%02x".formatted(slot % SLOTS);
    }
    slot++;
    add("-device", device + ",netdev=" + NicBackend.id(number));
    add("-netdev", backend(NicBackend.id(number), backend));
  }

  private void addBridges(int wanted) {
    while (bridges < wanted) {
      bridges++;
      add("-device", "i82801b11-bridge,id=dmi_pci_bridge" + bridges);
      add(
          "-device",
          "pci-bridge,id=pci-bridge%1$d,bus=dmi_pci_bridge%1$d,chassis_nr=0x1,addr=0x%1$d,shpc=off"
              .formatted(bridges));
    }
  }

  private String backend(String id, NicBackend ports) {
    if (launch.version().isAtLeast(7, 2)) {
      return "dgram,id=%s,local.type=inet,local.host=%s,local.port=%d"
              .formatted(id, LOOPBACK, ports.qemuPort())
          + ",remote.type=inet,remote.host=%s,remote.port=%d".formatted(LOOPBACK, ports.ownPort());
    }
    return "socket,id=%s,udp=%s:%d,localaddr=%s:%d"
        .formatted(id, LOOPBACK, ports.ownPort(), LOOPBACK, ports.qemuPort());
  }
}
