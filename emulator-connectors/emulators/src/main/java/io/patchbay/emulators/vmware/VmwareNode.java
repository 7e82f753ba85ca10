package io.patchbay.emulators.vmware;

import io.patchbay.emulators.vm.RunningVm;
import io.patchbay.emulators.vm.VmNode;
import io.patchbay.emulators.vm.VmSettings;
import io.patchbay.runtime.ConsolePort;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import io.patchbay.spi.NodeKinds;
import io.patchbay.spi.NodeSite;
import io.patchbay.spi.VmnetSource;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A node that is a machine of VMware's. */
final class VmwareNode extends VmNode implements VmnetSource {
  private final VmwareConnector connector;
  private final Path vmx;
  private final List<String> reserved = new ArrayList<>();

  /**
   * @param vmx the machine's settings file
   */
  VmwareNode(
      VmwareConnector connector,
      ResourceAdapter adapter,
      NodeSite site,
      VmSettings settings,
      ConsolePort port,
      Path vmx,
      Duration shutdownPatience) {
    super(adapter, NodeKinds.VMWARE, site, "VMware VM", settings, port, shutdownPatience);
    this.connector = connector;
    this.vmx = vmx;
  }

  @Override
  protected RunningVm powerOn() {
    warnOfMemory();
    return VmwareMachine.start(
        connector.host(), vmx, settings(), adapters(), console().preparePipe());
  }

  private void warnOfMemory() {
    try {
      VmwareFile.read(vmx)
          .get("memsize")
          .filter(size -> size.matches("\\d{1,9}"))
          .ifPresent(size -> warnOfMemory(Long.parseLong(size)));
    } catch (IOException unreadable) {
      // Which ends the start with a reason.
    }
  }

  @Override
  protected Optional<RunningVm> takeOver(JsonObject state) {
    return VmwareMachine.adopt(connector.host(), adapters(), state);
  }

  @Override
  protected VmSettings changed(VmSettings now, JsonObject request) {
    // The machine itself stays the same one.
    VmSettings wanted =
        now.with(
            Json.createObjectBuilder(request)
                .remove(VmwareConnector.MACHINE)
                .remove("linked_clone")
                .build());
    VmwareConnector.requireTypes(wanted);
    return wanted;
  }

  @Override
  protected void requireUsable(int adapter) {
    try {
      if (!settings().usesAnyAdapter()
          && LabSettings.leadsElsewhere(VmwareFile.read(vmx), adapter)) {
        throw LabException.conflict(
            "Adapter "
                + adapter
                + " is attached to something else in VMware; take that away, or let \""
                + name()
                + "\" use any adapter");
      }
    } catch (IOException e) {
      throw LabException.conflict(vmx + " cannot be read: " + e.getMessage());
    }
  }

  @Override
  public String reserveVmnet() {
    String[] name = new String[1];
    exclusively(
        () -> {
          name[0] = connector.host().vmnets().allocate();
          reserved.add(name[0]);
        });
    return name[0];
  }

  @Override
  protected void leave(boolean released) {
    connector.host().vmnets().release(reserved);
    connector.forget(vmx, settings().linkedClone() && !released);
  }

  @Override
  protected void describe(JsonObjectBuilder node) {
    super.describe(node);
    node.add("node_directory", site.directory(kind()).toString());
  }
}
