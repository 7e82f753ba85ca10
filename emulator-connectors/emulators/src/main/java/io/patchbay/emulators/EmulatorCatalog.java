package io.patchbay.emulators;

import io.patchbay.emulators.dynamips.DynamipsConnector;
import io.patchbay.emulators.ethernet.EthernetHubConnector;
import io.patchbay.emulators.ethernet.EthernetSwitchConnector;
import io.patchbay.emulators.iou.IouConnector;
import io.patchbay.emulators.qemu.QemuConnector;
import io.patchbay.emulators.traceng.TraceNgConnector;
import io.patchbay.emulators.virtualbox.VirtualBoxConnector;
import io.patchbay.emulators.vmware.VmwareConnector;
import io.patchbay.emulators.vpcs.VpcsConnector;
import io.patchbay.emulators.wan.WanSwitchConnector;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.spi.EmulatorConnector;
import java.util.List;

/** The emulators of a compute. Each new one is a line here and nowhere else. */
public final class EmulatorCatalog {
  private EmulatorCatalog() {}

  public static List<EmulatorConnector> connectors(ResourceAdapter adapter) {
    return List.of(
        new VpcsConnector(adapter),
        new QemuConnector(adapter),
        new DynamipsConnector(adapter),
        new IouConnector(adapter),
        new EthernetSwitchConnector(adapter),
        new EthernetHubConnector(adapter),
        WanSwitchConnector.frameRelay(adapter),
        WanSwitchConnector.atm(adapter),
        new VirtualBoxConnector(adapter),
        new TraceNgConnector(adapter),
        new VmwareConnector(adapter));
  }
}
